"""The rows of a batch's file in portions, each with the person or the problems in it.

The file is opened by whoever calls; this knows the school and the kind, and counts rows alike in both passes.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from webapp.domain import rosters
from webapp.domain.enrolment import schools
from webapp.domain.imports.people import Comparer
from webapp.domain.imports.places import Places
from webapp.domain.rosters import ENROLMENT, Parsed, Problem, School, Survey
from webapp.models.imports import Batch

PORTION = 5_000
"""Rows of one transaction: what a crash loses, and how long others wait to write (a fifth of a second)."""

Rows = Iterable[tuple[str, int, list[str]]]


class Line(NamedTuple):
    """One row: its place among the rows that count (from 1), sheet, number there, person or none, problems."""

    at: int
    sheet: str
    number: int
    person: Parsed | None
    problems: list[Problem]


def portions(
    batch: Batch, rows: Rows, beyond: int = 0, size: int = PORTION, passed: Callable[[], None] | None = None
) -> Iterator[list[Line]]:
    """Every row that is somebody's, `size` at a time, behind the first `beyond` rows; `passed` as in `rosters.read`."""
    school = School(batch.unit.code, schools.all_names(batch.unit))
    override = json.loads(batch.mapping)
    defaults = {"status": "A1"} if batch.kind == ENROLMENT else None
    some: list[Line] = []
    for at, row in enumerate(rosters.read(batch.kind, rows, override, school, defaults, passed), 1):
        if at > beyond:
            some.append(Line(at, *row))
            if len(some) == size:
                yield some
                some = []
    if some:
        yield some


def comparers(batch: Batch, found: Survey, places: Places) -> dict[str, Comparer]:
    """Sheet → how its people are compared."""
    return {table.sheet: Comparer(batch.kind, table, places) for table in found.tables}
