"""Tables from strangers: every kind and encoding comes out as the same text, and what is no table is told."""

import datetime
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import tables
from webapp.domain.refused import Refused
from webapp.providers import sheet_flat, sheets
from webapp.providers.sheets import Limits

HEADER = ["学号", "姓名", "证件号码", "民族", "班级"]
ROWS = [HEADER, ["00120250001", "林小溪", "110105200301270027", "01", "信管2501"], ["00120250002", "何·安", "", "", ""]]


def refusal(call) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


def read(path, filename="", limits=sheets.WEB):
    return list(sheets.rows(path, sheets.kind(path, filename or path.name), limits))


@pytest.mark.req("SCH-02", "SCH-03")
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_reads_alike_in_every_encoding_and_with_every_delimiter(tmp_path, codec, delimiter):
    path = tmp_path / "名册.csv"
    path.write_bytes(tables.csv_bytes(ROWS, codec, delimiter))
    assert read(path) == [("", number, row) for number, row in enumerate(ROWS, 1)]


@pytest.mark.req("SCH-02")
def test_characters_outside_gbk_survive_gb18030(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(tables.csv_bytes([["姓名", "学号"], ["𬱖䶮", "01"]], "gb18030"))
    assert read(path)[1][2] == ["𬱖䶮", "01"]


@pytest.mark.req("SCH-02", "SCH-03")
def test_an_xlsx_keeps_sheet_names_row_numbers_and_leading_zeros(tmp_path):
    path = tables.xlsx(tmp_path / "a.xlsx", {"本科": ROWS, "空": [], "专科": ROWS[:2]}, first_row=2, first_column=1)
    found = read(path)
    assert [(sheet, number) for sheet, number, _ in found] == [
        ("本科", 3), ("本科", 4), ("本科", 5), ("专科", 3), ("专科", 4),
    ]  # fmt: skip
    assert found[1][2] == ["", *ROWS[1]]


@pytest.mark.req("SCH-04")
def test_numbers_and_dates_of_excel_come_as_text_and_lost_digits_stay_visible(tmp_path):
    row = [110101199003071233, 202500000001, 2.5, True, datetime.date(2003, 1, 27), 0.1 + 0.2]
    ((_, _, cells),) = read(tables.xlsx(tmp_path / "a.xlsx", {"一": [row]}))
    assert cells == ["1.10101199003071E+17", "202500000001", "2.5", "TRUE", "2003-01-27", "0.3"]


def test_hidden_sheets_are_left_out_and_heads_stop_early(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    seen, hidden = book.add_worksheet("名册"), book.add_worksheet("字典")
    for row in range(50):
        seen.write_string(row, 0, f"行{row}")
    hidden.write_string(0, 0, "看不见")
    hidden.hide()
    book.close()
    assert {sheet for sheet, _, _ in read(tmp_path / "a.xlsx")} == {"名册"}
    assert [number for _, number, _ in sheets.heads(tmp_path / "a.xlsx", "xlsx", count=3)] == [1, 2, 3]


@pytest.mark.req("SCH-02", "SCH-03")
def test_a_dbf_reads_as_text_without_deleted_records(tmp_path):
    fields = [("XH", 18), ("XM", 40), ("SFZH", 18)]
    rows = [["0012", "林小溪", "110105200301270027"], ["0013", "删", ""], ["0014", "何??", ""]]
    found = read(tables.dbf(tmp_path / "10513BS.DBF", fields, rows, deleted=(1,)))
    assert found == [("", 1, ["XH", "XM", "SFZH"]), ("", 2, rows[0]), ("", 3, rows[2])]


def test_blank_rows_are_left_out_but_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,学号\r\n\r\n,,\r\n林,01\r\n".encode())
    assert [number for _, number, _ in read(path)] == [1, 4]


def test_a_cell_with_a_line_end_inside_is_one_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('姓名,"备\n注"\n林,"一\r\n二"\n'.encode())
    assert read(path)[1][2] == ["林", "一\r\n二"]


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "pdf"),
        ("a.xls", b"\xff\xd8\xff\xe0" + bytes(40), "image"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "xml"),
        ("a.xlsx", "姓名,学号\n林,01\n".encode(), "csv"),
        ("a.csv", bytes(range(1, 32)) * 9, "unknown"),
        ("a.docx", "姓名,学号\n林,01\n".encode(), "csv"),
    ],
)
def test_a_renamed_file_is_told_by_its_content(tmp_path, name, data, found):
    path = tmp_path / "upload"
    path.write_bytes(data)
    refused = refusal(lambda: sheets.kind(path, name))
    assert (refused.code, refused.facts) == ("sheet_kind", {"found": found, "named": name.rpartition(".")[2]})


def test_a_workbook_named_csv_and_a_zip_named_xlsx_are_told(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS})
    assert refusal(lambda: sheets.kind(book, "a.csv")).facts == {"found": "xlsx", "named": "csv"}
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert refusal(lambda: sheets.kind(tmp_path / "b.zip", "b.xlsx")).facts["found"] == "archive"


@pytest.mark.parametrize("data", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_called_empty(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert refusal(lambda: sheets.kind(path, "a.csv")).code == "sheet_empty"


def test_tables_without_a_filled_cell_are_called_empty(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b",,,\n,,,\n")
    assert refusal(lambda: read(path)).code == "sheet_empty"
    assert refusal(lambda: read(tables.xlsx(tmp_path / "a.xlsx", {"一": []}))).code == "sheet_empty"


@pytest.mark.req("SCH-02")
def test_macros_locks_and_links_are_refused(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS})
    macro = tables.repacked(book, tmp_path / "macro.xlsx", {"xl/vbaProject.bin": b"x"})
    assert refusal(lambda: read(macro)).code == "sheet_macro"
    assert refusal(lambda: sheets.kind(book, "a.xlsm")).code == "sheet_macro"
    linked = tables.repacked(book, tmp_path / "links.xlsx", {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert refusal(lambda: read(linked)).code == "sheet_links"
    locked = tmp_path / "locked.xlsx"
    entry = "EncryptedPackage".encode("utf-16-le")
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry + bytes(999))
    assert refusal(lambda: read(locked)).code == "sheet_locked"


def test_a_bomb_is_refused_whatever_its_headers_say(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS})
    honest = tables.repacked(book, tmp_path / "bomb.xlsx", {"xl/media/a.bin": bytes(40 << 20)})
    limits = Limits(unzipped=32 << 20)
    assert honest.stat().st_size < 1 << 20
    assert refusal(lambda: read(honest, limits=limits)).code == "sheet_bomb"
    lying = tmp_path / "lying.xlsx"
    data = bytearray(honest.read_bytes())
    name, size = b"xl/media/a.bin", (40 << 20).to_bytes(4, "little")
    for at in (data.find(name) - 8, data.rfind(name) - 22):
        assert data[at : at + 4] == size
        data[at : at + 4] = (1000).to_bytes(4, "little")
    lying.write_bytes(data)
    assert refusal(lambda: read(lying, limits=limits)).code == "sheet_bomb"


def test_a_sheet_that_would_fill_the_memory_kills_only_the_child(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS})
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with zipfile.ZipFile(book) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", far)
    path = tables.repacked(book, tmp_path / "far.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(lambda: read(path)).code == "sheet_bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_entities_that_grow_are_not_expanded(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS})
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(book) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    strings = strings.replace("<sst", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><sst', 1).replace("林小溪", "&l9;")
    path = tables.repacked(book, tmp_path / "b.xlsx", {"xl/sharedStrings.xml": strings.encode()})
    try:
        assert max(len(cell) for _, _, cells in read(path) for cell in cells) < 100
    except Refused as refused:
        assert refused.code == "sheet_unreadable"


def test_limits_on_size_rows_and_columns(tmp_path):
    book = tables.xlsx(tmp_path / "a.xlsx", {"一": [["x"] * 4] * 5})
    flat = tmp_path / "a.csv"
    flat.write_bytes(tables.csv_bytes([["x"] * 4] * 5))
    for path in (book, flat):
        assert refusal(lambda p=path: read(p, limits=Limits(size=3))).code == "sheet_too_big"
        assert refusal(lambda p=path: read(p, limits=Limits(rows=4))).facts == {"limit": 4}
        wide = refusal(lambda p=path: read(p, limits=Limits(columns=3)))
        assert (wide.code, wide.facts["limit"], wide.facts["row"]) == ("sheet_too_wide", 3, 1)
        assert len(read(path, limits=sheets.CLI)) == 5


def test_empty_cells_at_the_end_do_not_make_a_table_too_wide(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b" + b"," * 300 + b"\n")
    assert read(path)[0][2] == ["a", "b"]


def test_broken_files_are_unreadable_with_their_row(tmp_path):
    broken = tmp_path / "a.xlsx"
    data = tables.xlsx(tmp_path / "b.xlsx", {"一": ROWS * 400}).read_bytes()
    for cut in (len(data) // 2, len(data) - 30):
        broken.write_bytes(data[:cut] + b"xl/workbook.xml")
        assert refusal(lambda: read(broken)).code == "sheet_unreadable"
    flat = tmp_path / "a.csv"
    flat.write_bytes('姓名,学号\n"林'.encode() + b"x" * 300_000 + b"\n")
    assert refusal(lambda: read(flat)).facts == {"row": 2}
    flat.write_bytes(b"a,b\n" + b"\xff\xff\xfe,1\n" * 3)
    assert refusal(lambda: read(flat)).code == "sheet_unreadable"


def test_one_endless_line_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"," * (3 << 20))
    assert refusal(lambda: read(path)).code == "sheet_unreadable"


def test_damaged_bytes_never_end_in_anything_but_a_refusal(tmp_path):
    data = bytearray(tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS}).read_bytes())
    path = tmp_path / "b.xlsx"
    for at in range(0, len(data), max(1, len(data) // 25)):
        path.write_bytes(bytes(data[:at]) + bytes([data[at] ^ 0x5A]) + bytes(data[at + 1 :]))
        try:
            read(path)
        except Refused as refused:
            assert refused.code.startswith("sheet_")


def readers_of(path):
    """Processes with this file's name in their arguments, as folders of /proc."""
    folders = Path("/proc").glob("[0-9]*")
    return [folder for folder in folders if str(path).encode() in _command(folder)]


def _command(process):
    try:
        return (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # somebody else's, and gone meanwhile
        return b""


def test_the_child_has_no_environment_of_ours_and_is_gone_afterwards(tmp_path):
    path = tables.xlsx(tmp_path / "a.xlsx", {"一": ROWS * 3000})
    found = sheets.rows(path, "xlsx")
    next(found)
    (child,) = readers_of(path)
    assert (child / "environ").read_bytes() == b"LANG=C.UTF-8\0"
    found.close()
    assert readers_of(path) == []


def test_the_child_imports_nothing_of_the_project():
    code = (
        "import runpy, sys; runpy.run_path(sys.argv[1], run_name='x'); "
        "print([name for name in sys.modules if name.startswith('webapp')])"
    )
    from webapp.providers.sheet_books import CHILD

    out = subprocess.run([sys.executable, "-I", "-c", code, str(CHILD)], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_utf_8_is_preferred_where_it_fits_and_gb18030_reads_what_is_left(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("王明,男".encode("gbk"))
    assert sheet_flat.encoding(path) == "gb18030"
    path.write_bytes("王明,男".encode())
    assert sheet_flat.encoding(path) == "utf-8"
