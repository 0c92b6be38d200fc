"""Promises are kept once, tried again after a fault, and given up in the open."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.world import World
from webapp.domain import clock, journal
from webapp.jobs import registry
from webapp.models.base import transaction
from webapp.models.journal import Job


@pytest.fixture
def deeds(world: World) -> Iterator[list[str]]:
    """A handler that only this test knows; it fails while `key` says so."""
    done: list[str] = []

    @registry.job("test.deed")
    def deed(outside: registry.Outside, key: str) -> None:
        if key.startswith("fails") and len(done) < int(key[5:]):
            done.append(f"fault {len(done) + 1}")
            raise registry.Later
        done.append(key)

    yield done
    del registry.HANDLERS["test.deed"]


def promise(key: str, **delay: float) -> str:
    with transaction():
        return journal.promise("test.deed", key=key, delay=timedelta(**delay))


def test_a_job_runs_once(world: World, deeds: list[str]) -> None:
    key = promise("a")
    assert world.work() == 1
    assert not registry.run(key, world.worker.outside)
    assert deeds == ["a"]


def test_a_job_waits_for_its_time(world: World, deeds: list[str]) -> None:
    promise("a", seconds=30)
    world.wait(seconds=29)
    assert deeds == []
    world.wait(seconds=1)
    assert deeds == ["a"]


def test_a_job_that_fails_is_tried_again_later_and_later(world: World, deeds: list[str]) -> None:
    promise("fails3")
    for seconds in (0, 1, 5, 30):
        world.wait(seconds=seconds)
    assert deeds == ["fault 1", "fault 2", "fault 3", "fails3"]
    assert Job.get().state == "done"


def test_a_job_that_always_fails_is_given_up_in_the_open(world: World, deeds: list[str]) -> None:
    promise("fails99")
    for _ in range(10):
        world.wait(hours=2)
    job = Job.get()
    assert (job.state, job.fault, job.tries) == ("failed", "Later", 8)


def test_a_job_whose_worker_died_is_taken_up_again(world: World, deeds: list[str]) -> None:
    promise("a")
    Job.update(state="running", started=clock.now(), tries=1).execute()
    world.wait(minutes=4)
    assert deeds == []
    world.wait(minutes=2)
    assert deeds == ["a"]


def test_a_job_that_takes_its_worker_with_it_every_time_has_failed(world: World, deeds: list[str]) -> None:
    promise("a")
    Job.update(state="running", started=clock.now(), tries=8).execute()
    world.wait(minutes=6)
    assert deeds == []
    assert Job.get().state == "failed"


def test_a_promise_that_was_kept_is_dropped_after_a_month(world: World, deeds: list[str]) -> None:
    promise("a")
    world.wait(minutes=1)
    assert journal.sweep() == 0
    world.wait(days=31)
    assert (deeds, journal.sweep(), Job.select().count()) == (["a"], 1, 0)


def test_a_process_that_ends_before_it_begins_its_job_has_had_its_try(world: World, deeds: list[str]) -> None:
    key = promise("a")
    registry.died(key)
    assert (Job.get().state, Job.get().tries) == ("queued", 1)
    Job.update(due=clock.now(), tries=len(registry.BACKOFF)).execute()
    registry.died(key)
    assert (Job.get().state, deeds) == ("failed", [])


def test_a_job_that_runs_in_a_process_of_its_own_may_have_any_key(world: World) -> None:
    with transaction():
        key = journal.promise("graduation.run", graduation="nobody's", staff="", what="check")
    Job.update(key=f"-{key[1:]}").execute()
    world.worker.run(f"-{key[1:]}")
    assert (Job.get().state, Job.get().tries) == ("done", 1)
