"""Rosters (名册): a school's tables of 学籍 and 学历, understood row by row, before anything is written.
Opening the files is the providers' work (`providers/sheets.py`); what the rows change, `domain/imports.py`."""

from collections.abc import Iterable, Iterator

from webapp.domain.rosters.columns import COLUMNS, ENROLMENT, KINDS, QUALIFICATION, Column, label
from webapp.domain.rosters.doubles import Doubles
from webapp.domain.rosters.headers import IGNORE, Mapping, Survey, Table, likely_kind, match, survey
from webapp.domain.rosters.people import Parsed, Problem
from webapp.domain.rosters.reading import Reader
from webapp.domain.rosters.values import NO_SCHOOL, School

__all__ = [
    "COLUMNS", "ENROLMENT", "IGNORE", "KINDS", "QUALIFICATION",
    "Column", "Doubles", "Mapping", "Parsed", "Problem", "Reader", "School", "Survey", "Table",
    "label", "likely_kind", "match", "read", "survey",
]  # fmt: skip


def read(
    kind: str,
    found: Survey,
    rows: Iterable[tuple[str, int, list[str]]],
    school: School = NO_SCHOOL,
    defaults: dict[str, object] | None = None,
) -> Iterator[tuple[str, int, Parsed | None, list[Problem]]]:
    """Sheet, row number, person and problems of each row below the headers; rows that are nobody's are left out.

    A row with an error has no person. Sheets that `survey` skipped are skipped. Doubles are not looked for here.
    """
    readers = {table.sheet: (table.row, Reader(kind, table, school, defaults)) for table in found.tables}
    nothing = (0, None)
    for sheet, number, cells in rows:
        header, reader = readers.get(sheet, nothing)
        if reader is None or number <= header:
            continue
        problems: list[Problem] = []
        parsed = reader.row(cells, problems)
        if parsed is not None or problems:
            yield sheet, number, parsed, problems
