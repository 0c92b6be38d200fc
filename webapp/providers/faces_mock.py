"""The local stand-in for a face check: it looks at nothing, and says what `<data_dir>/faces.txt` tells it to say.

It is no check: everybody passes, so `xuedang serve` refuses it unless told so by name, as it does the outbox.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from webapp.domain.face_port import Shots, Verdict, Wanted
from webapp.domain.ports import Unavailable

NAME = "faces.txt"


class MockFaces:
    """Fits `Faces`. Each verdict takes the first line of the file away: `fail`, `other`, `down`; without one it is a pass."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses `data_dir`."""
        return cls(settings.data_dir / NAME)

    def online(self) -> bool:
        """See `face_port.Faces`."""
        return True

    def name(self) -> str:
        """See `face_port.Faces`."""
        return "mock"

    def judge(self, shots: Sequence[Shots], wanted: Wanted, reference: str) -> Verdict:
        """See `face_port.Faces`."""
        match self._next():
            case "down":
                raise Unavailable("network", retry=True, detail="mock")
            case "fail":
                return Verdict(False, 20, "not_live")
            case "other":
                return Verdict(False, 5, "other_person")
        return Verdict(True, 99)

    def _next(self) -> str:
        try:
            first, *rest = self.path.read_text(encoding="utf-8").split()
        except (FileNotFoundError, ValueError):  # no file, or nothing in it any more
            return ""
        self.path.write_text("\n".join(rest), encoding="utf-8")
        return first

    def close(self) -> None:
        """There is nothing to end."""
