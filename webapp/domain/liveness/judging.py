"""The verdict on a try before the camera, and what is kept of it: score, why, provider, time (R-RPV-04, R-RPV-05, R-RPV-11).

Not here: comparing faces, which is a provider's.
"""

from webapp.domain import clock
from webapp.domain.face_port import Verdict, Wanted
from webapp.domain.liveness import asking, purposes
from webapp.domain.liveness.lifecycle import PERSON_CHECK
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.liveness import PersonCheck, Shot
from webapp.models.photos import Upload


def shots(check: PersonCheck) -> list[tuple[str, list[Upload]]]:
    """Each prompt, in the order in which they were shown, with its frames."""
    found = {prompt: [] for prompt in check.prompts.split()}
    for shot in Shot.select(Shot, Upload).join(Upload).where(Shot.check_row == check).order_by(Shot.place):
        found[shot.prompt].append(shot.upload)
    return list(found.items())


def picture(check: PersonCheck) -> Upload | None:
    """The school's photo of the holder, where it has one."""
    record = purposes.record_of(check)
    photo = record.photo if record is not None else None
    return photo if photo is not None and photo.state == "clean" and photo.name is not None else None


def wanted(check: PersonCheck, jpeg: bytes) -> Wanted:
    who = purposes.who(check)
    return Wanted(who.name, who.number, who.country, jpeg)


def settle(check: PersonCheck, provider: str, verdict: Verdict) -> list[Upload]:
    """Write the verdict down and take the frames away; returns their files, for whoever can shred them now.

    A pass takes effect in the same transaction. Where nothing could be compared, nobody failed; only of who is not logged
    in it is a miss like any other, for it would tell of whom the school has a photo.
    """
    facts = {"provider": provider, "score": verdict.score, "why": verdict.why, "judged": clock.now()}
    detail = {"provider": provider, "score": verdict.score, "why": verdict.why}
    with transaction():
        if verdict.passed:
            check = PERSON_CHECK.move(check, "match", SYSTEM, method="face", detail=detail, **facts)
            purposes.take_effect(check)
        elif verdict.why == "no_reference" and not purposes.is_blind(check):
            PERSON_CHECK.move(check, "excuse", SYSTEM, prompts="", detail=detail, **facts)
        else:
            tries = check.tries + 1
            if verdict.why == "no_reference":
                facts["why"] = detail["why"] = "other_person"
            PERSON_CHECK.move(check, "miss", SYSTEM, tries=tries, prompts=asking.draw(), detail=detail, **facts)
        return asking.forget(Shot.check_row == check)


def excuse(check: PersonCheck, provider: str, why: str = "unavailable") -> list[Upload]:
    """Nobody answered, or a file was lost: the try does not count, and the holder films again (R-RPV-05)."""
    with transaction():
        PERSON_CHECK.move(check, "excuse", SYSTEM, provider=provider, why=why, prompts=asking.draw(), detail={"why": why})
        return asking.forget(Shot.check_row == check)
