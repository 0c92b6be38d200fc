"""Writing history and promises: the only place that adds an Event or a Job (R-SYS-02).

Both belong in the transaction of the change they speak of. Reading them is for `audit verify` and the staff pages.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain import clock
from webapp.models import keys
from webapp.models.base import Row, database, new_key, on_sqlite
from webapp.models.journal import Chain, Event, Job

KEPT = timedelta(days=30)
"""How long a job that was done stays, to be looked up."""


def canonical(detail: dict) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(prev: str, seq: int, at: datetime, actor: str, action: str, object_: str, detail: str) -> str:
    """The MAC of one line of history over itself and the line before, 64 hex characters."""
    line = "\x1f".join((prev, str(seq), at.isoformat(), actor, action, object_, detail))
    return hmac.digest(keys.secret("events"), line.encode(), "sha256").hex()


def name_of(row: Row) -> str:
    """What an Event calls a row: its table and its key, as in ``account:9f3…``."""
    return f"{row._meta.table_name}:{row.key}"


def record(action: str, actor: str, object_: Row | str, **detail: object) -> None:
    """Add one line of history. Last in its transaction: the chain's head is one short lock for all writers.

    `detail` holds codes, counts and keys, never anything that identifies a person.
    """
    if not database.in_transaction():
        raise RuntimeError("an event belongs to the transaction of what it tells")
    head = Chain.select() if on_sqlite() else Chain.select().for_update()
    head = head.get()
    seq, at, told = head.seq + 1, clock.now(), canonical(detail)
    named = object_ if isinstance(object_, str) else name_of(object_)
    mac = link(head.mac, seq, at, actor, action, named, told)
    Event.insert(seq=seq, at=at, actor=actor, action=action, object=named, detail=told, mac=mac).execute()
    Chain.update(seq=seq, mac=mac).execute()


_promised: ContextVar[list[str] | None] = ContextVar("promised", default=None)


@contextmanager
def promised() -> Iterator[list[str]]:
    """Collect the keys of jobs promised meanwhile, so that whoever asked can wake a worker once all is committed."""
    keys: list[str] = []
    before = _promised.set(keys)
    try:
        yield keys
    finally:
        _promised.reset(before)


def promise(job: str, *, delay: timedelta = timedelta(0), **args: object) -> str:
    """Promise a job (its name and keys as arguments); it runs after this transaction, `delay` later. Returns its key."""
    key, at = new_key(), clock.now()
    Job.insert(key=key, name=job, args=canonical(args), due=at + delay, created=at).execute()
    if not delay and (waiting := _promised.get()) is not None:
        waiting.append(key)
    return key


def of_objects(named: Iterable[str], action: str, most: int) -> list[Event]:
    """The newest `most` events of one action about some rows (named as by `name_of`), newest first."""
    chosen = Event.object.in_(list(named)) & (Event.action == action)
    return list(Event.select().where(chosen).order_by(Event.seq.desc()).limit(most))


def sweep() -> int:
    """Drop promises that were kept a month ago. Returns how many; those that failed stay, for somebody to look at."""
    return Job.delete().where((Job.state == "done") & (Job.finished < clock.now() - KEPT)).execute()


class Broken(NamedTuple):
    """Where the chain does not hold, and why."""

    seq: int
    why: str


def verify(first: int = 1) -> Iterator[Broken | int]:
    """Walk the chain from `first`; yields each break, and at the end the number of lines that were read."""
    before = Event.get_or_none(Event.seq == first - 1)
    prev, expected, read = before.mac if before else "", first, 0
    for event in Event.select().where(Event.seq >= first).order_by(Event.seq).iterator():
        if event.seq != expected:
            yield Broken(expected, "missing")
        elif not hmac.compare_digest(event.mac, _mac_of(event, prev)):
            yield Broken(event.seq, "changed")
        prev, expected, read = event.mac, event.seq + 1, read + 1
    head = Chain.get()
    if head.seq != expected - 1 or head.mac != prev:
        yield Broken(expected, "cut off")
    yield read


def _mac_of(event: Event, prev: str) -> str:
    return link(prev, event.seq, event.at, event.actor, event.action, event.object, event.detail)
