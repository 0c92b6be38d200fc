"""The table of moves: guards, promises, history and races, tried on a real model."""

import threading

import pytest

from tests.people import School
from tests.world import World
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, VISITOR, Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.checks import Check
from webapp.models.journal import Event, Job


def has_not_been_held(check: Check, actor: Actor) -> None:
    if check.held:
        raise Refused("moved_on", state=check.state)


TOY = Lifecycle(
    Check,
    Move("see", ("unseen",), "seen", Can.OWN_RECORD, jobs=("images.clean",)),
    Move("confirm", ("seen",), "confirmed", Can.OWN_RECORD, guards=(has_not_been_held,)),
)


@pytest.fixture
def check(world: World, school: School) -> Check:
    return Check.get()


def test_a_move_writes_state_job_and_event_together(check: Check) -> None:
    moved = TOY.move(check, "see", SYSTEM, seen=check.record.updated, detail={"source": "test"})
    assert (moved.state, Check.get_by_id(check.id).state) == ("seen", "seen")
    assert Job.get().args == f'{{"key":"{check.key}"}}'
    event = Event.get()
    assert (event.action, event.object, event.detail) == ("check.see", f"check:{check.key}", '{"source":"test"}')


@pytest.mark.parametrize(("actor", "move", "code"), [(VISITOR, "see", "not_allowed"), (SYSTEM, "confirm", "moved_on")])
def test_a_move_that_may_not_be_made_changes_nothing(check: Check, actor: Actor, move: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        TOY.move(check, move, actor)
    assert refusal.value.code == code
    assert (Check.get_by_id(check.id).state, Event.select().count(), Job.select().count()) == ("unseen", 0, 0)


def test_a_guard_stops_the_move(check: Check) -> None:
    TOY.move(check, "see", SYSTEM)
    Check.update(held="no_record").where(Check.id == check.id).execute()
    with pytest.raises(Refused):
        TOY.move(check, "confirm", SYSTEM)
    assert Check.get_by_id(check.id).state == "seen"


def test_of_many_at_once_one_moves_the_row(check: Check) -> None:
    won: list[bool] = []

    def try_once() -> None:
        try:
            TOY.move(check, "see", SYSTEM)
            won.append(True)
        except Refused as refused:
            assert refused.code == "moved_on"
            won.append(False)
        finally:
            database.close()

    threads = [threading.Thread(target=try_once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]
    assert (Event.select().count(), Job.select().count()) == (1, 1)
