"""图像校对: the holder looks at the data and at the 学历照片, and says of each whether it is right (R-IMG-02 to 07, 11).

Not here: the moves (`lifecycle.py`), what the offices make of it (`answering.py`, `deciding.py`).
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from webapp.domain import clock, defaults, journal
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.photos import deciding
from webapp.domain.photos.lifecycle import PHOTO, hers, in_time, is_current, unpublished
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

FIELDS = (
    "name", "sex", "ethnic", "birth_date", "document", "student_number", "unit_name", "college", "department", "major",
    "klass", "level", "length", "category", "mode", "enrolled_on", "status",
)  # fmt: skip
"""The seventeen fields of 学籍信息校对, in the notice's order."""

NOT_ME = "not_me"
REASONS = (NOT_ME, "blurred", "background", "text", "same_picture", "other")
"""Why a photo is wrong (spec 7.8)."""

NOTE = 200
"""Characters of a note."""

CLEARED = {
    "record_block": "", "photo_block": "", "reasons": "[]", "wrong_fields": "[]", "note": None, "record_note": None,
    "finished": None,
}  # fmt: skip
"""A check as it is before anything was said."""


def start(photo: GraduationPhoto, actor: Actor) -> GraduationPhoto:
    """开始校对. Begun twice, the first beginning stands; one that ran out begins anew.

    Raises Refused: photo_window, photo_published, not_allowed, moved_on.
    """
    with transaction():
        photo = photo.locked()
        if photo.state == "checking":
            if not ran_out(photo):
                return photo
            photo = lapse(photo)
        return PHOTO.move(photo, "start", actor, started=clock.now(), **CLEARED)


def record_is_right(photo: GraduationPhoto, actor: Actor) -> GraduationPhoto:
    """学籍信息: 正确. Takes an earlier 有误 back. Refused as `_say`."""
    return _say(photo, actor, record_block="right", wrong_fields="[]", record_note=None)


def photo_is_right(photo: GraduationPhoto, actor: Actor) -> GraduationPhoto:
    """毕业照片: 正确. Takes an earlier 有误 back. Refused as `_say`."""
    return _say(photo, actor, photo_block="right", reasons="[]", note=None)


def record_is_wrong(photo: GraduationPhoto, actor: Actor, fields: Sequence[str], note: str) -> GraduationPhoto:
    """学籍信息: 有误, in these columns. Refused: photo_fields, photo_note_long (most, over), and as `_say`."""
    if not fields or set(fields) - set(FIELDS):
        raise Refused("photo_fields", field="fields")
    chosen = json.dumps([field for field in FIELDS if field in fields])
    return _say(photo, actor, record_block="wrong", wrong_fields=chosen, record_note=_noted(note))


def photo_is_wrong(photo: GraduationPhoto, actor: Actor, reasons: Sequence[str], note: str, sure: bool) -> GraduationPhoto:
    """毕业照片: 有误, for these reasons. That it is somebody else is asked twice: `sure` (R-IMG-11).

    Raises Refused: photo_reasons, photo_not_me, photo_note (for other), photo_note_long (most, over), and as `_say`.
    """
    if not reasons or set(reasons) - set(REASONS):
        raise Refused("photo_reasons", field="reasons")
    if "other" in reasons and not note.strip():
        raise Refused("photo_note", field="note")
    if NOT_ME in reasons and not sure:
        raise Refused("photo_not_me", field="sure")
    chosen = json.dumps([reason for reason in REASONS if reason in reasons])
    return _say(photo, actor, photo_block="wrong", reasons=chosen, note=_noted(note))


def finish(photo: GraduationPhoto, actor: Actor) -> GraduationPhoto:
    """Both blocks were said: the check is over, right or wrong; the holder is told. Pressed twice it is made once.

    Raises Refused: photo_blocks, photo_timeout, photo_window, photo_published, not_allowed, moved_on.
    """
    if photo.state in ("right", "wrong") and photo.finished:
        return photo
    _refuse_late(photo)
    with transaction():
        photo = photo.locked()
        move = "wrong" if "wrong" in (photo.record_block, photo.photo_block) else "right"
        photo = PHOTO.move(photo, move, actor, finished=clock.now(), detail=_said(photo))
        deciding.tell(photo, f"photo_{move}")
    return photo


def ends(photo: GraduationPhoto) -> datetime | None:
    """When a check that was begun returns to 待校对: `img.session_hours` after the registration was completed, or after
    the check was begun where that time had passed already; None where none is set (R-IMG-06)."""
    hours = timedelta(hours=defaults.value("img.session_hours"))
    if not hours or photo.started is None:
        return None
    account = photo.record.account
    registered = account.created + hours if account else photo.started
    return registered if photo.started < registered else photo.started + hours


def ran_out(photo: GraduationPhoto) -> bool:
    last = ends(photo)
    return photo.state == "checking" and last is not None and last <= clock.now()


def lapse(photo: GraduationPhoto) -> GraduationPhoto:
    """校对已超时: back to 待校对, with nothing said. `started` stays, which is how the page knows."""
    return PHOTO.move(photo, "lapse", SYSTEM, **CLEARED)


def overdue() -> Iterator[GraduationPhoto]:
    """Checks whose time ran out."""
    hours = timedelta(hours=defaults.value("img.session_hours"))
    if not hours:
        return
    query = GraduationPhoto.select(GraduationPhoto, Record, Account).join(Record).join(Account)
    long_ago = (GraduationPhoto.started <= clock.now() - hours) | (Account.created <= clock.now() - hours)
    begun = query.where((GraduationPhoto.state == "checking") & GraduationPhoto.current & long_ago)
    yield from (photo for photo in begun if ran_out(photo))


def reasons(photo: GraduationPhoto) -> list[str]:
    return json.loads(photo.reasons)


def wrong_fields(photo: GraduationPhoto) -> list[str]:
    return json.loads(photo.wrong_fields)


def _say(photo: GraduationPhoto, actor: Actor, **columns: str | None) -> GraduationPhoto:
    """Keep what was said of a block, as long as the check goes on.

    Raises Refused: photo_timeout, photo_window, photo_published, not_allowed, moved_on (state).
    """
    actor.require(Can.OWN_RECORD)
    _refuse_late(photo)
    with transaction():
        photo = photo.locked()
        for guard in (hers, is_current, unpublished, in_time):
            guard(photo, actor)
        if photo.state != "checking":
            raise Refused("moved_on", state=photo.state)
        for column, value in columns.items():
            setattr(photo, column, value)
        photo.save()
        journal.record("graduation_photo.say", actor.name, photo, **_said(photo))
    return photo


def _refuse_late(photo: GraduationPhoto) -> None:
    """One that ran out goes back, and whoever pressed is told (R-IMG-06)."""
    if ran_out(photo):
        lapse(photo)
        raise Refused("photo_timeout")


def _said(photo: GraduationPhoto) -> dict[str, object]:
    """What stands, for the history: no note."""
    return {
        "record": photo.record_block, "photo": photo.photo_block,
        "fields": wrong_fields(photo), "reasons": reasons(photo),
    }  # fmt: skip


def _noted(note: str) -> str | None:
    note = " ".join(note.split())
    if len(note) > NOTE:
        raise Refused("photo_note_long", field="note", most=NOTE, over=len(note) - NOTE)
    return note or None
