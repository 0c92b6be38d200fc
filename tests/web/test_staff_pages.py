"""The home of the workbench and the history, each within what its reader may see."""

from datetime import timedelta

import pytest

from tests.people import make_account, make_school
from webapp.domain import clock, desk, journal, sessions, users
from webapp.domain.permissions import SYSTEM
from webapp.domain.users import Role
from webapp.models.base import transaction
from webapp.models.checks import Check, NoRecord, Report
from webapp.models.imports import Batch
from webapp.models.journal import Event
from webapp.models.staff import Staff


@pytest.fixture
def auditor(school) -> Staff:
    staff, _ = users.add(SYSTEM, "audit", "审计老师", Role("U", None, clock.today()))
    return staff


def desk_of(school, login: str) -> desk.Desk:
    return desk.of(sessions.staff_actor(school.staff(login)))


def report(record, phone: str, days: int = 0) -> Report:
    account = make_account(record, phone)
    return Report.create(record=record, account=account, created=clock.now() - timedelta(days=days))


@pytest.mark.req("SCH-01")
def test_the_officer_sees_what_waits_and_since_when(person, world, school):
    report(school.record("林晓溪"), "13800000001", days=3)
    report(school.record("何苗"), "13800000002")
    account = make_account(school.record("周明轩"), "13800000003")
    NoRecord.create(account=account, unit=school.unit, reason="name", created=clock.now())
    Batch.create(unit=school.unit, kind="enrolment", state="preview", filename="roster.xlsx", created=clock.now())
    ni = world.log_in(person(), school.staff("ni")).visit("/staff")
    ni.sees("信息有误", "最早的等了 3 天", "2 件", "查不到学籍", "名册导入", "最早的今天来的")


@pytest.mark.req("SCH-01")
def test_when_nothing_waits_the_home_says_so(person, world, school):
    world.log_in(person(), school.staff("ni")).visit("/staff").sees("都审完了", "已查 0 / 应查 12 人")


@pytest.mark.req("SCH-22")
def test_the_officer_learns_how_a_student_gets_a_new_password(person, world, school):
    world.log_in(person(), school.staff("ni")).visit("/staff").sees("学校看不到也改不了学生的密码", "短信验证码登录")
    world.log_in(person(), school.staff("luo")).visit("/staff").sees("学生忘了密码")
    world.log_in(person(), school.staff("admin")).visit("/staff").sees_not("学生忘了密码")


@pytest.mark.req("SYS-09", "SCH-01")
def test_each_desk_counts_its_own_rows(world, school):
    other = make_school("88888", "白沙学院")
    report(other.record("林晓溪"), "13800000001")
    Check.update(state="seen").where(Check.record == school.record("林晓溪")).execute()
    Check.update(state="exempt").where(Check.record == school.record("何苗")).execute()
    everybody, college, klass = (desk_of(school, login).campaigns for login in ("ni", "xinxi", "luo"))
    assert [(one.done, one.due, one.percent) for one in everybody] == [(1, 11, 9)]
    assert sum(one.due for one in college) < 11
    assert sum(one.due for one in klass) == 4
    assert desk_of(school, "ni").queues and desk_of(school, "ni").waiting == []
    assert desk_of(school, "luo").waiting == []


@pytest.mark.req("SYS-09")
def test_the_administrator_has_a_home_without_students(person, world, school):
    admin = world.log_in(person(), school.staff("admin")).visit("/staff")
    admin.sees("都办完了", "没有等你处理的事").sees_not("自查进度")


@pytest.mark.req("SYS-10")
def test_the_own_account_shows_roles_browser_and_codes_left(person, world, school):
    ni = world.log_in(person(), school.staff("ni")).visit("/staff/me")
    ni.sees("倪老师", "学籍科：云溪职业技术学院", "还剩 0 个", "the tests' browser")


@pytest.mark.req("SYS-02")
def test_the_auditor_searches_the_history(person, world, school, auditor):
    luo = school.staff("luo")
    record = school.record("林晓溪")
    with transaction():
        journal.record("check.exempt", f"staff:{school.staff('ni').key}", record, reason="left")
    visitor = world.log_in(person(), auditor).visit("/staff/audit")
    visitor.sees("新增工作账号", "设为免查", "audit")
    found = visitor.fill("谁做的", "ni").press("查找")
    found.sees("设为免查").sees_not("<td>新增工作账号</td>")
    visitor.visit("/staff/audit").fill("对谁", record.student_number).press("查找").sees(f"record:{record.key}")
    visitor.visit("/staff/audit").fill("对谁", luo.login).press("查找").sees("没有找到")
    visitor.visit("/staff/audit").fill("做了什么", "登录工作台").press("查找").sees("没有找到")
    visitor.visit("/staff/audit").fill("到哪天", "2026-11-15").press("查找").sees("没有找到")
    visitor.visit("/staff/audit").fill("从哪天", "2026-11-16").fill("到哪天", "20261116").press("查找").sees("设为免查")
    assert visitor.visit("/staff/audit").fill("从哪天", "昨天").press("查找").errors() == ["日期写成 2026-11-16 这样"]


@pytest.mark.req("SYS-02")
def test_the_history_is_read_page_by_page_by_its_number(visitor, world, school, auditor):
    for _ in range(120):
        with transaction():
            journal.record("setting.change", "system", "setting:site.name")
    reader = world.log_in(visitor(), auditor).visit("/staff/audit")
    pages = [len(reader.page.select("tbody tr"))]
    while any(link.get("rel") == ["next"] for link in reader.page.find_all("a")):
        reader.follow("下一页")
        pages.append(len(reader.page.select("tbody tr")))
    assert pages == [50, 50, Event.select().count() - 100]


@pytest.mark.req("SYS-09", "SYS-02")
@pytest.mark.parametrize("login", ["ni", "admin", "luo", "xinxi"])
def test_only_the_auditor_reads_the_history(visitor, world, school, login):
    assert world.log_in(visitor(), school.staff(login)).visit("/staff/audit").status == 403


@pytest.mark.req("SYS-09")
def test_the_auditor_changes_nothing(visitor, world, school, auditor):
    reader = world.log_in(visitor(), auditor).visit("/staff/audit")
    for place in ("/staff/users/new", f"/staff/users/{school.staff('luo').key}/close"):
        assert reader.post(place, {"csrf_token": reader.token()}).status == 403
        reader.visit("/staff/audit")
