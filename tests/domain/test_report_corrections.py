"""A correction ends the codes that vouched for what was wrong and issues others in their place, by whichever door it comes."""

from collections.abc import Mapping

import pytest

from tests.correcting import make_case
from tests.desk import Desk, roster, student
from tests.pages import counted
from tests.people import School, id_number, make_account
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import clock, permissions, sessions, translations
from webapp.domain.accounts import Identity
from webapp.domain.changes import identity
from webapp.domain.enrolment import alterations, editing
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.reports import comparing, correcting, english, issuing, verifying
from webapp.domain.reports.issuing import Wish
from webapp.domain.translations import Row
from webapp.models import report_by_code
from webapp.models.base import transaction
from webapp.models.journal import Event
from webapp.models.messages import Notice
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

HERE = "192.0.2.0/24"


@pytest.fixture
def hers(school: School) -> Holder:
    """Her record was bound by hand, so that it stays hers whatever it says."""
    found = holder(school)
    Record.update(bound_how="manual").where(Record.id == found.record.id).execute()
    return found


@pytest.fixture
def officer(school: School) -> Actor:
    return sessions.staff_actor(school.staff("ni"))


def verdict(report: OnlineReport, pin: str = "") -> str:
    return verifying.by_code(report.code, "typed", HERE, pin).verdict


def fresh(report: OnlineReport) -> OnlineReport:
    return OnlineReport.get_by_id(report.id)


def change(who: Holder, values: Mapping[str, object], by_province: bool = False) -> None:
    editing.change(Record.get_by_id(who.record.id), values, SYSTEM, "核实过", source="correction", by_province=by_province)


@pytest.mark.req("RPT-08")
@pytest.mark.parametrize(
    "values", [{"name": "林晓曦"}, {"document": id_number("20080512", 88)}, {"level": "associate"}, {"document_kind": "A"}]
)
def test_the_old_code_names_the_new_one_and_the_new_one_is_as_was_chosen(hers: Holder, values: Mapping[str, object]) -> None:
    old = hers.issue(months=3, shows=("klass", "photo"), pin="4821")
    change(hers, values)
    old = fresh(old)
    new = old.successor
    assert (verdict(old), verdict(new), verdict(new, "4821")) == ("corrected", "pin", "valid")
    assert (new.ends, new.shows, new.language, new.record_id) == (old.ends, old.shows, old.language, old.record_id)
    assert new.code != old.code and new.token != old.token and old.pin_index == new.pin_index
    told = Notice.get(Notice.template == "report_corrected")
    assert (told.account_id, told.link) == (hers.account.id, f"/reports/{new.key}")
    assert [e.action for e in Event.select().where(Event.action.startswith("online_report")).order_by(Event.id)] == [
        "online_report.issue",
        "online_report.reissue",
        "online_report.correct",
    ]


@pytest.mark.req("RPT-08")
def test_what_a_code_does_not_vouch_for_is_shown_as_it_is_now(hers: Holder, officer: Actor) -> None:
    report = hers.issue()
    record = Record.get_by_id(hers.record.id)
    alterations.enter(officer, record, "major", clock.today(), "1 号", "转专业", {"major": "数据科学"})
    editing.edit(officer, Record.get_by_id(record.id), {"student_number": "2026010199"}, "编错了")
    found = verifying.by_code(report.code, "typed", HERE)
    assert (found.verdict, found.found.major, found.found.student_number) == ("valid", "数据科学", "2026010199")


def test_filling_a_gap_corrects_nothing(hers: Holder) -> None:
    Record.update(document=None, identity_index=None).where(Record.id == hers.record.id).execute()
    report = OnlineReport.get_by_id(hers.issue().id)
    change(hers, {"document": hers.account.document})
    assert verdict(report) == "valid"


@pytest.mark.req("COR-08")
@pytest.mark.parametrize("values", [{"conclusion": "completed"}, {"certificate": "999991202705000009"}])
def test_the_province_corrects_a_published_qualification(school: School, values: Mapping[str, object]) -> None:
    hers = qualified(school)
    report = comparing.allow(hers.issue(), hers.actor, True)
    change(hers, values, by_province=True)
    assert verdict(report) == "corrected" and verdict(fresh(report).successor) == "valid"
    assert fresh(report).successor.comparable


def test_a_code_corrected_twice_leads_to_the_newest(hers: Holder) -> None:
    first = hers.issue()
    change(hers, {"name": "林晓曦"})
    second = fresh(first).successor
    change(hers, {"level": "associate"})
    third = fresh(second).successor
    assert verifying.successor(report_by_code.by_key(first.key)) == third.code
    assert [verdict(one) for one in (first, second, third)] == ["corrected", "corrected", "valid"]


def test_closed_and_expired_ones_end_without_another_in_their_place(world: World, hers: Holder) -> None:
    closed, expired = hers.issue(), hers.issue()
    issuing.close(closed, hers.actor)
    world.wait(days=60)
    change(hers, {"name": "林晓曦"})
    assert [(fresh(one).state, fresh(one).successor) for one in (closed, expired)] == [("corrected", None)] * 2
    assert not Notice.select().where(Notice.template == "report_corrected").exists()


@pytest.mark.req("RPT-20")
def test_an_english_one_keeps_its_words_and_a_pending_one_waits_on(hers: Holder, officer: Actor) -> None:
    unit, wish = hers.record.unit, Wish(months=2)
    told = Row("major", "计算机应用技术", "Computing")
    pending = english.issue(hers.account, hers.actor, Record.get_by_id(hers.record.id), wish, "LAM Hiu Kai")
    change(hers, {"level": "associate"})
    waits = fresh(pending).successor
    assert (waits.state, waits.due) == ("pending", pending.due)
    translations.say(officer, unit, [told, Row("college", hers.record.college.name, "School of IT")])
    out = fresh(waits)
    assert (out.state, out.english) == ("active", fresh(waits).english) and "LAM Hiu Kai" in out.english
    change(hers, {"name": "林晓曦"})
    spelt = fresh(out).successor.english
    assert "LIN Xiaoxi" in spelt and "Computing" in spelt and "LAM" not in spelt


@pytest.mark.req("COR-05", "COR-13")
def test_a_request_that_the_province_agreed_to_ends_the_code(world: World, school: School) -> None:
    case = make_case(world, school)
    report = issuing.issue(case.account, case.student, case.record, Wish())
    Record.update(bound_how="manual").where(Record.id == case.record.id).execute()
    agreed = case.yes(case.at_province(), "zheng", "浙教学〔2026〕77号")
    assert verdict(report) == "valid"
    case.yes(agreed, "qian")
    assert verdict(report) == "corrected" and verdict(fresh(report).successor) == "valid"


@pytest.mark.req("RPT-13", "COR-13")
def test_whose_record_is_another_ones_now_gets_no_report_in_its_place(school: School) -> None:
    hers = holder(school)
    report = hers.issue()
    change(hers, {"document": id_number("20080512", 88)})
    assert Record.get_by_id(hers.record.id).account is None
    assert (verdict(report), fresh(report).successor) == ("corrected", None)


@pytest.mark.req("RPT-19")
def test_who_is_somebody_else_by_now_has_reports_that_show_nothing(school: School) -> None:
    hers = holder(school)
    report = hers.issue()
    identity.stage(hers.account, Identity("何苗", "1", "CHN", id_number("20080101", 88)))
    with transaction():
        identity.make(identity.ask(hers.account), SYSTEM)
    assert (verdict(report), fresh(report).state) == ("withheld", "active")


@pytest.mark.req("SCH-32")
def test_a_roster_that_changes_a_key_field_ends_the_code_of_a_record_that_was_let_go(world: World, school: School) -> None:
    desk = Desk(world, school)
    hers = brought(desk)
    report = hers.issue()
    Record.update(account=None, opened=None).where(Record.id == hers.record.id).execute()
    desk.confirm(desk.upload(roster(student(1, 姓名="学生改名"))), "公安局更名证明")
    assert (verdict(report), fresh(report).successor) == ("corrected", None)


@pytest.mark.req("RPT-08", "RPT-20")
def test_a_rosters_other_changes_are_said_in_english_too(world: World, school: School, officer: Actor) -> None:
    desk = Desk(world, school)
    hers = brought(desk)
    names = (("major", "计算机应用技术", "Computing"), ("college", "信息工程学院", "IT"), ("klass", "网安 2601 班", "Class 1"))
    translations.say(officer, school.unit, [Row(*one) for one in names])
    report = english.issue(hers.account, hers.actor, hers.record, Wish(shows=("klass",)), "Xue Sheng")
    assert report.state == "pending"
    desk.bring(roster(student(1, 班级="网安 2601 班")))
    assert fresh(report).state == "active" and "Class 1" in fresh(report).english


def test_an_import_is_not_taken_back_from_under_a_report(world: World, school: School) -> None:
    desk = Desk(world, school)
    batch = desk.bring(roster(student(1), student(2)))
    hers = bound("002026000001")
    report = hers.issue()
    desk.undo(batch)
    assert verdict(report) == "valid" and Record.select().count() == 13


def test_a_change_of_many_records_asks_for_their_reports_once(school: School) -> None:
    told = {"name": ("学生甲", "学生乙"), "major": ("数学", "物理")}
    costs = []
    for some in (school.records[:1], school.records):
        with counted() as cost:
            assert correcting.follow({record.id: told for record in some}) == 0
        costs.append(cost.reads)
    assert costs == [2, 2]


def brought(desk: Desk) -> Holder:
    desk.bring(roster(student(1), student(2, 班级="网安 2601 班")))
    return bound("002026000001")


def bound(number: str) -> Holder:
    """Whoever has this student number registers, and has the record without having opened it."""
    record = Record.get(Record.student_number == number)
    account = make_account(record, "13800001111")
    Record.update(account=account, bound=clock.now(), bound_how="auto").where(Record.id == record.id).execute()
    return Holder(account, permissions.student(account.key), Record.get_by_id(record.id))


def qualified(school: School) -> Holder:
    """Her record is a qualification that was published, with a photo."""
    hers = holder(school)
    told = {"kind": "qualification", "status": "", "conclusion": "graduated", "certificate": "999991202705000001"}
    told |= {"published": clock.now(), "photo": Upload.create(purpose="graduation_photo", created=clock.now())}
    Record.update(**told, bound_how="manual").where(Record.id == hers.record.id).execute()
    return hers
