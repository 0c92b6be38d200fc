"""The records office says what things are called in English: in the page, from a sheet; what waits is on the home page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.people import School, make_school
from tests.person import Person
from tests.reporting import Holder
from tests.tables import csv_bytes
from tests.world import World
from webapp.domain.reports import english
from webapp.domain.reports.issuing import Wish
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.translations import Translation
from webapp.providers import sheets

HEAD = ["类别", "中文", "英文"]


@pytest.fixture
def report(hers: Holder) -> OnlineReport:
    """It waits for the major and for the college."""
    return english.issue(hers.account, hers.actor, Record.get_by_id(hers.record.id), Wish(), "LIN Xiaoxi")


def known() -> dict[str, str]:
    return {one.zh: one.en for one in Translation.select()}


def uploaded(person: Person, *rows: list[str], head: list[str] = HEAD) -> Person:
    person.visit("/staff/translations").follow("用表格填")
    return person.attach("文件", "英文.csv", csv_bytes([head, *rows])).press("上传")


@pytest.mark.req("RPT-20", "RPT-21")
def test_what_waits_is_on_the_home_page_and_the_last_name_lets_the_report_answer(
    person: Callable[[], Person], world: World, school: School, hers: Holder, report: OnlineReport
) -> None:
    page = world.log_in(person(), school.staff("ni")).visit("/staff").sees("英文名称", "英文报告缺译名，等学校填", "1 件")
    page.follow("英文名称").sees("计算机应用技术", "1 份报告在等")
    assert page.fill("计算机应用技术", "计算机").press("保存").errors() == ["英文名称用拉丁字母，最多 120 个字"]
    page.fill("计算机应用技术", " Computer  Application ").press("保存").sees("都有英文了")
    page.follow("已有英文")
    assert page.value("计算机应用技术") == "Computer Application"
    page.follow("学院").fill(hers.record.college.name, "School of IT").press("保存").sees_not(hers.record.college.name)
    assert OnlineReport.get_by_id(report.id).state == "active"
    page.visit("/staff").sees_not("英文报告缺译名")


@pytest.mark.req("RPT-20")
def test_a_sheet_keeps_what_holds_and_tells_what_does_not(
    visitor: Callable[[], Person], world: World, school: School, report: OnlineReport
) -> None:
    page = world.log_in(visitor(), school.staff("ni"))
    rows = (["专业", "计算机应用技术", "Computing"], ["分院", "艺术设计学院", "School of Art"], ["专业", "没有的专业", "None"])
    more = (["专业", "计算机应用技术", "Again"], ["年级", "2026", "2026"], ["学院", "信息工程学院", ""])
    page = uploaded(page, *rows, *more).sees("保存了 2 个", "有误 3 行", "没有的专业", "学校的学籍里没有这个名称")
    page.sees("这个名称在表里出现了两次", "不认识的类别：年级")
    assert known() == {"计算机应用技术": "Computing", "艺术设计学院": "School of Art"}
    uploaded(page, ["学院", "信息工程学院", "School of IT"]).sees("已有英文")
    assert OnlineReport.get_by_id(report.id).state == "active"
    assert uploaded(page, ["x"], head=["名称"]).errors() == ["表头要有类别、中文、英文三列"]


@pytest.mark.req("RPT-20")
def test_what_is_missing_comes_as_a_sheet_that_may_be_sent_back(
    visitor: Callable[[], Person], world: World, school: School, tmp_path: Path
) -> None:
    page = world.log_in(visitor(), school.staff("ni"))
    sheet = tmp_path / "names.xlsx"
    sheet.write_bytes(page.client.get("/staff/translations/missing.xlsx").data)
    rows = [cells for _sheet, _number, cells in sheets.rows(sheet, "xlsx")]
    assert rows[1] == HEAD and ["专业", "计算机应用技术"] in rows and len(rows) == 5
    uploaded(page, *([*row[:2], "Something"] for row in rows[2:]))
    assert set(known().values()) == {"Something"} and len(known()) == 3


def test_a_long_list_has_pages(visitor: Callable[[], Person], world: World, school: School) -> None:
    for n, record in enumerate(Record.select().where(Record.unit == school.unit)):
        Record.update(major=f"第{n}专业").where(Record.id == record.id).execute()
    page = world.log_in(visitor(), school.staff("ni")).visit("/staff/translations?kind=major")
    page.sees("第0专业", "第11专业").sees_not("下一页")
    assert page.client.get("/staff/translations?kind=name").status_code == 404
    assert page.client.get("/staff/translations?kind=major&page=9").status_code == 200


def test_another_schools_names_are_not_found(visitor: Callable[[], Person], world: World, school: School) -> None:
    page = world.log_in(visitor(), school.staff("ni")).visit("/staff/translations")
    other = make_school("99998", "海川学院").unit.key
    for path in ("", "/sheet", "/missing.xlsx"):
        assert page.client.get(f"/staff/translations{path}?unit={other}").status_code == 404
    told = {"csrf_token": page.token(), "names-0-zh": "计算机应用技术", "names-0-en": "Computing"}
    assert page.client.post(f"/staff/translations?unit={other}&kind=major", data=told).status_code == 404
    assert known() == {}


@pytest.mark.parametrize("login", ["xinxi", "luo", "admin"])
def test_only_the_records_office_says_names(visitor: Callable[[], Person], world: World, school: School, login: str) -> None:
    person = world.log_in(visitor(), school.staff(login))
    assert person.client.get("/staff/translations").status_code == 403
