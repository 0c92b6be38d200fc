"""What a process reads from the database at most once a second, because every page and message asks for it.

Not here: what is read (`defaults.py`, `texts.py`).
"""

import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")

READ_EVERY = 1.0
"""Seconds for which a process trusts what it read."""


class Recent(Generic[T]):
    """Call it for the value; it is read again when it is older than a second, or was forgotten."""

    known: ClassVar[list["Recent[Any]"]] = []

    def __init__(self, read: Callable[[], T]) -> None:
        self.read = read
        self.forget()
        Recent.known.append(self)

    def __call__(self) -> T:
        if time.monotonic() - self.read_at > READ_EVERY:
            self.value = self.read()
            self.read_at = time.monotonic()
        return self.value

    def forget(self) -> None:
        """Read afresh at the next question."""
        self.read_at = float("-inf")
