"""The copy that an officer downloads: the uploaded table with a column 问题 beside each row that has one (R-SCH-05).
Everything is written as plain text, so that no cell of a stranger's file becomes a formula or a link."""

from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = dict.fromkeys([*set(range(32)) - {9, 10, 13}, 0xFFFE, 0xFFFF])
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def harmless(text: str) -> str:
    """A cell that stays text in Excel and in what it exports: an apostrophe before ``= + - @``, tab and return."""
    text = text.translate(_UNWRITABLE)[: LONGEST_CELL - 1]
    return "'" + text if text.startswith(_LIVE) else text


def annotate(
    rows: Iterable[tuple[str, int, list[str]]],
    note_of: Callable[[str, int], str],
    target: Path,
    title: str,
    header_rows: dict[str, int],
) -> None:
    """Write `rows` (as `sheets.rows` gives them) to the xlsx `target`, each where it stood, with its note behind.

    `note_of(sheet, row)` gives the words for a row, "" for none; `title` heads that column in each sheet's header row
    (`header_rows`: sheet → row number). Memory stays flat; rows past Excel's last one are left out.
    """
    book = xlsxwriter.Workbook(
        str(target),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    bad, head = book.add_format({"bg_color": "#FDE7E9"}), book.add_format({"bold": True})
    page, name, last, column = None, None, 0, 0
    for sheet, number, cells in rows:
        if page is None or sheet != name:
            page, name, last = book.add_worksheet(_sheet_name(sheet, book)), sheet, 0
            column = len(cells)
        if number > MOST_ROWS or number <= last:
            continue
        last = number
        column = max(column, len(cells)) if number <= header_rows.get(sheet, 0) else column
        note = note_of(sheet, number)
        for index, cell in enumerate(cells):
            page.write_string(number - 1, index, harmless(cell), bad if note else None)
        if number == header_rows.get(sheet):
            page.write_string(number - 1, column, title, head)
        elif note:
            page.write_string(number - 1, max(column, len(cells)), harmless(note), bad)
    book.close()


def _sheet_name(sheet: str, book: xlsxwriter.Workbook) -> str:
    """A name that Excel takes: 31 characters, no brackets or slashes, not given twice."""
    bare = harmless(sheet).translate(_FORBIDDEN_IN_NAMES).strip("' ")[:28] or "Sheet"
    taken = {page.get_name().casefold() for page in book.worksheets()}
    return next(name for n in range(len(taken) + 1) if (name := bare + (f"~{n}" if n else "")).casefold() not in taken)
