"""Rosters (名册): a school's tables of 学籍 and 学历, understood row by row, before anything is written.
Opening the files is the providers' work (`providers/sheets.py`); what the rows change, `domain/imports/`."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter

from webapp.domain.refused import Refused
from webapp.domain.rosters.columns import ADMISSION, COLUMNS, ENROLMENT, KINDS, QUALIFICATION, Column, label
from webapp.domain.rosters.doubles import Doubles
from webapp.domain.rosters.headers import IGNORE, Mapping, Survey, Table, find_table, likely_kind, match, survey
from webapp.domain.rosters.people import Parsed, Problem
from webapp.domain.rosters.reading import Reader
from webapp.domain.rosters.values import NO_SCHOOL, School

__all__ = [
    "ADMISSION", "COLUMNS", "ENROLMENT", "HEAD", "IGNORE", "KINDS", "QUALIFICATION",
    "Column", "Doubles", "Mapping", "Parsed", "Problem", "Reader", "School", "Survey", "Table",
    "label", "likely_kind", "match", "read", "survey",
]  # fmt: skip


HEAD = 5
"""Filled rows at the top of a sheet among which its header is looked for (spec §10.2)."""

TOGETHER = 64
"""Rows that are tried together: few enough that one with a remark does not hold up many."""


def read(
    kind: str,
    rows: Iterable[tuple[str, int, list[str]]],
    override: dict[str, str] | None = None,
    school: School = NO_SCHOOL,
    defaults: dict[str, object] | None = None,
    passed: Callable[[], None] | None = None,
) -> Iterator[tuple[str, int, Parsed | None, list[Problem]]]:
    """Sheet, row number, person and problems of each row below the headers, in one pass over the file.

    A row with an error has no person. Left out are sheets without a header (`survey` names those), blank rows, and rows that
    are nobody's (a total, a remark, the header again), for each of which `passed` is called. `override` and `defaults` as in
    `match` and `Reader`. Doubles are not looked for here. Raises Refused("roster_mapping", sheet=) at a sheet whose columns
    are not settled, ("roster_no_header") for a file without.
    """
    nothing_found = True
    for sheet, group in groupby(rows, key=itemgetter(0)):
        first_rows = list(islice(group, HEAD))
        table = find_table(kind, first_rows, override)
        if table is None:
            continue
        if not table.mapping.complete:
            raise Refused("roster_mapping", sheet=sheet)
        nothing_found = False
        reader = Reader(kind, table, school, defaults)
        below = ((number, cells) for _, number, cells in chain(first_rows, group) if number > table.row)
        while some := list(islice(below, TOGETHER)):
            people = reader.rows([cells for _, cells in some])
            for (number, cells), (parsed, problems) in zip(some, people, strict=True):
                if parsed is not None or problems:
                    yield sheet, number, parsed, problems
                elif passed and any(map(str.strip, cells)):
                    passed()
    if nothing_found:
        raise Refused("roster_no_header")
