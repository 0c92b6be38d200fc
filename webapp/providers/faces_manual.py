"""No online face check: the photo with the document is the only way, and the page says so (R-RPV-12).

It is the default. Not here: that photo, which people look at (`domain/liveness/`).
"""

from collections.abc import Sequence
from typing import Any, Self

from webapp.domain.face_port import Shots, Verdict, Wanted
from webapp.domain.ports import Unavailable


class ManualFaces:
    """Fits `Faces` where nobody judges."""

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def online(self) -> bool:
        """See `face_port.Faces`: no."""
        return False

    def name(self) -> str:
        """See `face_port.Faces`."""
        return "manual"

    def judge(self, shots: Sequence[Shots], wanted: Wanted, reference: str) -> Verdict:
        """See `face_port.Faces`: nobody is there who could."""
        raise Unavailable("setup", retry=False, detail="manual")

    def close(self) -> None:
        """There is nothing to end."""
