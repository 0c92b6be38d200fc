"""Passwords at rest: Argon2id with the figures of OWASP's list, and never more of it at once than the machine bears.

Not here: which passwords are good enough (`identity/passwords.py`), and who may try (`login.py`).
"""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.domain.refused import Refused

AT_ONCE = 2
"""Hashes computed at the same time: each takes 19 MiB and a whole core."""

QUEUE = 32
"""Hashes that may wait for their turn; more are refused, so that a rush of log-ins cannot hold every thread."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + QUEUE)


def hash(password: str) -> str:
    """The Argon2id hash to keep, at most 160 characters. Raises Refused("busy") when the queue is full."""
    with _turn():
        return _hasher.hash(_folded(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash; without one (nobody there) the same work is done for a no.

    Raises Refused("busy") when the queue is full.
    """
    with _turn():
        try:
            return _hasher.verify(kept or _nobodys(), _folded(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_dated(kept: str) -> bool:
    """Was it made with other figures than today's? Then the next right password makes a new one."""
    return _hasher.check_needs_rehash(kept)


def _folded(password: str) -> str:
    """One form for what different keyboards compose differently (NIST SP 800-63B: normalise once, never cut)."""
    return unicodedata.normalize("NFC", password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise Refused("busy")
    try:
        with _turns:
            yield
    finally:
        _places.release()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
