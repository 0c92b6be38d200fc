"""学籍信息核对表 of a class: on paper and as xlsx, with places to sign, masked, written down, and for the own class alone."""

import pytest

from tests.people import School
from tests.web.test_papers import words
from tests.web.test_staff_progress import rows_of
from webapp.domain import exemptions, sessions
from webapp.models.desk import Export
from webapp.models.journal import Event
from webapp.models.school import Class


def page(name: str = "计应 2601 班") -> str:
    return f"/staff/progress/class/{Class.get(Class.name == name).key}/sheet"


@pytest.mark.req("SCH-19")
def test_an_officer_takes_the_sheet_of_a_class_as_xlsx(person, world, school: School) -> None:
    exempt = school.record("李思远")
    exemptions.exempt(sessions.staff_actor(school.staff("ni")), exempt, "入伍")
    officer = world.log_in(person(), school.staff("ni")).visit(page().removesuffix("/sheet")).follow("核对表")
    officer.tick("Excel，自己再排版").tick("交给学院或学校汇总").press("生成核对表")
    mark, heads, *rows = rows_of(officer.answer)
    assert "倪老师" in mark[0]
    assert heads[:3] == ["序号", "学号", "姓名"] and heads[-2:] == ["本人签名", "代签（代签人和原因）"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    row = next(row for row in rows if row[2] == "李思远")
    assert row[4] == "2008-04-19" and row[6].startswith("1*") and row[-2:] == ["", ""]
    taken = Export.get()
    assert (taken.kind, taken.rows, taken.place) == ("sheet", 4, "计应 2601 班")
    assert Event.select().where(Event.action == "export.sheet").count() == 1


@pytest.mark.req("SCH-19")
def test_the_same_on_paper_says_how_to_sign_for_another(visitor, world, school: School) -> None:
    officer = world.log_in(visitor(), school.staff("xinxi")).visit(page())
    officer.tick("PDF，直接打印").tick("核对和更正学籍信息").press("生成核对表").sees("正在生成文件")
    paper = officer.path
    world.work()
    drawn = words(officer.visit(paper).follow("下载 PDF").answer)
    for one in ("学籍信息核对表", "信息工程学院计应2601班", "阿依古丽·买买提", "本人签名", "代签（代签人和原因）", "教学办"):
        assert one in drawn, one
    assert "110105" not in drawn


@pytest.mark.req("SCH-19", "SYS-09")
def test_a_sheet_needs_a_reason_and_the_own_class(visitor, world, school: School) -> None:
    college = world.log_in(visitor(), school.staff("xinxi"))
    assert college.visit(page("视传 2601 班")).status == 404
    assert college.visit(page()).tick("PDF，直接打印").press("生成核对表").errors() == ["选择导出做什么用"]
    assert world.log_in(visitor(), school.staff("luo")).visit(page()).status == 403
    assert not Export.select().exists()
