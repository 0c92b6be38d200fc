"""A reported error on its way: counsellor and college hand it on, the office works on it, the student sees who has it."""

from datetime import timedelta

import pytest

from tests.domain.test_progress import opened
from tests.people import School, make_school
from webapp.domain import campaigns, clock, notices, permissions, records, reported, sessions
from webapp.models.accounts import Account
from webapp.models.checks import Report, ReportStep
from webapp.models.journal import Event
from webapp.models.records import Record

MINE = "李思远"
"""A student of the counsellor's class."""


def told(school: School, name: str = MINE, n: int = 1, **wrong: str) -> tuple[Account, Report]:
    account, check = opened(school, name, n)
    report = reported.report(check, account, permissions.student(account.key), wrong or {"major": "软件技术"}, "见通知书", ())
    records.pass_gate(account, school.unit.name)
    return account, report


@pytest.mark.req("CHK-06", "SCH-18")
def test_a_report_goes_over_the_counsellor_to_the_office_and_the_student_sees_each_step(person, world, school: School) -> None:
    account, report = told(school)
    page = f"/records/{school.record(MINE).key}"
    student = world.log_in(person(), account).visit(page)
    student.sees("已反馈，学校处理中", "等学院汇总", "最晚 12 月 4 日答复")
    luo = world.log_in(person(), school.staff("luo")).visit("/staff").follow("信息有误").follow(MINE)
    luo.fill("给学籍科的话", "看过录取通知书原件").press("转交学籍科").sees("都转交了").follow("在学籍科").sees(
        MINE, "学院已汇总"
    )
    student.visit(page).sees("学院已汇总，转到学籍科", "等学籍科处理").sees_not("罗老师", "看过录取通知书原件")
    officer = world.log_in(person(), school.staff("ni")).visit(f"/staff/reports/{report.key}")
    officer.sees("罗老师：看过录取通知书原件").press("开始处理，让学生看到").sees("处理中")
    student.visit(f"{page}/receipt").sees("学籍科处理中", "最晚 12 月 4 日答复")
    officer.tick("不予更正").fill("答复学生", "登记无误").press("答复学生").sees("不予更正", "登记无误")
    student.visit(page).sees("不予更正", "学院已汇总，转到学籍科", "学籍科处理中")
    assert [one.title for one in notices.page(account).rows][:3] == [
        "你反馈的学籍信息有答复了", "学籍科在处理你的反馈", "学院已汇总你的反馈",
    ]  # fmt: skip
    assert [step.move for step in ReportStep.select().order_by(ReportStep.id)] == ["forward", "take"]
    assert (
        Event.select().where(Event.action == "report.forward", Event.actor == f"staff:{school.staff('luo').key}").count() == 1
    )


@pytest.mark.req("CHK-06", "SYS-09")
def test_a_counsellor_hands_on_the_own_class_alone_and_reads_no_number(visitor, world, school: School) -> None:
    _, mine = told(school, document="110105200804190026")
    _, other = told(school, "何苗", 2)
    _, second = told(school, "阿依古丽·买买提", 3)
    make_school("88888", "白沙学院")
    luo = world.log_in(visitor(), school.staff("luo")).visit("/staff/reports").sees(MINE, "阿依古丽·买买提").sees_not("何苗")
    luo.follow(MINE).sees("由学籍科核对").sees_not("1*****6", "110105", "答复学生", "看整条学籍")
    for path in ("", "/forward", "/take"):
        assert luo.post(f"/staff/reports/{other.key}{path}", {}).status in (400, 403, 404), path
    stranger = world.log_in(visitor(), school.staff("ni-88888"))
    assert stranger.visit(f"/staff/reports/{mine.key}").status == 404
    luo.visit("/staff/reports").press("全部转交").sees("都转交了")
    assert [Report.by_key(one.key).state for one in (mine, second, other)] == ["gathered", "gathered", "open"]


@pytest.mark.req("CHK-06")
def test_what_was_handed_on_meanwhile_is_told(visitor, world, school: School) -> None:
    _, report = told(school)
    first, second = (
        world.log_in(visitor(), school.staff(one)).visit(f"/staff/reports/{report.key}") for one in ("luo", "xinxi")
    )
    first.press("转交学籍科")
    assert second.press("转交学籍科").errors() == ["已经有人处理过了，刷新页面看最新状态"]
    assert ReportStep.select().count() == 1


@pytest.mark.req("CHK-06")
def test_an_answer_that_is_late_is_marked_and_moves_with_the_campaign(visitor, world, school: School) -> None:
    account, report = told(school)
    officer = sessions.staff_actor(school.staff("ni"))
    plan = campaigns.Plan(school.campaign.title, campaigns.scope_of(school.campaign), school.campaign.starts, clock.today())
    campaigns.change(officer, school.campaign, plan)
    assert clock.shown(Report.by_key(report.key).due).date().isoformat() == "2026-11-30"
    world.wait(days=15)
    desk = world.log_in(visitor(), school.staff("ni")).visit("/staff").sees("过期 1 件").follow("信息有误").sees("过期")
    desk.follow(MINE).sees("应在 11 月 30 日前答复，已经过期")
    student = world.log_in(visitor(), account).visit(f"/records/{school.record(MINE).key}")
    student.sees("应在 11 月 30 日前答复，已经过期")


@pytest.mark.req("CHK-15")
def test_a_record_that_was_corrected_on_the_way_to_the_button_is_not_confirmed(person, world, school: School) -> None:
    account, _check = opened(school, MINE)
    records.pass_gate(account, school.unit.name)
    record = school.record(MINE)
    student = world.log_in(person(), account).visit(f"/records/{record.key}")
    Record.update(major="软件技术", updated=clock.now() + timedelta(seconds=1)).where(Record.id == record.id).execute()
    student.press("全部正确，确认")
    assert student.errors() == ["你看的时候，学校改了这条学籍。下面是改过的，从头核对一遍再确认"]
    student.sees("软件技术").press("全部正确，确认").sees("自查完成，全部正确")
