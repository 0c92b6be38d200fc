"""学历照片 measured in children of their own: as many at once as the machine has processors, two at most.

Not here: any decoding (`photo_child.py`), nor what the numbers mean (`domain/photos/standard.py`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Any, Self

from webapp.domain.ports import Measured
from webapp.providers.images_pillow import PICTURES_PER_CHILD, SECONDS, judged
from webapp.providers.kept_child import KeptChild

CHILD = Path(__file__).with_name("photo_child.py")
LINES = min(2, os.cpu_count() or 1)


class PhotoStandard:
    """Fits `Portraits`."""

    lines = LINES

    def __init__(self, seconds: float = SECONDS) -> None:
        self._all = [KeptChild(CHILD, seconds=seconds, items=PICTURES_PER_CHILD) for _ in range(self.lines)]
        self._free: LifoQueue[KeptChild] = LifoQueue()
        for line in self._all:
            self._free.put(line)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def pids(self) -> list[int | None]:
        """Process ids of the children, None for one that has not begun."""
        return [line.pid for line in self._all]

    def measure(self, photo: bytes, admission: bytes, *, pixels: tuple[int, int], grounds: tuple) -> Measured:
        """See `ports.Portraits`."""
        task = {"size": len(photo), "pixels": pixels, "grounds": grounds}
        with self._line() as line:
            told, jpeg = judged(line, task, photo + admission)
        return Measured(jpeg, told)

    def close(self) -> None:
        """End the children; the next photo starts another."""
        for line in self._all:
            line.close()

    @contextmanager
    def _line(self) -> Iterator[KeptChild]:
        line = self._free.get()
        try:
            yield line
        finally:
            self._free.put(line)
