"""``python -m tests.files.make``: write the sample rosters anew; LibreOffice writes xls, dbf and csv, this the one like WPS's.

What each is made of and what wrote it is in README.md; the tests read the files alone.
"""

import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import xlsxwriter

from tests.desk import HEADER, student

HERE = Path(__file__).parent

TITLES = ("云溪职业技术学院2026级新生名册", "制表单位：学生处　　2026年9月3日")
ENDS = (("合计", "", "5人"), ("填表人：戈老师", "", "", "审核人：倪老师"))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HIDDEN, NUMBER = 3, 4
"""Which student's row is hidden, and whose 身份证号 is a number instead of a text."""

GBK = 70
"""LibreOffice's number for the encoding."""

DBF = {
    "学号": "XH,C,18", "考生号": "KSH,C,15", "姓名": "XM,C,20", "性别": "XBDM,C,1", "身份证号": "SFZH,C,18", "民族": "MZDM,C,2",
    "专业名称": "ZYMC,C,40", "层次": "CCDM,C,8", "学制": "XZ,C,3", "学历类别": "XLLB,C,20", "学习形式": "XXXS,C,20",
    "入学日期": "RXRQ,C,8",
}  # fmt: skip
"""Columns of the table from the admissions system: header here → field name, type and width (spec §10.1)."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def people() -> list[list[object]]:
    """The five students of every workbook, each with what one kind of file does to a cell."""
    rows: list[list[object]] = [
        list(student(1)),
        list(student(2, 学号="002026000002".translate(WIDE), 身份证号=student(2)[4].translate(WIDE))),
        list(student(HIDDEN)),
        list(student(NUMBER)),
        list(student(5, 学号="\u00a0002026000005", 考生号="'26330105000005")),
    ]
    rows[NUMBER - 1][HEADER.index("身份证号")] = float(student(NUMBER)[HEADER.index("身份证号")])
    return rows


def workbook(path: Path) -> None:
    """What LibreOffice turns into xls and csv: merged titles above the header, a hidden row, a total and a signature."""
    book = xlsxwriter.Workbook(str(path))
    page, middle, as_text = (
        book.add_worksheet("新生"),
        book.add_format({"align": "center"}),
        book.add_format({"num_format": "@"}),
    )
    for row, title in enumerate(TITLES):
        page.merge_range(row, 0, row, len(HEADER) - 1, title, middle)
    page.write_row(len(TITLES), 0, HEADER)
    first = len(TITLES) + 1
    for row, cells in enumerate(people(), first):
        for column, cell in enumerate(cells):
            page.write(row, column, cell, None if isinstance(cell, float) else as_text)
    page.set_row(first + HIDDEN - 1, None, None, {"hidden": True})
    for row, cells in enumerate(ENDS, first + len(people())):
        page.write_row(row, 0, cells)
    book.close()


def admissions(path: Path) -> None:
    """What LibreOffice turns into dbf: field names as the admissions system's, a name with a character that it lacked."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("T")
    page.write_row(0, 0, DBF.values())
    known = {"性别": {"男": "1", "女": "2"}, "民族": {"汉族": "01"}}
    for row, n in enumerate(range(1, 6), 1):
        cells = dict(zip(HEADER, student(n, 入学日期="20260903", **({"姓名": "学生??"} if n == 5 else {})), strict=True))
        for column, header in enumerate(DBF):
            page.write_string(row, column, known.get(header, {}).get(cells[header], cells[header]))
    book.close()


def convert(source: Path, target: str) -> None:
    """Let LibreOffice write `source` in another format beside this module."""
    order = ["soffice", "--headless", "--convert-to", target, "--outdir", str(HERE), str(source)]
    subprocess.run(order, check=True, capture_output=True)  # noqa: S603 - a maker of test files, run by hand


def wps(path: Path) -> None:
    """An xlsx with the parts, namespaces and attributes of WPS's: texts shared, titles in merged cells, a reserved sheet."""
    rows = [[TITLES[0]], [TITLES[1]], HEADER, *people(), *ENDS]
    shared: dict[str, int] = {}
    lines = "".join(_row(number, cells, shared) for number, cells in enumerate(rows, 1))
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{_types()}</Types>',
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "docProps/custom.xml": f'{XML}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-12.1.0.16929</vt:lpwstr></property></Properties>",
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><fileVersion appName="xl" '
        'lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/><bookViews><workbookView windowWidth="27945" '
        'windowHeight="12375"/></bookViews><sheets><sheet name="新生" sheetId="1" r:id="rId1"/><sheet '
        'name="WpsReserved_CellImgList" sheetId="2" state="veryHidden" r:id="rId2"/></sheets>'
        '<calcPr calcId="144525"/></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            "worksheet",
            "worksheets/sheet1.xml",
            "worksheets/sheet2.xml",
            sharedStrings="sharedStrings.xml",
            styles="styles.xml",
        ),
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font>'
        '</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/>'
        "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{MAIN}" count="{len(shared)}" uniqueCount="{len(shared)}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships" '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/>'
        f'<dimension ref="A1:P{len(rows)}"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5"/><sheetData>{lines}</sheetData>'
        '<mergeCells count="2"><mergeCell ref="A1:P1"/><mergeCell ref="A2:P2"/></mergeCells><pageMargins left="0.75" '
        'right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/><headerFooter/></worksheet>',
        "xl/worksheets/sheet2.xml": f'{XML}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 3, 8, 0, 0)), text, zipfile.ZIP_DEFLATED)


def _row(number: int, cells: Sequence[object], shared: dict[str, int]) -> str:
    """A row's XML: titles with all the cells that they are merged over, numbers as they stand, texts by their place."""
    width = len(HEADER) if number <= len(TITLES) else len(cells)
    inside = ""
    for column in range(width):
        value = cells[column] if column < len(cells) else ""
        place = f'r="{chr(65 + column)}{number}" s="1"'
        if isinstance(value, float):
            inside += f'<c r="{chr(65 + column)}{number}"><v>{value:.14E}</v></c>'
        elif value:
            inside += f'<c {place} t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
        else:
            inside += f"<c {place}/>"
    hides = ' hidden="1"' if number == len(TITLES) + 1 + HIDDEN else ""
    return f'<row r="{number}" spans="1:{width}"{hides}>{inside}</row>'


def _types() -> str:
    kinds = {
        "workbook": "sheet.main", "worksheets/sheet1": "worksheet", "worksheets/sheet2": "worksheet", "styles": "styles",
        "sharedStrings": "sharedStrings",
    }  # fmt: skip
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{mime}.{kind}+xml"/>' for part, kind in kinds.items())


def _relations(kind: str, *parts: str, **more: str) -> str:
    pairs = [*((kind, part) for part in parts), *more.items()]
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/relationships/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(pairs, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def main() -> None:
    """Write all four."""
    wps(HERE / "wps.xlsx")
    with TemporaryDirectory() as folder:
        workbook(Path(folder) / "biff8.xlsx")
        convert(Path(folder) / "biff8.xlsx", "xls:MS Excel 97")
        workbook(Path(folder) / "gbk.xlsx")
        convert(Path(folder) / "gbk.xlsx", f"csv:Text - txt - csv (StarCalc):44,34,{GBK},1,,0,false,true")
        admissions(Path(folder) / "99999XS.xlsx")
        convert(Path(folder) / "99999XS.xlsx", f"dbf:dBase:{GBK}")


if __name__ == "__main__":
    main()
