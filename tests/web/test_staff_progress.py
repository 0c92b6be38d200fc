"""The board as staff see it: numbers, drill-down, the lists, and the files that leave."""

import json
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.domain.test_progress import check_of, opened, registered
from tests.pages import counted
from tests.people import School, make_school
from webapp.domain import limits, reported
from webapp.domain.permissions import student
from webapp.models.desk import Export
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.school import Class, College


def rows_of(answer) -> list[list[str]]:
    return CalamineWorkbook.from_filelike(BytesIO(answer.get_data())).get_sheet_by_index(0).to_python()


@pytest.mark.req("CHK-08", "CHK-17", "SCH-18")
def test_the_officer_sees_the_whole_school(person, world, school: School) -> None:
    opened(school, "林晓溪")
    registered(school, "何苗", 2)
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/progress")
    officer.sees(
        "2026 级新生学籍自查进度", "8% 已查 1 / 应查 12 人", "注册了，没核对 1", "没有注册 10", "更新于 10:00", "还剩 4 天"
    )
    officer.sees("未查", "有误", "卡住", "艺术设计学院", "信息工程学院", "要提醒的同学")
    assert "何*" in officer.text and "何苗" not in officer.html


@pytest.mark.req("CHK-08")
def test_the_lowest_college_stands_first_and_leads_to_its_classes_and_students(visitor, world, school: School) -> None:
    opened(school, "林晓溪")
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress")
    assert [th.get_text() for th in officer.page.select("table")[0].select("tbody th")] == ["艺术设计学院", "信息工程学院"]
    officer.follow("信息工程学院").sees("已查 1 / 应查 8 人", "计应 2601 班", "计应 2602 班")
    officer.follow("计应 2602 班").sees("全班同学", "林晓溪", "已查看", "没有注册")
    officer.follow("林晓溪").sees("打开学籍", "今天 10:00", "11 月 20 日").follow("看学籍").sees("林晓溪")


@pytest.mark.req("CHK-08")
def test_a_filter_has_an_address(visitor, world, school: School) -> None:
    registered(school, "何苗")
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress")
    officer.follow("没核对")
    assert "who=unchecked" in officer.path
    assert len(officer.page.select("table")[1].select("tbody tr")) == 1
    officer.visit("/staff/progress?who=wrong").sees("全部 12")


@pytest.mark.req("SYS-09", "SCH-17", "CHK-09")
def test_a_counsellor_sees_the_own_class_and_no_number_of_a_document(visitor, world, school: School) -> None:
    luo = world.log_in(visitor(), school.staff("luo")).visit("/staff/progress")
    luo.sees("应查 4 人", "按班级", "计应 2601 班").sees_not("计应 2602 班", "导出 Excel", "*****")
    luo.follow("计应 2601 班").sees("李思远").sees_not("*****", "110105")
    luo.follow("李思远").sees_not("*****", "看学籍")
    elsewhere = Class.get(Class.name == "计应 2602 班")
    college = College.get(College.name == "信息工程学院")
    stranger = school.record("何苗")
    for path in (f"class/{elsewhere.key}", f"college/{college.key}", f"student/{stranger.key}", f"names?class={elsewhere.key}"):
        assert luo.visit(f"/staff/progress/{path}").status == 404, path
    assert luo.visit("/staff/progress/export").status == 403


@pytest.mark.req("SYS-09", "SCH-01")
def test_another_school_is_not_found(visitor, world, school: School) -> None:
    other = make_school("88888", "白沙学院")
    officer = world.log_in(visitor(), school.staff("ni"))
    klass = Class.get(Class.unit == other.unit)
    assert officer.visit(f"/staff/progress?campaign={other.campaign.key}").status == 404
    assert officer.visit(f"/staff/progress/class/{klass.key}").status == 404
    assert officer.visit(f"/staff/progress/student/{other.records[0].key}").status == 404
    assert officer.visit("/staff/progress").sees("应查 12 人").status == 200


@pytest.mark.req("SCH-18")
def test_names_are_copied_masked_unless_asked_for(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").follow("复制名单")
    officer.sees("林*溪 ******0101").sees_not("林晓溪")
    officer.follow("完整姓名").sees("林晓溪 2026010101", "只发给该看的人")


@pytest.mark.req("CHK-10", "SCH-03")
def test_the_unfinished_list_leaves_as_excel_with_masked_numbers(person, world, school: School) -> None:
    record = school.record("何苗")
    Record.update(student_number="0012345").where(Record.id == record.id).execute()
    opened(school, "林晓溪")
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/progress").follow("导出 Excel")
    officer.tick("还没核对的学生").tick("提醒还没核对的同学").press("导出")
    assert officer.answer.mimetype.endswith("spreadsheetml.sheet") and officer.answer.headers["Cache-Control"] == "no-store"
    mark, heads, *rows = rows_of(officer.answer)
    export = Export.get()
    assert mark[0] == f"导出人 倪老师（ni），2026-11-16 10:00，用途：提醒还没核对的同学，编号 {export.key[:8]}"
    assert (export.kind, export.reason, export.rows) == ("unfinished", "remind", 11)
    assert heads == ["学院", "班级", "学号", "姓名", "证件号码", "到哪一步"]
    assert len(rows) == 11 and "林晓溪" not in [row[3] for row in rows]
    (row,) = [row for row in rows if row[3] == "何苗"]
    assert row[2] == "0012345" and row[4] == f"{record.document[0]}*****{record.document[-1]}" and row[5] == "没有注册"
    event = Event.get(Event.action == "export.unfinished")
    assert json.loads(event.detail) == {"reason": "remind", "place": ""}


@pytest.mark.req("CHK-10")
def test_the_error_summary_masks_a_number_that_a_student_typed(visitor, world, school: School) -> None:
    account, check = opened(school, "林晓溪")
    reported.report(check, account, student(account.key), {"document": "110105200805120026", "name": "=1+1"}, "见照片", [])
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress/export")
    officer.tick("有误汇总").tick("核对和更正学籍信息").press("导出")
    rows = rows_of(officer.answer)[2:]
    assert [row[5] for row in rows] == ["姓名", "证件号码"]
    assert rows[1][7] == "1*****6" and rows[0][7] == "'=1+1" and rows[0][8] == "见照片" and rows[0][10] == "待处理"


@pytest.mark.req("CHK-10")
def test_an_export_needs_a_list_and_a_reason_and_has_a_limit(person, world, school: School) -> None:
    officer = world.log_in(person(), school.staff("ni")).visit("/staff/progress/export")
    assert officer.press("导出").errors() == ["选一张表", "选择导出做什么用"] and officer.status == 422
    assert officer.tick("有误汇总").press("导出").errors() == ["选择导出做什么用"]
    assert not Event.select().where(Event.action.startswith("export.")).exists()
    limits.spend("export:staff", school.staff("ni").key, 30)
    officer.tick("有误汇总").tick("检查自查工作").press("导出")
    assert officer.errors()[0].startswith("今天导出的次数已用完")


@pytest.mark.req("CHK-10", "SYS-09")
def test_a_college_office_takes_away_its_own_college_only(visitor, world, school: School) -> None:
    office = world.log_in(visitor(), school.staff("xinxi")).visit("/staff/progress/export")
    office.tick("还没核对的学生").tick("检查自查工作").press("导出")
    assert {row[0] for row in rows_of(office.answer)[2:]} == {"信息工程学院"}


@pytest.mark.req("CHK-08")
def test_the_gain_since_yesterday_is_told(visitor, world, school: School) -> None:
    from webapp.jobs.campaigns import keep_boards

    keep_boards(world.worker.outside)
    world.wait(days=1)
    opened(school, "林晓溪")
    world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").sees("比昨天 +1")


def test_the_board_asks_the_same_number_of_questions_however_many_students(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").visit("/staff/progress")
    with counted() as few:
        officer.visit("/staff/progress")
    for n, record in enumerate(school.records, start=1):
        registered(school, record.name, n)
    check_of(school, "林晓溪")
    with counted() as many:
        officer.visit("/staff/progress")
    assert few.reads == many.reads <= 12 and many.writes == 0


def test_before_any_campaign_the_page_says_what_comes(visitor, world, school: School) -> None:
    school.campaign.delete_instance(recursive=True)
    world.log_in(visitor(), school.staff("ni")).visit("/staff/progress").sees("还没有自查")
