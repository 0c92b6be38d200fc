"""Text read off a cleaned photo by RapidOCR, in a child of its own: the extra `[ocr]`.

It is a hint for who looks at the photo, never a verdict: rare characters come out as others that look alike.
"""

from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Unavailable
from webapp.providers.kept_child import Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("ocr_child.py")
SECONDS = 30
PICTURES_PER_CHILD = 200


class RapidOcr:
    """Fits `Ocr`. One picture at a time in each process; the child needs some 400 MB while there is one."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how long one picture may take by the clock, and the child to load its models."""
        self._kept = KeptChild(CHILD, seconds=seconds, items=PICTURES_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def read(self, jpeg: bytes) -> list[str]:
        """See `ports.Ocr`. Without the extra no child starts."""
        try:
            answer, _ = self._kept.ask({}, jpeg)
        except (Died, TooSlow) as fault:
            raise Unavailable("fault", retry=False, detail=type(fault).__name__) from None
        return answer["lines"]

    def close(self) -> None:
        """End the child; the next picture starts another."""
        self._kept.close()


class NoOcr:
    """Fits `Ocr` where nobody reads."""

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def read(self, jpeg: bytes) -> None:
        """Nothing was looked at."""

    def close(self) -> None:
        """There is nothing to end."""
