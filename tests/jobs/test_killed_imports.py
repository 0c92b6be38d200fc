"""A worker killed as the machine's operator would kill it: what it wrote stays, and the next one writes the rest, once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from peewee import fn

from tests.bench.bench_reading import write_csv
from tests.desk import Desk, fresh
from tests.people import School
from tests.world import World
from webapp.domain.imports import batches
from webapp.domain.imports.reading import PORTION
from webapp.jobs.registry import STALE
from webapp.jobs.worker import COMMAND
from webapp.models.imports import Batch
from webapp.models.journal import Job
from webapp.models.records import Change, Record

ROWS = 4 * PORTION
PATIENCE = 6_000
"""Looks, a hundredth of a second apart, after which a worker does nothing any more."""


@contextmanager
def working(world: World) -> Iterator[subprocess.Popen]:
    """A worker of its own, with the process that it starts for an import; neither outlives the test."""
    command = [sys.executable, "-c", COMMAND, "worker"]
    worker = subprocess.Popen(command, env=world.settings.environ(), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield worker
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def until(true: Callable[[], object]) -> None:
    for _ in range(PATIENCE):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("the worker does nothing")


def half_written(batch: Batch) -> bool:
    return 0 < fresh(batch).progress < ROWS


def children(process: int) -> list[int]:
    return [int(one) for told in Path(f"/proc/{process}/task").glob("*/children") for one in told.read_text().split()]


@pytest.fixture
def batch(world: World, school: School, tmp_path: Path) -> Batch:
    desk = Desk(world, school)
    ready = desk.upload(write_csv(tmp_path / "r.csv", ROWS, "utf-8").read_bytes())
    assert batches.counts(ready)["new"] == ROWS
    return batches.confirm(ready, desk.actor)


def all_there_once(batch: Batch, before: int) -> None:
    assert fresh(batch).state == "applied" and Record.select().count() == before + ROWS
    assert Change.select().where(Change.batch == batch).count() == ROWS
    assert Record.select(fn.COUNT(Record.natural.distinct())).where(Record.batch == batch).scalar() == ROWS


@pytest.mark.req("SCH-05")
def test_an_import_whose_worker_was_killed_is_finished_by_the_next_worker(world: World, batch: Batch) -> None:
    before = Record.select().count()
    with working(world):
        until(lambda: half_written(batch))
    left = fresh(batch)
    assert left.state == "applying" and Record.select().count() == before + left.progress
    Job.update(started=Job.get(Job.name == "imports.apply").started - 2 * STALE).where(Job.state == "running").execute()
    with working(world):
        until(lambda: fresh(batch).state == "applied")
    all_there_once(batch, before)


@pytest.mark.req("SCH-05")
def test_a_worker_starts_the_process_of_an_import_again_when_that_was_killed(world: World, batch: Batch) -> None:
    before = Record.select().count()
    with working(world) as worker:
        until(lambda: half_written(batch))
        for child in children(worker.pid):
            os.kill(child, signal.SIGKILL)
        until(lambda: Job.get(Job.name == "imports.apply").tries > 1 or fresh(batch).state == "applied")
        until(lambda: fresh(batch).state == "applied")
    all_there_once(batch, before)
    assert Job.get(Job.name == "imports.apply").tries > 1
