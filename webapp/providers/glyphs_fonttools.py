"""Rare characters for pages, cut out of the fonts of papers by fontTools, in a child that goes when the work is done.

It is not where a character counts as rare, nor where its font is kept (`domain/glyphs.py`).
"""

import logging
from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Unavailable
from webapp.providers import fonts
from webapp.providers.kept_child import Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("glyph_child.py")
SECONDS = 60
CHARACTERS_PER_CHILD = 200

log = logging.getLogger(__name__)


class CutGlyphs:
    """Fits `Glyphs`. One character at a time in each process; threads wait for each other."""

    def __init__(self) -> None:
        self._child = KeptChild(CHILD, seconds=SECONDS, items=CHARACTERS_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._child.pid

    def cut(self, character: str) -> bytes | None:
        """See `ports.Glyphs`."""
        file = fonts.file_with(character)
        if file is None:
            return None
        try:
            _verdict, font = self._child.ask({"file": str(file), "character": character}, b"")
        except (Died, TooSlow) as fault:
            log.error("a glyph out of %s: %s", file.name, type(fault).__name__)
            raise Unavailable("fault", retry=False, detail=type(fault).__name__) from fault
        return font

    def close(self) -> None:
        """See `ports.Glyphs`."""
        self._child.close()
