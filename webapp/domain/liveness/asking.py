"""The holder's side: a check for each thing, consent, what the camera saw, and handing it in (R-RPV-01 to R-RPV-10).

Not here: the way from the computer to the phone (`handing.py`), the photo (`photos.py`), the verdict (`judging.py`).
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from peewee import Expression, IntegrityError, fn

from webapp.domain import clock, defaults, journal, limits
from webapp.domain.identity import documents
from webapp.domain.liveness import purposes
from webapp.domain.liveness.lifecycle import PERSON_CHECK, consented, tries_left
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import attempt, transaction
from webapp.models.certification import Application
from webapp.models.liveness import PersonCheck, Shot
from webapp.models.photos import Upload
from webapp.models.records import Record

TURNS = ("blink", "left", "right", "mouth")
ASKED = 3
"""How many of the turns are asked, in an order that nobody knows beforehand, after one look straight ahead."""

FRAMES = 6
"""Pictures after one prompt."""

HEAVIEST = 150_000
"""Bytes of one picture; the page makes them about 40 KB."""

NOBODYS = timedelta(days=30)
"""How long a check is kept that belongs to no account: what it was for is long over."""

ANEW = timedelta(hours=24)
"""After which who begins anew has new tries."""

LIVES = timedelta(hours=1)
"""How long a picture of a try that came to nothing is there at most."""


def of(application: Application) -> PersonCheck | None:
    """The check of the application's holder, if it was begun."""
    return find("application", application.key, application.identity_index)


def begin(application: Application) -> PersonCheck:
    """The check of the application's holder, made where there is none yet."""
    with transaction():
        application.locked()
        if (found := of(application)) is not None:
            if found.agency_id != application.agency_id:
                found.agency = application.agency
                found.save()
            return found
        who = ("application", application.key, application.identity_index)
        return make(*who, account=application.account, agency=application.agency, unit=unit_of(application.identity_index))


def make(purpose: str, subject: str, index: str, **more: object) -> PersonCheck:
    """The check of this holder for this thing, made where there is none yet: of two who ask at once both get the same."""
    found = find(purpose, subject, index)
    if found is None:
        try:
            with attempt():
                found = PersonCheck.create(purpose=purpose, subject=subject, identity_index=index, created=clock.now(), **more)
        except IntegrityError:
            found = find(purpose, subject, index)
    return found


def find(purpose: str, subject: str, index: str) -> PersonCheck | None:
    same = (PersonCheck.purpose == purpose) & (PersonCheck.subject == subject)
    return PersonCheck.get_or_none(same & (PersonCheck.identity_index == index))


def spent(purpose: str, index: str, *more: Expression) -> int:
    """The tries that this holder spent in the last day, in the check of the purpose in which it was the most: taking the
    thing back and asking for it anew gives no tries more."""
    same = (PersonCheck.purpose == purpose) & (PersonCheck.identity_index == index)
    lately = PersonCheck.judged > clock.now() - ANEW
    return PersonCheck.select(fn.MAX(PersonCheck.tries)).where(same & lately, *more).scalar() or 0


def count(number: str) -> None:
    """One more check of whoever has this number, by somebody who is not logged in. It is counted before anybody knows whose
    the number is, and of which kind. Raises face_tries_day (until)."""
    limits.spend("face:identity", documents.canonical("1", number))


def unit_of(index: str) -> int | None:
    """The holder's school, of several that of the newest record."""
    newest = Record.select(Record.unit).where(Record.identity_index == index).order_by(Record.id.desc())
    return newest.limit(1).scalar()


def sweep() -> int:
    """Forget the checks of who was not logged in, a month after they began. Returns how many."""
    with transaction():
        old = PersonCheck.account.is_null() & (PersonCheck.created < clock.now() - NOBODYS)
        forget(Shot.check_row.in_(PersonCheck.select(PersonCheck.id).where(old)))
        return PersonCheck.delete().where(old).execute()


def needed(application: Application) -> bool:
    """Is the holder still to prove to be there?"""
    found = of(application)
    return found is None or found.state != "passed"


def take_up(application: Application) -> None:
    """A holder who was there before the answers were changed need not come again: the pass counts for what is said now."""
    with transaction():
        application = application.locked()
        found = of(application)
        if found is not None and found.state == "passed":
            purposes.take_effect(found)


def left(check: PersonCheck) -> int:
    """How many tries before the camera are left."""
    return max(0, defaults.value("rpv.online_tries") - check.tries)


def consent(check: PersonCheck, actor: Actor) -> PersonCheck:
    """The holder agrees that the face is compared, for this check alone (R-RPV-10). Raises face_tries."""
    with transaction():
        check = check.locked()
        tries_left(check, actor)
        if check.consented is None:
            check.consented = clock.now()
            journal.record("person_check.consent", actor.name, check)
        check.prompts = check.prompts or draw()
        check.save()
    return check


def draw() -> str:
    """Prompts of a try: straight ahead, then some turns in an order of the server's."""
    return " ".join(("front", *secrets.SystemRandom().sample(TURNS, ASKED)))


def kept_until() -> datetime:
    return clock.now() + LIVES


def keep(check: PersonCheck, prompt: str, uploads: Sequence[Upload], actor: Actor) -> None:
    """What the camera saw after a prompt, in place of what it saw before. Raises moved_on, face_consent, shots_many (most),
    shots_often (until)."""
    with transaction():
        check = check.locked()
        limits.spend("shots:check", check.key)
        consented(check, actor)
        if check.state != "open" or prompt not in check.prompts.split():
            raise Refused("moved_on", state=check.state)
        if not 0 < len(uploads) <= FRAMES:
            raise Refused("shots_many", most=FRAMES)
        forget((Shot.check_row == check) & (Shot.prompt == prompt))
        for place, upload in enumerate(uploads):
            Shot.create(check_row=check, prompt=prompt, place=place, upload=upload)


def forget(these: Expression) -> list[Upload]:
    """Take frames away in this transaction; their files are over at once, and whoever can shreds them now."""
    uploads = list(Upload.select().join(Shot, on=(Shot.upload == Upload.id)).where(these))
    Shot.delete().where(these).execute()
    Upload.update(expires=clock.now()).where(Upload.id.in_([one.id for one in uploads])).execute()
    return uploads


def capture(check: PersonCheck, actor: Actor) -> PersonCheck:
    """Hand in what the camera saw: a job compares it. Raises shots_missing, face_consent, face_tries, moved_on."""
    with transaction():
        there = {prompt for (prompt,) in Shot.select(Shot.prompt).where(Shot.check_row == check).distinct().tuples()}
        if not check.prompts or set(check.prompts.split()) - there:
            raise Refused("shots_missing")
        return PERSON_CHECK.move(check, "capture", actor, why="")
