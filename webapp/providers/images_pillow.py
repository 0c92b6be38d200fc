"""Pictures through Pillow, in a child that is kept for many of them and replaced when it dies.

It is not where a picture is decoded: that is `image_child.py`; not one byte of a picture is parsed in this process
beyond its first twelve.
"""

from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Cleaned
from webapp.domain.refused import Refused
from webapp.providers.child_line import PICTURES_PER_CHILD, SECONDS, ChildLine

__all__ = ["PICTURES_PER_CHILD", "PillowImages", "kind_of"]

CHILD = Path(__file__).with_name("image_child.py")
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class PillowImages:
    """Fits `Images`. One picture at a time in each process; threads wait for each other."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how long one picture may take by the clock."""
        self._line = ChildLine(CHILD, seconds)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none; `doctor` shows it."""
        return self._line.pid

    def clean(self, data: bytes, *, long_side: int, max_bytes: int | None = None, min_side: int = 1) -> Cleaned:
        """See `ports.Images`."""
        kind = kind_of(data)
        if kind is None:
            raise Refused("image_kind")
        task = {"kind": kind, "long_side": long_side, "max_bytes": max_bytes, "min_side": min_side}
        answer, jpeg = self._line.done(task, data)
        return Cleaned(jpeg, **answer)

    def marked(self, jpeg: bytes, text: str) -> bytes:
        """See `ports.Images`."""
        return self._line.done({"mark": text}, jpeg)[1]

    def close(self) -> None:
        """End the child; the next picture starts another."""
        self._line.close()


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
