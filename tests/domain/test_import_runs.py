"""Importing when things go wrong in between: killed passes, two at once, the wrong person, and the week after."""

import json

import pytest

from tests.desk import Desk, fresh, roster, student
from webapp import outside
from webapp.domain import rosters
from webapp.domain.imports import batches
from webapp.domain.imports.applying import ApplyPass
from webapp.domain.imports.batches import BATCH
from webapp.domain.imports.reading import portions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.checks import Check
from webapp.models.imports import Batch, Finding
from webapp.models.journal import Event, Job
from webapp.models.records import Change, Record
from webapp.providers import sheets


@pytest.fixture
def desk(world, school):
    return Desk(world, school)


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


class Killed(BaseException):
    pass


def test_a_killed_apply_pass_goes_on_where_it_was(desk, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(roster(*map(student, range(1, 201))))
    batch = desk.upload(path.read_bytes())
    batches.confirm(batch, desk.actor)

    def dies_after(count):
        for at, row in enumerate(sheets.rows(path, "csv")):
            if at == count:
                raise Killed
            yield row

    found = rosters.survey("enrolment", sheets.heads(path, "csv"))
    with pytest.raises(Killed):
        ApplyPass(fresh(batch), found, portion=60).run(dies_after(150))
    assert (fresh(batch).progress, fresh(batch).state, Record.select().count()) == (120, "applying", 132)
    desk.world.work()
    assert (fresh(batch).state, Record.select().count()) == ("applied", 212)
    assert Change.select().where(Change.batch == batch).count() == 200


def test_a_batch_whose_file_is_lost_halts_says_so_and_lets_the_next_one_write(desk, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(roster(*map(student, range(1, 31))))
    batch = desk.upload(path.read_bytes())
    batches.confirm(batch, desk.actor)
    found = rosters.survey("enrolment", sheets.heads(path, "csv"))
    half = ApplyPass(fresh(batch), found, portion=10)
    half._portion(next(portions(half.batch, sheets.rows(path, "csv"), size=10)), 0)
    outside(desk.world.settings).storage.delete(batch.file.name)
    desk.world.work()
    halted = fresh(batch)
    assert (halted.state, halted.progress, json.loads(halted.fault)["code"]) == ("halted", 10, "import_file_gone")
    event = Event.get(Event.action == "batch.halt")
    assert json.loads(event.detail) == {"code": "import_file_gone", "written": 10}
    assert Check.select().count() == 22
    again = desk.bring(path.read_bytes())
    assert (again.state, batches.counts(again)["new"], batches.counts(again)["same"]) == ("applied", 20, 10)
    assert desk.undo(halted).state == "undone" and Record.select().count() == 32


def test_two_passes_at_once_cannot_both_write_a_portion(desk, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(roster(student(1)))
    batch = desk.upload(path.read_bytes())
    batches.confirm(batch, desk.actor)
    found = rosters.survey("enrolment", sheets.heads(path, "csv"))
    slow, quick = ApplyPass(fresh(batch), found), ApplyPass(fresh(batch), found)
    quick.run(sheets.rows(path, "csv"))
    assert refusal(lambda: slow.run(sheets.rows(path, "csv"))).code == "moved_on"
    assert Record.select().count() == 13


def test_a_school_writes_one_import_at_a_time(desk):
    one, other = desk.upload(roster(student(1))), desk.upload(roster(student(2)))
    batches.confirm(one, desk.actor)
    assert refusal(lambda: batches.confirm(other, desk.actor)).code == "import_running"
    desk.world.work()
    assert desk.confirm(other).state == "applied"


def test_pressing_twice_imports_once(desk):
    batch = desk.upload(roster(student(1)))
    batches.confirm(batch, desk.actor)
    assert refusal(lambda: batches.confirm(batch, desk.actor)).code == "moved_on"
    assert Job.select().where(Job.name == "imports.apply").count() == 1


def test_a_refused_batch_is_over_even_while_it_is_read(desk):
    batch = desk.upload(roster(student(1)))
    batches.refuse(batch, desk.actor)
    assert refusal(lambda: batches.confirm(fresh(batch), desk.actor)).code == "moved_on"


def test_only_who_imports_for_the_school_may_decide(desk):
    batch = desk.upload(roster(student(1)))
    for login in ("luo", "xinxi", "admin"):
        other = Desk(desk.world, desk.school, login).actor
        assert refusal(lambda other=other: batches.confirm(batch, other)).code == "not_allowed"


@pytest.mark.req("SYS-05")
def test_the_file_and_what_was_found_are_gone_a_week_after_the_decision(desk):
    from webapp.jobs.imports import forget

    batch = desk.bring(roster(student(1), student(2, 层次="本")))
    storage = outside(desk.world.settings).storage
    assert len(list(storage.names())) == 2 and not any("学生".encode() in storage.get(name) for name in storage.names())
    desk.world.wait(days=6)
    forget(outside(desk.world.settings))
    assert fresh(batch).file is not None
    desk.world.wait(days=1, seconds=1)
    forget(outside(desk.world.settings))
    assert list(storage.names()) == [] and not Finding.select().exists() and fresh(batch).file is None
    assert not list((desk.world.settings.data_dir / "spool").iterdir())


def test_an_import_that_nobody_decides_is_given_up_and_its_file_goes(desk):
    from webapp.jobs.imports import forget

    batch = desk.upload(roster(student(1)))
    desk.world.wait(days=7, seconds=1)
    forget(outside(desk.world.settings))
    assert (fresh(batch).state, Record.select().where(Record.batch == batch).count()) == ("refused", 0)
    desk.world.wait(days=7, seconds=1)
    forget(outside(desk.world.settings))
    assert fresh(batch).file is None


def test_a_batch_of_the_command_line_is_not_touched_by_jobs(desk):
    batch = batches.receive(desk.school.unit, "enrolment", "a.csv", None, "0" * 64, SYSTEM)
    desk.world.work()
    assert fresh(batch).state == "uploaded" and {"uploaded", "undone"} <= BATCH.states
    assert Batch.select().count() == 1
