"""Pictures through Pillow, in a child that is kept for many of them and replaced when it dies.

It is not where a picture is decoded: that is `image_child.py`; not one byte of a picture is parsed in this process
beyond its first twelve.
"""

import logging
from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Cleaned
from webapp.domain.refused import Refused
from webapp.providers.kept_child import Answer, Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("image_child.py")
SECONDS = 20
PICTURES_PER_CHILD = 500
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

WHOLE = 1 << 16
"""A long side that no picture has: it keeps its own."""
ORIENTATIONS = {1: 6, 2: 3, 3: 8}
"""Quarters to the right, as EXIF numbers them."""

log = logging.getLogger(__name__)


class PillowImages:
    """Fits `Images`. One picture at a time in each process; threads wait for each other."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how long one picture may take by the clock; the child's own limit is 10 s of CPU."""
        self._child = KeptChild(CHILD, seconds=seconds, items=PICTURES_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none; `doctor` shows it."""
        return self._child.pid

    def clean(self, data: bytes, *, long_side: int, max_bytes: int | None = None, min_side: int = 1) -> Cleaned:
        """See `ports.Images`."""
        kind = kind_of(data)
        if kind is None:
            raise Refused("image_kind")
        task = {"kind": kind, "long_side": long_side, "max_bytes": max_bytes, "min_side": min_side}
        answer, jpeg = judged(self._child, task, data)
        return Cleaned(jpeg, **answer)

    def turned(self, jpeg: bytes, quarters: int, max_bytes: int) -> bytes:
        """See `ports.Images`."""
        task = {"kind": "JPEG", "long_side": WHOLE, "max_bytes": max_bytes, "min_side": 1, "told": ORIENTATIONS[quarters]}
        return judged(self._child, task, jpeg)[1]

    def marked(self, jpeg: bytes, text: str) -> bytes:
        """See `ports.Images`."""
        return judged(self._child, {"mark": text}, jpeg)[1]

    def close(self) -> None:
        """End the child; the next picture starts another."""
        self._child.close()


def judged(child: KeptChild, task: dict[str, Any], data: bytes) -> Answer:
    """What a child that reads pictures answers. Raises Refused with its verdict, image_unreadable where it died or hung."""
    try:
        answer, jpeg = child.ask(task, data)
    except Died:
        answer, jpeg = {"refused": "image_unreadable", "facts": {}, "detail": "died twice"}, b""
    except TooSlow:
        answer, jpeg = {"refused": "image_unreadable", "facts": {}, "detail": "too slow"}, b""
    if "refused" in answer:
        log.info("picture refused: %s %s", answer["refused"], answer.get("detail", ""))
        raise Refused(answer["refused"], **answer["facts"])
    return answer, jpeg


def kind_of(data: bytes) -> str | None:
    """JPEG, PNG, GIF, WEBP or HEIF by the first bytes, never by the name; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None
