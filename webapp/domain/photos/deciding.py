"""The officer's word on a 学历照片 that the machine doubts or refuses: a person decides, never a score (R-IMG-14).

Not here: the moves (`lifecycle.py`), bringing another picture (`importing.py`).
"""

from webapp.domain import messages
from webapp.domain.permissions import Actor
from webapp.domain.photos.lifecycle import PHOTO
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.graduation_photos import GraduationPhoto

REASON_LONGEST = 200


def same(photo: GraduationPhoto, actor: Actor) -> GraduationPhoto:
    """同一人: the pictures show one person. Refused: not_allowed, moved_on."""
    return PHOTO.move(photo, "same", actor, detail={"likeness": photo.likeness})


def accept(photo: GraduationPhoto, actor: Actor, reason: str) -> GraduationPhoto:
    """人工判为合格: the photo is good although a check failed. Refused: photo_reason, not_allowed, moved_on."""
    return PHOTO.move(photo, "accept", actor, answer=_said(reason))


def send_back(photo: GraduationPhoto, actor: Actor, reason: str) -> GraduationPhoto:
    """退回重采: another picture is needed; the holder is told why. Refused: photo_reason, not_allowed, moved_on."""
    said = _said(reason)
    with transaction():
        photo = PHOTO.move(photo, "send_back", actor, answer=said)
        tell(photo, "photo_retake", why=said)
    return photo


def keep(photo: GraduationPhoto, actor: Actor, reason: str) -> GraduationPhoto:
    """维持原照片: what the holder found wrong is none; told why, she looks once more (R-IMG-08).

    Raises Refused: photo_reason, not_allowed, moved_on.
    """
    said = _said(reason)
    cleared = {"started": None, "finished": None, "record_block": "", "photo_block": "", "reasons": "[]", "note": None}
    with transaction():
        photo = PHOTO.move(photo, "keep", actor, answer=said, wrong_fields="[]", record_note=None, **cleared)
        tell(photo, "photo_kept", why=said)
    return photo


def tell(photo: GraduationPhoto, template: str, **said: str) -> None:
    """A message to the holder of the record, where it has one; in the transaction of the move."""
    record = photo.record
    if record.account_id is not None:
        messages.notify(record.account, template, link=f"/records/{record.key}/photo", topic="check", **said)


def _said(reason: str) -> str:
    said = " ".join(reason.split())[:REASON_LONGEST]
    if not said:
        raise Refused("photo_reason", field="reason")
    return said
