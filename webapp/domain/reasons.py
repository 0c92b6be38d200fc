"""Why staff say no: codes, the slot of the photo that each is about, and whether trying again can help (R-DUP-15).

Their sentences, for the student and for the list, are `web/words/reasons.py`; a new reason is a line in both.
"""

from dataclasses import dataclass
from typing import NamedTuple

from webapp.domain.refused import Refused


class Reason(NamedTuple):
    """`tick` is the row of the reviewer's list that brings the reason up; `final` ones cannot be mended by a new photo."""

    tick: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """Reasons as a reviewer chose them: one or more codes, and a note of at most 100 characters."""

    codes: tuple[str, ...]
    note: str = ""


PHOTOS: dict[str, Reason] = {
    "face_unclear": Reason("person"),
    "not_holding": Reason("in_frame"),
    "arm_missing": Reason("in_frame"),
    "card_unclear": Reason("card"),
    "card_covered": Reason("card"),
    "edited": Reason("original"),
    "differs": Reason("number"),
    "expired": Reason("valid_until"),
    "not_the_person": Reason("person", final=True),
}
"""人脸不清晰或被遮挡 · 未手持证件 · 未拍到手臂和上半身 · 证件信息不清晰 · 证件被遮挡 · 疑似修改图片 · 证件与注册信息不一致 ·
证件已过期 · 非本人 (spec 7.3)."""

NOTE = 100


def check(picked: Picked) -> None:
    """At least one known reason, and a short note. Raises reason_missing, note_long (most)."""
    if not picked.codes or any(code not in PHOTOS for code in picked.codes):
        raise Refused("reason_missing", field="reasons")
    if len(picked.note) > NOTE:
        raise Refused("note_long", most=NOTE, field="note")
