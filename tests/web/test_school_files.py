"""Files as schools' programs write them, through the officer's door; which program wrote each is in tests/files/README.md."""

from pathlib import Path

import pytest

from tests.people import id_number
from webapp.domain.imports import batches
from webapp.models.imports import Batch, Finding
from webapp.models.records import Record

FILES = Path(__file__).parents[1] / "files"


@pytest.fixture
def officer(person, world, school):
    return world.log_in(person(), school.staff("ni"))


def shown(officer, world, name):
    """The officer at the preview of one of the files."""
    officer.visit("/staff/import/new").tick("学籍名册").attach("文件", name, (FILES / name).read_bytes()).press("上传并检查")
    world.work()
    return officer.visit(officer.path)


def counted():
    return {name: count for name, count in batches.counts(Batch.get()).items() if count and name != "missing"}


def written(officer, world):
    officer.press(f"确认，写入 {counted()['new']} 行")
    world.work()
    rows = Record.select().where(Record.batch == Batch.get()).order_by(Record.student_number)
    return {record.student_number: record for record in rows}


@pytest.mark.req("SCH-02", "SCH-03", "SCH-04", "SCH-05")
@pytest.mark.parametrize(("name", "hidden"), [("wps.xlsx", {"hidden": 1}), ("biff8.xls", {})])
def test_a_workbook_with_merged_titles_a_hidden_row_and_a_total_is_read(officer, world, school, name, hidden):
    shown(officer, world, name).sees("新生 第 7 行", "身份证号", "把这一列设为文本格式", "合计、备注和重复的表头，没有读：2")
    assert counted() == {"new": 4, "wrong": 1, "nobody": 2, **hidden}
    records = written(officer, world)
    assert list(records) == ["002026000001", "002026000002", "002026000003", "002026000005"]
    assert records["002026000002"].document == id_number("20080303", 2)  # full-width digits in the file
    assert records["002026000005"].exam_number == "26330105000005"  # an apostrophe before it, as text cells have one


@pytest.mark.req("SCH-02")
def test_rows_hidden_in_an_xlsx_are_told_in_the_preview(officer, world, school):
    shown(officer, world, "wps.xlsx").sees("表里隐藏的行，和别的行一样读了：1")
    assert "学生丁卯" in "".join(one.value for one in Finding.select().where(Finding.group == "new"))


@pytest.mark.req("SCH-02", "SCH-03", "SCH-04")
def test_a_csv_in_gbk_keeps_zeros_and_refuses_what_the_program_damaged(officer, world, school):
    shown(officer, world, "gbk.csv").sees("第 7 行", "把这一列设为文本格式", "第 8 行", "?002026000005")
    assert counted() == {"new": 3, "wrong": 2, "nobody": 2}
    assert list(written(officer, world)) == ["002026000001", "002026000002", "002026000003"]


@pytest.mark.req("SCH-02", "SCH-03")
def test_a_dbf_in_gbk_is_read_by_its_field_names_and_a_missing_character_is_doubted(officer, world, school):
    shown(officer, world, "99999XS.dbf").sees_not("要对应列")
    assert counted() == {"new": 5, "doubt": 1}
    records = written(officer, world)
    first, last = records["002026000001"], records["002026000005"]
    assert (first.name, first.sex, first.ethnic, first.level) == ("学生乙丑", "1", "01", "bachelor")
    assert (first.major, first.enrolled_on.isoformat()) == ("计算机应用技术", "2026-09-03")
    assert last.name_gap and last.name == "学生??"
