"""A request or a report that the school has in hand stops the clock of the self-check; who is kept out keeps the time to
bring what was asked for (R-CHK-17)."""

from datetime import date, timedelta

import pytest

from tests.correcting import Case, make_case
from tests.people import School
from tests.world import World
from webapp.domain import checks, clock, defaults, progress, reported, standing
from webapp.domain.corrections import asking, deciding, pausing
from webapp.domain.permissions import SYSTEM
from webapp.jobs import corrections
from webapp.models.checks import Check
from webapp.models.corrections import Correction
from webapp.models.staff import Grant


@pytest.fixture
def case(world: World, school: School) -> Case:
    return make_case(world, school)


def check(case: Case) -> Check:
    return Check.get(Check.record == case.record)


def moved(case: Case) -> int:
    """Days by which the last day has moved."""
    return (checks.deadline(check(case)) - check(case).campaign.ends).days


def step(case: Case) -> progress.Student:
    view = progress.View(check(case).campaign, (Grant(unit=case.school.unit.id),))
    return progress.student(view, case.record)


@pytest.mark.req("CHK-17")
def test_days_of_a_pending_correction_move_the_deadline_and_the_board_says_why(case: Case, world: World) -> None:
    sent = case.sent()
    corrections.pause_checks(world.worker.outside)
    assert (check(case).held, step(case).step, Check.select().where(Check.held != "").count()) == ("correction", "held", 1)
    world.wait(days=2)
    assert moved(case) == 3
    asking.withdraw(sent, case.student)
    pausing.sweep()
    assert (check(case).held, step(case).step, moved(case)) == ("", "unchecked", 3)


@pytest.mark.req("CHK-17")
def test_the_clock_runs_while_it_is_the_students_turn(case: Case) -> None:
    case.draft()
    pausing.sweep()
    assert check(case).held == ""
    sent = asking.send(Correction.get(), case.student)
    held = deciding.take(sent, case.officer("xinxi"))
    deciding.say_no(held, case.officer("xinxi"), "ask", ("incomplete",), "还差一份")
    pausing.sweep()
    assert check(case).held == ""


@pytest.mark.req("CHK-17")
def test_sending_and_withdrawing_again_and_again_gives_a_day_once(case: Case, world: World) -> None:
    for _ in range(3):
        sent = case.sent()
        pausing.sweep()
        asking.withdraw(sent, case.student)
        pausing.sweep()
        assert (check(case).held, moved(case)) == ("", 1)
    case.sent()
    world.wait(days=1)
    pausing.sweep()
    assert check(case).held == "correction"


@pytest.mark.req("CHK-17")
def test_who_reported_an_error_has_the_days_back_in_which_the_school_looked_into_it(case: Case, world: World) -> None:
    defaults.change("chk.complete_on", "confirm", SYSTEM)
    reported.report(check(case), case.account, case.student, {"major": "软件技术"}, "", ())
    pausing.sweep()
    assert (step(case).step, check(case).held) == ("reported", "correction")
    world.wait(days=3)
    reported.answer(reported.open_report(case.record), case.officer("ni"), case.school.staff("ni"), "fixed", "已更正")
    pausing.sweep()
    assert (check(case).state, check(case).held, moved(case)) == ("fixed", "", 4)


@pytest.mark.req("CHK-17")
def test_who_confirms_meanwhile_waits_for_nothing(case: Case) -> None:
    case.sent()
    pausing.sweep()
    checks.confirm(check(case), case.student)
    pausing.sweep()
    assert (check(case).state, check(case).held) == ("confirmed", "")


@pytest.mark.req("CHK-17", "COR-11")
def test_a_request_is_not_closed_while_its_holder_cannot_come_in(case: Case, world: World) -> None:
    held = deciding.take(case.sent(), case.officer("xinxi"))
    deciding.say_no(held, case.officer("xinxi"), "ask", ("incomplete",), "还差一份")
    standing.freeze(case.account, SYSTEM, "looked into")
    world.wait(days=31)
    corrections.close_overdue(world.worker.outside)
    left: date = Correction.get().due - clock.now()
    assert (Correction.get().state, left) == ("returned", timedelta(days=30))
    standing.thaw(case.account.locked(), SYSTEM, "looked into")
    world.wait(days=30, minutes=1)
    corrections.close_overdue(world.worker.outside)
    assert Correction.get().state == "closed"
