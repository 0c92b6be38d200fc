"""Who has checked and who has not: counted at once, by class, and within what one may see."""

from datetime import date

import pytest

from tests.people import School, make_account, make_school
from tests.world import World
from webapp.domain import checks, clock, defaults, exemptions, no_record, progress, records, reported, sessions
from webapp.domain.permissions import SYSTEM, Can, student
from webapp.domain.progress import Counts, View
from webapp.jobs import campaigns as jobs
from webapp.models.accounts import Account
from webapp.models.checks import Check, Snapshot
from webapp.models.keyset import Place
from webapp.models.records import Record
from webapp.models.school import Campaign, Class


def view_of(school: School, login: str = "ni") -> View:
    return progress.view(school.campaign, sessions.staff_actor(school.staff(login)).where(Can.PROGRESS))


def registered(school: School, name: str, n: int = 1) -> Account:
    return make_account(school.record(name), f"1380000{n:04d}")


def check_of(school: School, name: str) -> Check:
    return Check.get((Check.campaign == school.campaign) & (Check.record == school.record(name)))


def opened(school: School, name: str, n: int = 1) -> tuple[Account, Check]:
    account = registered(school, name, n)
    records.bind(account)
    return account, checks.CHECK.move(check_of(school, name), "see", student(account.key), seen=clock.now())


def total(view: View) -> Counts:
    return progress.total(progress.counts(view).values())


@pytest.mark.req("CHK-08")
def test_the_board_counts_at_once(world: World, school: School) -> None:
    view = view_of(school)
    assert total(view) == Counts(due=12, unseen=12)
    account, check = opened(school, "林晓溪")
    assert total(view) == Counts(due=12, done=1, unseen=11)
    reported.report(check, account, student(account.key), {"name": "林小溪"}, "", [])
    assert total(view) == Counts(due=12, done=1, wrong=1, unseen=11)
    reported.answer(
        reported.open_report(check.record), sessions.staff_actor(school.staff("ni")), school.staff("ni"), "kept", "无误"
    )
    assert total(view) == Counts(due=12, done=1, unseen=11)
    assert total(view).rate == 8


@pytest.mark.req("CHK-08", "SYS-09")
def test_each_role_counts_its_own_students(world: World, school: School) -> None:
    make_school("88888", "白沙学院")
    assert total(view_of(school)).due == 12
    assert total(view_of(school, "xinxi")).due == 8
    assert total(view_of(school, "luo")).due == 4
    other = sessions.staff_actor(School(None, None, []).staff("ni-88888")).where(Can.PROGRESS)
    assert total(progress.view(school.campaign, other)).due == 0
    assert progress.students(progress.view(school.campaign, other), "everyone").rows == []


@pytest.mark.req("SCH-17")
def test_a_counsellor_without_a_class_sees_nobody(world: World, school: School) -> None:
    view = View(school.campaign, ())
    assert total(view).due == 0 and progress.students(view, "everyone").rows == []


@pytest.mark.req("CHK-08")
def test_colleges_and_classes_add_up(world: World, school: School) -> None:
    view = view_of(school)
    counts = progress.counts(view)
    assert len(counts) == 3 and {row.due for row in counts.values()} == {4}
    klass = Class.get(Class.name == "计应 2601 班")
    assert total(view.within(klass=klass)).due == 4
    assert total(view.within(college=klass.college)).due == 8


@pytest.mark.req("CHK-17")
def test_whom_the_system_keeps_out_stands_apart_from_those_who_did_not_look(world: World, school: School) -> None:
    record = school.record("何苗")
    account = registered(school, "何苗")
    account.name = account.name_compare = "何淼"
    account.save()
    no_record.tell(account, "", record.student_number)
    view = view_of(school)
    assert total(view) == Counts(due=12, unseen=11, held=1)
    (held,) = progress.students(view, "held").rows
    assert (held.name, held.step, held.held) == ("何苗", "held", "no_record")
    no_record.answer(no_record.newest(account), sessions.staff_actor(school.staff("ni")), school.staff("ni"), "改好了")
    assert total(view) == Counts(due=12, unseen=12)


@pytest.mark.req("CHK-11")
def test_an_exempt_student_leaves_the_count_and_comes_back_as_before(world: World, school: School) -> None:
    officer = sessions.staff_actor(school.staff("ni"))
    opened(school, "林晓溪")
    exemptions.exempt(officer, school.record("林晓溪"), "参军")
    exemptions.exempt(officer, school.record("何苗"), "休学")
    assert total(view_of(school)) == Counts(due=10, unseen=10)
    exemptions.include(officer, school.record("林晓溪"))
    exemptions.include(officer, school.record("何苗"))
    assert total(view_of(school)) == Counts(due=12, done=1, unseen=11)


@pytest.mark.req("SCH-18")
def test_the_list_tells_who_is_not_registered_from_who_did_not_look(world: World, school: School) -> None:
    registered(school, "王𬱖")
    opened(school, "林晓溪", 2)
    view = view_of(school)
    assert progress.registered(view) == 1
    assert [one.name for one in progress.students(view, "unchecked").rows] == ["王𬱖"]
    assert len(progress.students(view, "unregistered").rows) == 10
    assert [one.name for one in progress.students(view, "done").rows] == ["林晓溪"]
    assert {one.step for one in progress.students(view, "all").rows} == {"unregistered", "unchecked"}


def test_pages_of_a_list_go_forth_and_back_without_gaps(world: World, school: School) -> None:
    view = view_of(school)
    first = progress.students(view, "everyone", size=5)
    second = progress.students(view, "everyone", Place(Record.by_key(first.rows[-1].key)), size=5)
    third = progress.students(view, "everyone", Place(Record.by_key(second.rows[-1].key)), size=5)
    everyone = [one.name for one in progress.students(view, "everyone").rows]
    assert [one.name for page in (first, second, third) for one in page.rows] == everyone
    assert everyone == [record.name for record in sorted(school.records, key=lambda record: record.name_sort)]
    assert (first.before, first.after, third.before, third.after) == (False, True, True, False)
    back = progress.students(view, "everyone", Place(Record.by_key(third.rows[0].key), back=True), size=5)
    assert back.rows == second.rows and back.before and back.after


@pytest.mark.req("CHK-08")
def test_every_evening_the_board_is_kept_once(world: World, school: School) -> None:
    opened(school, "林晓溪")
    jobs.keep_boards(world.worker.outside)
    opened(school, "何苗", 2)
    jobs.keep_boards(world.worker.outside)
    assert Snapshot.select().count() == 3
    view = view_of(school)
    classes = [klass for _college, klass in progress.counts(view)]
    assert progress.done_yesterday(view, classes) is None
    world.wait(days=1)
    assert progress.done_yesterday(view, classes) == 1
    assert progress.done_yesterday(view, []) is None


@pytest.mark.req("CHK-02")
def test_a_school_may_count_only_who_confirmed(world: World, school: School) -> None:
    account, check = opened(school, "林晓溪")
    defaults.change("chk.complete_on", "confirm", SYSTEM)
    view = view_of(school)
    assert total(view).done == 0 and progress.registered(view) == 1
    checks.confirm(check, student(account.key))
    assert total(view).done == 1


@pytest.mark.req("CHK-08")
def test_who_changes_class_is_counted_there(world: World, school: School) -> None:
    record = school.record("林晓溪")
    there = Class.get(Class.name == "视传 2601 班")
    Record.update(klass=there, college=there.college).where(Record.id == record.id).execute()
    checks.enrol_unit(school.unit)
    assert total(view_of(school).within(klass=there)).due == 5


def test_an_empty_campaign_has_no_rate() -> None:
    assert Counts().rate == 0
    assert Counts(due=200, done=199, unseen=1).rate == 99


@pytest.mark.req("CHK-08")
def test_the_running_campaign_comes_first(world: World, school: School) -> None:
    grants = sessions.staff_actor(school.staff("ni")).where(Can.PROGRESS)
    for title, starts, ends, closed in (
        ("closed", date(2026, 11, 15), date(2026, 11, 30), True),
        ("undated", None, None, False),
        ("to come", date(2027, 1, 1), date(2027, 1, 9), False),
        ("over", date(2026, 10, 1), date(2026, 10, 9), False),
    ):
        Campaign.create(unit=school.unit, title=title, starts=starts, ends=ends, closed=closed, created=clock.now())
    assert [one.title for one in progress.campaigns(grants)] == [school.campaign.title, "over", "to come", "undated", "closed"]
