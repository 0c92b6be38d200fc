"""T24, history rewritten: whoever changes, drops, swaps, adds or cuts off lines without the key is told where.

The chain's head stands in the database: there are no anchors elsewhere yet, so what is cut off is found by the head. Deeds
killed at every statement, with the events that they leave, are `test_faults.py`; the command is in `tests/cli`.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from peewee import DatabaseError

from tests.world import World
from webapp.domain import journal
from webapp.domain.journal import Broken
from webapp.models.base import database, on_sqlite, transaction
from webapp.models.journal import Event

LINES = 40
COLUMNS = ("at", "actor", "action", "object", "detail", "mac")


@contextmanager
def thief() -> Iterator[None]:
    """With the database file in hand, past the triggers; what is done is undone at the end."""
    with database.atomic() as hand:
        if on_sqlite():
            for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute_sql(f"DROP TRIGGER {name}")
        else:
            database.execute_sql("SET LOCAL session_replication_role = replica")
        yield
        hand.rollback()


def edit(draw: random.Random, n: int) -> int:
    column = draw.choice(COLUMNS)
    value = "2020-01-01 00:00:00" if column == "at" else f"{draw.random()}"
    database.execute_sql(f"UPDATE event SET {column} = '{value}' WHERE seq = {n}")
    return n


def drop(draw: random.Random, n: int) -> int:
    database.execute_sql(f"DELETE FROM event WHERE seq = {n}")
    return n


def swap(draw: random.Random, n: int) -> int:
    other = draw.choice([seq for seq in range(1, LINES + 1) if seq != n])
    for old, new in ((n, 0), (other, n), (0, other)):
        database.execute_sql(f"UPDATE event SET seq = {new} WHERE seq = {old}")
    return min(n, other)


def add(draw: random.Random, n: int) -> int:
    """A line of one's own, everything after it moved up."""
    for seq in range(LINES, n - 1, -1):
        database.execute_sql(f"UPDATE event SET seq = {seq + 1} WHERE seq = {seq}")
    _write(n, f"{draw.getrandbits(256):064x}")
    return n


def cut_off(draw: random.Random, n: int) -> int:
    database.execute_sql(f"DELETE FROM event WHERE seq >= {n}")
    return n


def build_anew(draw: random.Random, n: int) -> int:
    """Everything from a line on with MACs of a key that is not the school's, and the head with it."""
    macs = [f"{draw.getrandbits(256):064x}" for _ in range(n, LINES + 1)]
    for seq, mac in enumerate(macs, start=n):
        database.execute_sql(f"UPDATE event SET mac = '{mac}' WHERE seq = {seq}")
    database.execute_sql(f"UPDATE chain SET mac = '{macs[-1]}'")
    return n


def _write(seq: int, mac: str) -> None:
    Event.insert(
        seq=seq, at="2026-11-16 02:00:00", actor="system", action="made.up", object="test:x", detail="{}", mac=mac
    ).execute()


TAMPERINGS: tuple[Callable[[random.Random, int], int], ...] = (edit, drop, swap, add, cut_off, build_anew)
"""Each returns the first line that no longer holds."""


@pytest.mark.req("SYS-02")
def test_every_tampering_is_found_with_the_first_line_that_it_touched(world: World, times) -> None:
    with transaction():
        for number in range(LINES):
            journal.record("test.happened", "system", "test:abc", number=number)
    draw = random.Random(24)
    for n in range(times(500, 10_000)):
        tampering = TAMPERINGS[n % len(TAMPERINGS)]
        with thief():
            first = tampering(draw, draw.randint(1, LINES))
            found = next(iter(journal.verify()))
        assert isinstance(found, Broken) and found.seq == first, f"{tampering.__name__}: {found} instead of {first}"
    assert list(journal.verify()) == [LINES]


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize("change", ["UPDATE event SET actor = 'x'", "DELETE FROM event", "UPDATE event SET seq = seq + 9"])
def test_the_database_itself_takes_no_line_back(world: World, change: str) -> None:
    with transaction():
        journal.record("test.happened", "system", "test:abc")
    with pytest.raises(DatabaseError), database.atomic():
        database.execute_sql(change)
    assert list(journal.verify()) == [1]
