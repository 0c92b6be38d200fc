"""Handing in: a set of photos in the making, what is missing, what the tries allow, and the way into the queue.

Not here: looking at it (`review.py`), and the bytes (`jobs/duplicates.py`, `providers/files.py`).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults, workdays
from webapp.domain.duplicates import photo_sets
from webapp.domain.duplicates.lifecycle import CLAIM, SUBMISSION
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Photo, Submission
from webapp.models.photos import Upload


class Tries(NamedTuple):
    """How often the party may still hand in: today, and in all; `again` is when, if today's are used up (naive UTC)."""

    today: int
    total: int
    again: datetime | None


def tries(party: Party) -> Tries:
    """Counted per account and identity over all its cases; withdrawing gives none back (R-DUP-10, R-DUP-11)."""
    same = (Party.account == party.account_id) & (Claim.identity_index == party.claim.identity_index)
    counts = same & (Submission.spent | (Submission.state == "checking")) & (Submission.way == "photos")
    sent = [one.sent for one in Submission.select(Submission.sent).join(Party).join(Claim).where(counts)]
    start, end = clock.day_bounds(clock.today())
    today = sum(start <= moment < end for moment in sent)
    left = max(0, defaults.value("dup.per_day") - today)
    return Tries(left, max(0, defaults.value("dup.total") - len(sent)), None if left else end)


def draft(party: Party) -> Submission:
    """The set of photos in the making, begun now if there is none; another device goes on with the same (R-DUP-25)."""
    with transaction():
        claim = party.claim.locked()
        if claim.state not in ("open", "refused", "waiting", "in_review", "second", "in_second"):
            raise Refused("moved_on", state=claim.state)
        mine = (Submission.party == party) & (Submission.way == "photos")
        under_way = Submission.get_or_none(mine & Submission.state.in_(("checking", "waiting")))
        if under_way is not None:
            raise Refused("claim_waiting")
        known = Submission.get_or_none(mine & (Submission.state == "draft"))
        return known or Submission.create(party=party, way="photos", begun=clock.now())


def attach(submission: Submission, slot: str, upload: Upload) -> Photo:
    """Put a photo into its slot; one that stood there before is shredded by the next sweep. Raises slot_unknown."""
    if slot not in slots(submission):
        raise Refused("slot_unknown")
    with transaction():
        submission = submission.locked()
        if submission.state != "draft":
            raise Refused("claim_waiting")
        detach(submission, slot)
        return Photo.create(submission=submission, slot=slot, upload=upload)


def detach(submission: Submission, slot: str) -> None:
    """Take a photo out of its slot: the file goes with the next sweep."""
    with transaction():
        before = Photo.get_or_none((Photo.submission == submission) & (Photo.slot == slot))
        if before is not None:
            Upload.update(expires=clock.now()).where(Upload.id == before.upload_id).execute()
            before.delete_instance()


def slots(submission: Submission) -> tuple[str, ...]:
    return photo_sets.slots(submission.party.account.document_kind)


def photos(submission: Submission) -> dict[str, Photo]:
    """By slot, in the order of the set, with their uploads."""
    rows = Photo.select(Photo, Upload).join(Upload).where(Photo.submission == submission)
    found = {photo.slot: photo for photo in rows}
    return {slot: found[slot] for slot in slots(submission) if slot in found}


def missing(submission: Submission) -> list[str]:
    """Slots without a photo, or with one that the machine refused."""
    there = photos(submission)
    return [slot for slot in slots(submission) if slot not in there or there[slot].upload.state == "refused"]


def submit(submission: Submission) -> Submission:
    """Hand in: the machine checks the photos, then the case waits for a person.

    A second tap finds it done. Raises photos_missing (slots), tries_today (until), tries_total.
    """
    with transaction():
        submission = submission.locked()
        if submission.state in ("checking", "waiting"):
            return submission
        if absent := missing(submission):
            raise Refused("photos_missing", slots=absent)
        left = tries(submission.party)
        if not left.total:
            raise Refused("tries_total", most=defaults.value("dup.total"))
        if not left.today:
            raise Refused("tries_today", most=defaults.value("dup.per_day"), until=left.again)
        Upload.update(expires=None).where(Upload.id.in_([one.upload_id for one in photos(submission).values()])).execute()
        account = submission.party.account
        return SUBMISSION.move(submission, "submit", student(account.key, account.state), sent=clock.now())


def enter(submission: Submission) -> None:
    """The machine found nothing broken: the try is spent, the case waits in the queue with the day by which it is due."""
    with transaction():
        submission = submission.locked()
        if submission.state != "checking":
            return
        SUBMISSION.move(submission, "enter", SYSTEM, spent=True)
        claim = submission.party.claim.locked()
        claim.round += 1
        claim.save()
        if claim.state in ("open", "refused"):
            due = workdays.due(submission.sent, defaults.value("dup.sla_workdays"))
            CLAIM.move(claim, "enter", SYSTEM, due=due, way="photos", holder=None, lease=None)


def spoil(submission: Submission) -> None:
    """A photo turned out to be none: the set is open again, and no try was spent (R-DUP-10)."""
    with transaction():
        submission = submission.locked()
        if submission.state == "checking":
            SUBMISSION.move(submission, "spoil", SYSTEM, sent=None)
            kept = clock.now() + timedelta(hours=defaults.value("ret.draft_hours"))
            Upload.update(expires=kept).where(Upload.id.in_([p.upload_id for p in photos(submission).values()])).execute()


def log(party: Party) -> list[Submission]:
    """Everything that was handed in for the case by this party, newest first (R-DUP-13)."""
    sent = (Submission.party == party) & Submission.sent.is_null(False)
    return list(Submission.select().where(sent).order_by(Submission.sent.desc(), Submission.id.desc()))
