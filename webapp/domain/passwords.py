"""Passwords at rest: Argon2id with the figures of OWASP's list, and never more of it at once than the machine bears.

Not here: which passwords are good enough (`identity/passwords.py`), and who may try (`login.py`).
"""

import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.domain.refused import Refused

AT_ONCE = max(1, (os.cpu_count() or 2) - 1)
"""Hashes computed at the same time: each takes 19 MiB and a whole core, and other pages need one too."""

QUEUE = 24
"""Hashes that may wait for their turn while a thread of the server waits with them, fewer than it has (settings.py): more are
refused, so that a rush of log-ins cannot hold every thread."""

PATIENCE = 20.0

LESS_URGENT = 5
"""Niceness of what computes hashes: pages that somebody reads meanwhile come first on the processor (Linux)."""

T = TypeVar("T")


def _step_back() -> None:
    if sys.platform == "linux":  # elsewhere it would hold for the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LESS_URGENT)


_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_workers = ThreadPoolExecutor(AT_ONCE, "argon2", _step_back)
"""Every thread that ever computed a hash keeps its 19 MiB: so these do it for all the others."""

_places = threading.BoundedSemaphore(AT_ONCE + QUEUE)
_closed = ContextVar("closed", default=False)


def hash(password: str) -> str:
    """The Argon2id hash to keep, at most 160 characters.

    Who sets a password has proved a phone and waits for a place; only after `PATIENCE` seconds Refused("busy").
    """
    return _in_turn(PATIENCE, _hasher.hash, _folded(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash; without one (nobody there) the same work is done for a no.

    Raises Refused("busy") when the queue is full.
    """
    try:
        return _in_turn(0, _hasher.verify, kept or _nobodys(), _folded(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Was it made with other figures than today's? Then the next right password makes a new one."""
    return _hasher.check_needs_rehash(kept)


def _folded(password: str) -> str:
    """One form for what different keyboards compose differently (NIST SP 800-63B: normalise once, never cut)."""
    return unicodedata.normalize("NFC", password)


@contextmanager
def closed() -> Iterator[None]:
    """Whatever needs a hash meanwhile, in this thread, is refused as busy at once: the line before the server is full."""
    before = _closed.set(True)
    try:
        yield
    finally:
        _closed.reset(before)


def _in_turn(patience: float, work: Callable[..., T], *given: str) -> T:
    if _closed.get() or not _places.acquire(timeout=patience):
        raise Refused("busy")
    try:
        return _workers.submit(work, *given).result()
    finally:
        _places.release()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _workers.submit(_hasher.hash, "nobody has this password").result()
