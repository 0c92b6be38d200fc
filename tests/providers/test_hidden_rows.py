"""Hidden rows of an xlsx, as its XML says: whatever program wrote it, and however long the sheet is."""

import pytest
import xlsxwriter

from tests import tables
from webapp.providers import sheets

HEADER = [["学号", "姓名"]]


def with_sheet(tmp_path, xml):
    """A workbook whose one sheet has this XML."""
    book = tables.xlsx(tmp_path / "a.xlsx", {"新生": HEADER})
    return tables.repacked(book, tmp_path / "b.xlsx", add={"xl/worksheets/sheet1.xml": xml.encode()})


def sheet(rows, prefix=""):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    data = f"<{prefix}sheetData>{rows}</{prefix}sheetData>"
    return f'<{prefix}worksheet {name}="{main}">{data}</{prefix}worksheet>'


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ('<row r="1"/><row r="4" spans="1:2" hidden="1"/><row hidden="true" r="5"/>', {4, 5}),
        ("<row/><row r='7' ht='0' hidden='1' customHeight='1'/><row hidden='1'/>", {7, 8}),
        ('<row r="2" hidden="0"/><row r="3" hidden="false"/><rowBreaks hidden="1"/>', set()),
        ('<row r="2"><c r="A2" t="inlineStr"><is><t>hidden="1"</t></is></c></row>', set()),
    ],
)
def test_hidden_rows_are_found_however_the_sheet_says_it(tmp_path, rows, hidden):
    found = sheets.hidden(with_sheet(tmp_path, sheet(rows)), "xlsx")
    assert found == ({"新生": hidden} if hidden else {})


def test_a_sheet_with_a_prefix_before_its_names_is_understood(tmp_path):
    xml = sheet('<x:row r="3" hidden="1"/>', prefix="x:")
    assert sheets.hidden(with_sheet(tmp_path, xml), "xlsx") == {"新生": {3}}


def test_rows_are_found_across_the_blocks_that_a_long_sheet_is_read_in(tmp_path):
    text = "号" * 500
    lines = (
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n % 7 == 0 else ""}><c><v>{text}</v></c></row>'
        for n in range(1, 2001)
    )
    assert sheets.hidden(with_sheet(tmp_path, sheet("".join(lines))), "xlsx") == {"新生": set(range(7, 2001, 7))}


def test_a_text_without_end_neither_fills_the_memory_nor_hides_what_follows(tmp_path):
    xml = sheet(f'<row r="1"><c><v>{"x" * (5 << 20)}</v></c></row><row r="2" hidden="1"/>')
    assert sheets.hidden(with_sheet(tmp_path, xml), "xlsx") == {"新生": {2}}


def test_sheets_are_told_apart_and_hidden_ones_are_not_asked(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    pages = {name: book.add_worksheet(name) for name in ("本科", "专科", "字典")}
    for at, page in enumerate(pages.values(), 1):
        page.write_string(at, 0, "x")
        page.set_row(at, None, None, {"hidden": True})
    pages["字典"].hide()
    book.close()
    assert sheets.hidden(tmp_path / "a.xlsx", "xlsx") == {"本科": {2}, "专科": {3}}


def test_other_formats_do_not_tell(tmp_path):
    assert sheets.hidden(tmp_path / "not there", "xls") == {}


def test_a_workbook_that_does_not_say_where_its_sheets_are_hides_nothing(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"新生": HEADER})
    odd = tables.repacked(book, tmp_path / "b.xlsx", drop=("xl/_rels/workbook.xml.rels",))
    assert sheets.hidden(odd, "xlsx") == {}
