"""公布: two officers agree, on the day the qualifications are their holders', and records and photos are locked (R-SCH-15).

Afterwards the province alone changes them, by 学历勘误 (`correcting.py`).
"""

from collections.abc import Sequence

from webapp.domain import clock, journal, messages
from webapp.domain.enrolment import editing
from webapp.domain.enrolment.lifecycle import ENROLLED, ENROLMENT
from webapp.domain.graduation import checking, lifecycle, passes
from webapp.domain.graduation.lifecycle import GRADUATE, GRADUATION
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.photos.lifecycle import PHOTO
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.graduation import Graduate, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

LEAVES = {"graduated": "graduate", "completed": "complete", "incomplete": "leave"}
"""Conclusion → move of the enrolment."""


def ask(actor: Actor, graduation: Graduation, typed: str) -> Graduation:
    """Ask for the publication of everybody who is registered; `typed` is how many the officer read that they are.

    Raises Refused: typed_wrong (count), graduation_nobody, graduation_working, not_allowed, moved_on.
    """
    count = lifecycle.registered(graduation)
    if count and typed.strip().replace(",", "") != str(count):
        raise Refused("typed_wrong", field="typed", count=count)
    return GRADUATION.move(
        graduation, "ask", actor, asked=clock.now(), asked_by=actor.name, agreed_by="", agreed=None, detail={"count": count}
    )


def agree(actor: Actor, graduation: Graduation) -> Graduation:
    """The second officer's yes, or, where the school has one alone, the same one's. What is due is published at once.

    Raises Refused: graduation_second, not_allowed, moved_on.
    """
    with transaction():
        row = GRADUATION.move(graduation, "agree", actor, agreed=clock.now(), agreed_by=actor.name)
        if row.publish_on <= clock.today():
            row = passes.begin(SYSTEM, row, "publish")
    return row


def withdraw(actor: Actor, graduation: Graduation) -> Graduation:
    """Not yet: the list is open again. Raises graduation_working once the publication runs, moved_on."""
    return GRADUATION.move(graduation, "withdraw", actor, asked=None, asked_by="", agreed=None, agreed_by="")


def due() -> int:
    """Begin what was agreed to and whose day has come. Returns how many schools' years."""
    begun = 0
    for row in Graduation.select().where((Graduation.state == "agreed") & (Graduation.publish_on <= clock.today())):
        if passes.is_free(row):
            passes.begin(SYSTEM, row, "publish")
            begun += 1
    return begun


def publish(graduation: Graduation, ids: Sequence[int]) -> int:
    """Publish these registered graduates; whose 学籍 or photo changed since stays registered, with the fault told.

    Returns how many.
    """
    with transaction():
        graduates = checking.locked(ids, "registered")
        found = checking.note(graduates)
        good = [one for one in graduates if not found[one.id]]
        mine = GraduationPhoto.current & GraduationPhoto.record.in_([one.record_id for one in good])
        photos = {photo.record_id: photo for photo in GraduationPhoto.select().where(mine)}
        for one in good:
            _publish(one, photos[one.record_id])
    return len(good)


def finish(graduation: Graduation) -> Graduation:
    """Everybody who could be is published."""
    count = Graduate.select().where((Graduate.graduation == graduation) & (Graduate.state == "published")).count()
    return GRADUATION.move(graduation, "publish", SYSTEM, published=clock.now(), detail={"count": count})


def _publish(graduate: Graduate, photo: GraduationPhoto) -> None:
    at = clock.now()
    if photo.state != "locked":
        PHOTO.move(photo, "lock", SYSTEM)
    enrolment = _close(graduate, at)
    made = Record.get_by_id(graduate.qualification_id).locked()
    made.published, made.updated, made.photo = at, at, photo.upload_id
    if enrolment.account_id is not None:
        made.account, made.bound, made.bound_how = enrolment.account_id, at, enrolment.bound_how
    made.save()
    GRADUATE.move(graduate, "publish", SYSTEM)
    if enrolment.account_id is not None:
        journal.record("record.bind", SYSTEM.name, made, how="graduation")
        messages.notify(enrolment.account, "qualification_published", link=f"/records/{made.key}", topic="check")


def _close(graduate: Graduate, at: object) -> Record:
    """The enrolment ends with its conclusion and is locked."""
    record, changes = graduate.record.locked(), {"published": at, "updated": at, "left_on": graduate.day}
    before = {"status": record.status, "left_on": record.left_on}
    if record.status in ENROLLED:
        record = ENROLMENT.move(record, LEAVES[graduate.conclusion], SYSTEM, **changes)
    else:
        for column, value in changes.items():
            setattr(record, column, value)
        record.save()
    kept = {field: (was, getattr(record, field)) for field, was in before.items() if was != getattr(record, field)}
    editing.keep(record, kept, SYSTEM, "", graduate.certificate, "graduation")
    return record
