"""Lists as xlsx files for people: plain text cells, the exporter's mark on top and on every printed page (R-CHK-10).

Not here: who may take which list (`domain/exports.py`).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from webapp.providers.sheet_copy import harmless

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9
"""The number of the sheet of paper, as Excel counts them."""


def write(target: Path, mark: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> int:
    """Write the xlsx `target`: `mark` in the first row, the heads below, then the rows, and tell how many. Memory stays flat.

    `columns` are (head, width in characters). Every cell is text: leading zeros stay, and nothing becomes a formula or
    a link (R-SCH-03).
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        page = book.add_worksheet()
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for place, (_, width) in enumerate(columns):
            page.set_column(place, place, width, text)
        page.freeze_panes(2, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1)
        page.hide_gridlines(0)
        page.set_footer(f"&L{_footer(mark)}&R&P / &N")
        page.write_string(0, 0, harmless(mark))
        for place, (head, _) in enumerate(columns):
            page.write_string(1, place, head, bold)
        line = 1
        for line, row in enumerate(rows, 2):
            for place, cell in enumerate(row):
                page.write_string(line, place, harmless(cell), text)
    return line - 1


def _footer(mark: str) -> str:
    """Without codes of its own; Excel takes 255 characters for the whole footer."""
    return mark.replace("&", "&&")[:200]
