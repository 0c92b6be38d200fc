"""The copy that an officer downloads: problems beside their rows, and nothing in it that runs."""

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import tables
from webapp.providers import sheet_copy, sheets

HEADER = ["学号", "姓名", "证件号码", "民族", "班级"]
ROWS = [HEADER, ["00120250001", "林小溪", "110105200301270027", "01", "信管2501"], ["00120250002", "何·安", "", "", ""]]


def read(path):
    return list(sheets.rows(path, "xlsx"))


@pytest.mark.req("SCH-05")
def test_the_copy_to_download_carries_the_problems_beside_their_rows(tmp_path):
    path = tables.xlsx(tmp_path / "a.xlsx", {"本科": [["名册"], *ROWS], "专科": ROWS})
    notes = {("本科", 3): "证件号码：校验位不对", ("专科", 3): "没有民族"}
    target = tmp_path / "copy.xlsx"
    found = sheets.rows(path, "xlsx")
    sheet_copy.annotate(found, lambda *at: notes.get(at, ""), target, "问题", {"本科": 2, "专科": 1})
    copy = {(sheet, number): cells for sheet, number, cells in read(target)}
    assert copy[("本科", 2)] == [*HEADER, "问题"]
    assert copy[("本科", 3)] == [*ROWS[1], "证件号码：校验位不对"]
    assert copy[("专科", 2)] == ROWS[1]
    assert copy[("专科", 3)][5] == "没有民族"


@pytest.mark.req("SCH-03", "SCH-05")
def test_no_cell_of_the_copy_is_a_formula_or_a_link(tmp_path):
    cells = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\tx", "http://example.edu.cn", "{=A1}", "0012"]
    target = tmp_path / "copy.xlsx"
    sheet_copy.annotate([("=名/册", 1, cells)], lambda *at: "=2+2", target, "问题", {})
    with zipfile.ZipFile(target) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in xml and b"hyperlink" not in xml
    ((_, _, written),) = read(target)
    assert written == ["'=1+1", "'+cmd|' /C calc'!A0", "'-2", "'@SUM(A1)", "'\tx", *cells[5:], "'=2+2"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_a_harmless_cell_never_starts_like_a_formula(text):
    assert not sheet_copy.harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
