"""Every time that the site promises runs on working days, over New Year as over any Sunday."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.certifying import Office, begun, filed, held, refused
from tests.correcting import make_case
from tests.domain.test_english_reports import asked
from tests.domain.test_liveness import brought
from tests.people import School
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, defaults, workdays
from webapp.domain.certification import checking, deciding, filing, materials, reconsidering
from webapp.domain.liveness import asking
from webapp.domain.permissions import SYSTEM
from webapp.domain.tickets import asking as questions
from webapp.models.certification import ApplicationItem
from webapp.providers.files import Files

BEFORE_NEW_YEAR = date(2026, 12, 30)
"""A Wednesday; the Friday after it is a holiday."""

Made = Callable[[World, School, Holder, Office], datetime]


def accepted(world: World, school: School, hers: Holder, office: Office) -> ApplicationItem:
    return deciding.accept(held(filed(hers, office.agency), office), office.actor())


def second(world: World, school: School, hers: Holder, office: Office) -> datetime:
    item = held(filed(hers, office.agency), office)
    return deciding.want_refusal(item, office.actor(), "not_found", "发证学校查不到").due


def over_its_time(world: World, school: School, hers: Holder, office: Office) -> datetime:
    item = accepted(world, school, hers, office)
    ApplicationItem.update(due=clock.now() - timedelta(days=1)).execute()
    return deciding.run_over(item).due


def reconsidered(world: World, school: School, hers: Holder, office: Office) -> datetime:
    item = refused(hers, office)
    new = Files(world.worker.outside.storage).keep(b"\xff\xd8\xff", materials.PURPOSE, state="clean")
    materials.attach(item, reconsidering.SLOT, "d" * 64, new)
    return reconsidering.ask(item, hers.actor, "学校补发过这份证书，这里是补发的通知。").due


def letter(world: World, school: School, hers: Holder, office: Office) -> datetime:
    item = held(accepted(world, school, hers, office), office)
    return checking.write(item, office.actor(), "有没有", "北岭工学院", "北岭市学院路 3 号").due


def photo(world: World, school: School, hers: Holder, office: Office) -> datetime:
    return brought(world, asking.begin(filing.submit(begun(hers, office.agency), hers.actor))).due


def question(world: World, school: School, hers: Holder, office: Office) -> datetime:
    return questions.due_from(clock.now())


def correction(world: World, school: School, hers: Holder, office: Office) -> datetime:
    return make_case(world, school, "何苗").sent().due


PROMISES: dict[str, tuple[Made, int]] = {
    "校对": (lambda *given: filed(given[2], given[3].agency).due, 3),
    "受理": (lambda *given: accepted(*given).due, 20),
    "待复核": (second, 3),
    "延期": (over_its_time, 20),
    "复议": (reconsidered, 20),
    "核查函": (letter, 15),
    "手持证件照": (photo, 3),
    "咨询": (question, 3),
    "更正": (correction, 10),
    "英文报告": (lambda world, school, hers, office: asked(hers).due, 2),
}


@pytest.mark.req("SYS-08", "CRT-34", "RPV-14", "MSG-05", "COR-15", "RPT-21")
@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_made_before_new_year_counts_no_holiday(
    world: World, school: School, hers: Holder, office: Office, promise: str
) -> None:
    made, days = PROMISES[promise]
    world.wait(days=(BEFORE_NEW_YEAR - clock.today()).days)
    assert clock.today() == BEFORE_NEW_YEAR and not workdays.is_workday(date(2027, 1, 1))
    due = made(world, school, hers, office)
    last = workdays.add(BEFORE_NEW_YEAR, days)
    assert due == clock.day_bounds(last)[1] - timedelta(seconds=1), "the last second of that day in China"
    assert workdays.is_workday(last) and last > _by_the_week(BEFORE_NEW_YEAR, days)


def _by_the_week(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


@pytest.mark.req("SYS-07", "SYS-08")
def test_what_the_school_promises_it_may_change(world: World, school: School, hers: Holder, office: Office) -> None:
    for name, days, made in (
        ("crt.workdays", 30, PROMISES["受理"][0]),
        ("rpv.workdays", 5, photo),
        ("msg.sla_workdays", 1, question),
        ("cor.step_workdays", 4, correction),
        ("rpt.english_workdays", 7, PROMISES["英文报告"][0]),
    ):
        defaults.change(name, days, SYSTEM)
        assert made(world, school, hers, office) == workdays.due(clock.now(), days), name
