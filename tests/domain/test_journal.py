"""History is chained: what is changed, removed, moved or cut off is found, and the database refuses to do it."""

import pytest
from peewee import DatabaseError

from tests.world import World
from webapp.domain import journal
from webapp.domain.journal import Broken
from webapp.models.base import database, on_sqlite, transaction
from webapp.models.journal import Chain, Event, Job


def tell(count: int) -> None:
    for number in range(count):
        with transaction():
            journal.record("test.happened", "system", "test:abc", number=number)


def tamper(statement: str) -> None:
    """What a thief with the database file would do: the triggers are no help against that."""
    if on_sqlite():
        for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute_sql(f"DROP TRIGGER {name}")
        database.execute_sql(statement)
    else:
        database.execute_sql("SET session_replication_role = replica")
        database.execute_sql(statement)
        database.execute_sql("SET session_replication_role = origin")


@pytest.mark.req("SYS-02")
def test_an_untouched_history_verifies(world: World) -> None:
    tell(20)
    assert list(journal.verify()) == [20]


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize("change", ["UPDATE event SET action = 'x' WHERE seq = 1", "DELETE FROM event"])
def test_the_database_refuses_to_change_history(world: World, change: str) -> None:
    tell(3)
    with pytest.raises(DatabaseError), database.atomic():
        database.execute_sql(change)
    assert list(journal.verify()) == [3]


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize(
    ("tampering", "first"),
    [
        ("UPDATE event SET detail = '{\"number\":9}' WHERE seq = 4", Broken(4, "changed")),
        ("UPDATE event SET actor = 'staff:x' WHERE seq = 1", Broken(1, "changed")),
        ("DELETE FROM event WHERE seq = 7", Broken(7, "missing")),
        ("DELETE FROM event WHERE seq >= 9", Broken(9, "cut off")),
        ("UPDATE event SET at = '2020-01-01 00:00:00' WHERE seq = 10", Broken(10, "changed")),
    ],
)
def test_tampering_is_named_with_its_place(world: World, tampering: str, first: Broken) -> None:
    tell(10)
    tamper(tampering)
    assert next(iter(journal.verify())) == first


@pytest.mark.req("SYS-02")
def test_two_lines_that_changed_places_are_found(world: World) -> None:
    tell(5)
    tamper("UPDATE event SET seq = 99 WHERE seq = 2")
    tamper("UPDATE event SET seq = 2 WHERE seq = 3")
    tamper("UPDATE event SET seq = 3 WHERE seq = 99")
    assert next(iter(journal.verify())) == Broken(2, "changed")


def test_an_event_and_a_job_vanish_with_the_change_they_belong_to(world: World) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        journal.record("test.happened", "system", "test:abc")
        journal.promise("images.clean", key="abc")
        _ = 1 / 0
    assert (Event.select().count(), Job.select().count(), Chain.get().seq) == (0, 0, 0)


def test_an_event_outside_a_transaction_is_a_bug(world: World) -> None:
    with pytest.raises(RuntimeError):
        journal.record("test.happened", "system", "test:abc")
