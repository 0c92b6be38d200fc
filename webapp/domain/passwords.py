"""Passwords at rest: Argon2id with the figures of OWASP's list, and never more of it at once than the machine bears.

Not here: which passwords are good enough (`identity/passwords.py`), and who may try (`login.py`).
"""

import os
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.domain.refused import Refused

AT_ONCE = max(1, (os.cpu_count() or 2) - 1)
"""Hashes computed at the same time: each takes 19 MiB and a whole core, and other pages need one too."""

QUEUE = 24
"""Hashes that may wait for their turn, fewer than a server has threads (settings.py): more are refused, so that a rush of
log-ins cannot hold every thread."""

PATIENCE = 20.0

T = TypeVar("T")

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_workers = ThreadPoolExecutor(AT_ONCE, "argon2")
"""Every thread that ever computed a hash keeps its 19 MiB: so these do it for all the others."""

_places = threading.BoundedSemaphore(AT_ONCE + QUEUE)
_here = threading.local()


def hash(password: str) -> str:
    """The Argon2id hash to keep, at most 160 characters.

    Who sets a password has proved a phone and waits for a place; only after `PATIENCE` seconds Refused("busy").
    """
    with place(PATIENCE):
        return _in_turn(_hasher.hash, _folded(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash; without one (nobody there) the same work is done for a no.

    Raises Refused("busy") when the queue is full.
    """
    try:
        return _in_turn(_hasher.verify, kept or _nobodys(), _folded(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Was it made with other figures than today's? Then the next right password makes a new one."""
    return _hasher.check_needs_rehash(kept)


def _folded(password: str) -> str:
    """One form for what different keyboards compose differently (NIST SP 800-63B: normalise once, never cut)."""
    return unicodedata.normalize("NFC", password)


@contextmanager
def place(wait: float = 0) -> Iterator[None]:
    """Take one of the places for whoever needs a hash, for all that is done round it.

    Raises Refused("busy") when none is free within `wait` seconds. A decorator holds for a verb; inside another it joins it.
    """
    if getattr(_here, "placed", False):
        yield
        return
    if not _places.acquire(timeout=wait):
        raise Refused("busy")
    _here.placed = True
    try:
        yield
    finally:
        _here.placed = False
        _places.release()


@place()
def _in_turn(work: Callable[..., T], *given: str) -> T:
    return _workers.submit(work, *given).result()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _workers.submit(_hasher.hash, "nobody has this password").result()
