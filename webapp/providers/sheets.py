"""The one door for tables that somebody else made: xlsx, xls, csv and dbf come out as rows of text.
It judges the file, not what the cells mean; who a row is about is `webapp/domain/rosters/`."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from webapp.domain.refused import Refused
from webapp.providers import sheet_books, sheet_flat
from webapp.providers.sheet_kinds import kind
from webapp.providers.sheet_limits import CLI, WEB, Limits

__all__ = ["CLI", "WEB", "Limits", "Row", "heads", "hidden", "kind", "rows"]

Row = tuple[str, int, list[str]]
"""Sheet name ("" for csv and dbf), row number as a spreadsheet program counts it from 1, cells as text."""


def rows(path: Path, kind: str, limits: Limits = WEB) -> Iterator[Row]:
    """The filled rows of every visible sheet, lazily, in the file's order; memory does not grow with a csv or dbf.

    Cells are text as the file has it. A number of 16 digits or more that a spreadsheet kept as a float comes in
    scientific notation (``1.10101199003071E+17``), so that its loss is seen (R-SCH-04).
    Raises Refused: sheet_macro · sheet_locked · sheet_links · sheet_bomb · sheet_empty · sheet_unreadable(row) ·
    sheet_too_big(limit, bytes) · sheet_too_long(limit) · sheet_too_wide(limit, sheet, row).
    """
    if limits.size is not None and path.stat().st_size > limits.size:
        raise Refused("sheet_too_big", limit=limits.size)
    return _never_empty(_read(path, kind, limits, head=None))


def heads(path: Path, kind: str, limits: Limits = WEB, count: int = 5) -> Iterator[Row]:
    """The first `count` filled rows of each visible sheet: enough to find the headers.

    An Excel sheet is parsed whole even for this; a pass over the rows finds the headers on its way instead.
    """
    found = _read(path, kind, limits, head=count)
    return _never_empty(found if kind in sheet_books.KINDS else islice(found, count))


def hidden(path: Path, kind: str, limits: Limits = WEB) -> dict[str, set[int]]:
    """Sheet → numbers of the rows that are hidden in it, which `rows` gives like others. Only an xlsx tells.

    Raises Refused: sheet_bomb · sheet_unreadable(row).
    """
    return sheet_books.hidden(path, limits) if kind == "xlsx" else {}


def _read(path: Path, kind: str, limits: Limits, head: int | None) -> Iterator[Row]:
    if kind in sheet_books.KINDS:
        return sheet_books.read(path, limits, head)
    read = sheet_flat.read_csv if kind == "csv" else sheet_flat.read_dbf
    return read(path, limits)


def _never_empty(found: Iterator[Row]) -> Iterator[Row]:
    first = next(found, None)
    if first is None:
        raise Refused("sheet_empty")
    yield first
    yield from found
