"""How a self-check went day by day, for the school, a college and a class; and the same as a line on the board."""

from datetime import timedelta

import pytest

from tests.domain.test_progress import opened, view_of
from tests.people import School, make_colleague
from tests.world import World
from webapp.domain import clock, progress, sessions, trend
from webapp.domain.permissions import Can
from webapp.domain.progress import View
from webapp.jobs import campaigns as jobs
from webapp.models.records import Record
from webapp.models.school import Class


def days(view: View) -> list[tuple[int, int]]:
    return [(one.done, one.due) for one in trend.days(view, progress.counts(view))]


@pytest.fixture
def three(world: World, school: School) -> School:
    """Two evenings that were kept, and a third day: 林晓溪 of one class, 何苗 of a second, 李思远 of the counsellor's."""
    for n, name in enumerate(("林晓溪", "何苗", "李思远"), start=1):
        opened(school, name, n)
        if n < 3:
            jobs.keep_boards(world.worker.outside)
            world.wait(days=1)
    return school


@pytest.mark.req("CHK-08", "SYS-09")
def test_each_role_sees_the_days_of_its_own(three: School) -> None:
    whole = view_of(three)
    klass = Class.get(Class.name == "计应 2602 班")
    assert days(whole) == [(1, 12), (2, 12), (3, 12)]
    assert days(whole.within(college=klass.college)) == days(view_of(three, "xinxi")) == [(1, 8), (1, 8), (2, 8)]
    assert days(whole.within(klass=klass)) == [(1, 4), (1, 4), (1, 4)]
    assert days(view_of(three, "luo")) == [(0, 4), (0, 4), (1, 4)]
    Record.update(department="函授站").where(Record.id == three.record("李思远").id).execute()
    point = make_colleague(three.unit, "dian", "T", department="函授站")
    assert days(progress.view(three.campaign, sessions.staff_actor(point).where(Can.PROGRESS))) == []


@pytest.mark.req("CHK-08")
def test_the_line_stands_beside_its_numbers(visitor, world: World, three: School) -> None:
    officer = world.log_in(visitor(), three.staff("ni")).visit("/staff/progress")
    officer.sees("每天的完成率", "11 月 16 日 1 / 12 8%", "11 月 18 日 3 / 12 25%")
    line = officer.page.select_one(".trend svg")
    assert line["aria-label"] == "从11 月 16 日的 8% 到11 月 18 日的 25%"
    assert line.polyline["points"] == "0.0,36.7 25.0,33.3 50.0,30.0"


@pytest.mark.req("CHK-08")
def test_on_the_first_day_there_is_no_line(visitor, world: World, school: School) -> None:
    assert days(view_of(school)) == [(0, 12)]
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").sees_not("每天的完成率")
    school.campaign.starts = clock.today() + timedelta(days=1)
    school.campaign.save()
    assert days(view_of(school)) == [] and officer.visit("/staff/progress").status == 200
