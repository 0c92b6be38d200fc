"""学历注册 as the records office does it: a year, its list, numbers, publication, the register as a sheet."""

import pytest

from tests.desk import Desk
from tests.graduating import begun, one_of, photographed, run, to_the_day
from tests.pages import counted
from tests.people import School, make_account, make_colleague, make_school
from tests.web.test_staff_progress import rows_of
from webapp.domain import records
from webapp.domain.graduation import faults
from webapp.domain.graduation.preparing import Choice, add
from webapp.models.accounts import Account
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.records import Record
from webapp.web.staff.graduation import words


@pytest.fixture
def desk(world, school) -> Desk:
    return Desk(world, school)


@pytest.mark.req("SCH-13", "SCH-14", "SCH-15", "IMG-18")
def test_a_year_goes_from_its_list_to_the_students_own_page(person, world, desk: Desk, school: School) -> None:
    record, last = school.record("林晓溪"), school.records[-1]
    account = make_account(record, "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    for one in school.records[:-1]:
        photographed(desk, one)
    Record.update(expected_on="2027-06-30").where(Record.kind == "enrolment").execute()
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/graduation").sees("还没有毕业届").follow("开始一届")
    officer.fill("哪一届", "2027").fill("毕业日期", "2027-06-20").fill("公布日期", "2027-06-01").press("开始")
    assert officer.errors() == ["公布日期不能早于毕业日期"]
    officer.fill("公布日期", "2027-07-01").fill("校（院）长姓名", "沈知远").press("开始").sees("名单还是空的")
    officer.follow("从学籍里加学生").sees("找到 12 人").press("全部列入名单").press("检查名单").sees("正在检查")
    world.work()
    year = f"/staff/graduation/{Graduation.get().key}"
    officer.visit(year).follow("缺少学历照片").sees(last.name).sees_not("林晓溪")
    officer.visit(year).press("注册通过的学生")
    world.work()
    officer.visit(f"{year}?state=registered").sees("999991202705000001").follow("林晓溪").sees("已注册").press("撤回注册").sees(
        "待注册"
    )
    officer.tick("结业").press("保存").visit(year).press("注册通过的学生")
    world.work()
    officer.visit(f"{year}/numbers").sees("999991202705", "000011")
    officer.visit(year).follow("公布学历").fill("公布多少人", "12").press("申请公布")
    assert officer.errors() == ["填写的人数不对，现在是 11 人"]
    officer.fill("公布多少人", "11").press("申请公布").sees("再确认一次").press("同意公布").sees("已同意")
    student = world.log_in(person(), account).visit("/records")
    student.sees_not("毕（结）业")
    to_the_day(desk)
    made = one_of(record).qualification
    records.pass_gate(Account.by_key(account.key), school.unit.name)
    world.log_in(student, account).visit(f"/records/{made.key}").sees(made.certificate, "结业", "沈知远")
    world.log_in(officer, school.staff("ni")).visit(f"{year}?state=published").follow("林晓溪").sees(
        "学历注册并提供网上查询后，学校不得变更证书内容及注册信息"
    )


@pytest.mark.req("SCH-15", "SCH-25")
def test_another_officer_agrees_and_the_register_leaves_with_a_mark(visitor, world, desk: Desk, school: School) -> None:
    make_colleague(school.unit, "he", "R")
    row = run(desk, begun(desk), "register")
    year = f"/staff/graduation/{row.key}"
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"{year}/publish")
    officer.fill("公布多少人", "11").press("申请公布").sees("等另一位老师同意").sees_not("同意公布")
    token = officer.token()
    assert officer.post(f"{year}/publish/agree", {"csrf_token": token}).status == 422
    other = world.log_in(visitor(), school.staff("he")).visit(f"{year}/publish").sees("倪老师申请公布").press("同意公布")
    Graduation.update(working="publish").execute()
    other.sees("已同意").visit(f"{year}/publish").sees("正在公布", "刷新进度")
    Graduation.update(working="").execute()
    other.visit(f"{year}/publish").press("撤回申请").sees("申请公布")
    mark, heads, *rows = rows_of(officer.visit(year).press("下载学历注册名册").answer)
    assert "倪老师" in mark[0] and heads[0] == "证书编号" and len(rows) == 11 and rows[0][0] == "999991202705000001"
    assert all("*" in one[4] for one in rows)


@pytest.mark.req("SCH-13", "SYS-09")
def test_the_list_asks_as_often_for_fifty_as_for_five_and_not_for_another_school(visitor, world, desk: Desk, school) -> None:
    row, far = begun(desk), make_school("88888", "白沙学院")
    assert set(words.FAULTS) == set(faults.CODES)
    run(desk, row, "check")
    officer = world.log_in(visitor(), school.staff("ni"))
    costs = []
    for left in (12, 3):
        gone = [one.id for one in Graduate.select().order_by(Graduate.id)][:-left]
        GraduateFault.delete().where(GraduateFault.graduate.in_(gone)).execute()
        Graduate.delete().where(Graduate.id.in_(gone)).execute()
        with counted() as cost:
            officer.visit(f"/staff/graduation/{row.key}?state=waiting")
        costs.append(cost.reads)
    assert costs[0] == costs[1]
    other = world.log_in(visitor(), far.staff("ni-88888"))
    for path in (row.key, f"{row.key}/publish", f"{row.key}/numbers", f"person/{Graduate.get().key}"):
        assert other.visit(f"/staff/graduation/{path}").status == 404
    assert add(desk.actor, row, Choice(until="1999")) == 0


@pytest.mark.req("SCH-13")
def test_conclusions_come_by_a_list_and_lines_that_do_not_fit_stay(visitor, world, desk: Desk, school: School) -> None:
    row, one = begun(desk), school.records[0]
    officer = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/graduation/{row.key}").follow("按名单改结论和证书编号")
    officer.fill("名单", f"{one.student_number} 肄业\n000 结业").press("保存").sees("改了 1 人")
    assert officer.value("名单") == "000 结业" and one_of(one).conclusion == "incomplete"
    officer.visit(f"/staff/graduation/{row.key}").follow("修改").fill("校（院）长姓名", "何其远").press("保存")
    assert {one.president for one in Graduate.select()} == {"何其远"}
    officer.visit(f"/staff/graduation/person/{one_of(one).key}").fill("证书编号", "1").press("保存")
    assert officer.status == 422
    officer.fill("证书编号", "").press("移出名单").sees("待注册")
    assert not Graduate.select().where(Graduate.record == one).exists()
