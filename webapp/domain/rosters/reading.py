"""Rows of a roster → people as a record holds them, or what is wrong with a row, cell by cell (R-SCH-05).
Nothing is written here, and no row is compared with another: that is `doubles.py` and the import itself."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import repeat, zip_longest

from webapp.domain.identity import exam_numbers, id_numbers, phones, student_numbers
from webapp.domain.refused import Refused
from webapp.domain.rosters import agreement, values
from webapp.domain.rosters.columns import COLUMNS, label
from webapp.domain.rosters.headers import Table, recognise
from webapp.domain.rosters.people import FIELDS, Parsed, Problem
from webapp.domain.rosters.values import NO_SCHOOL, Doubt, School

REMEMBERED = 20_000
"""Values that one column remembers before it starts anew: memory does not grow with the file."""

LONGEST_VALUE = 200
"""Characters of a cell that a problem repeats."""

Cell = Callable[[str], object]
Cells = Callable[[tuple[str, ...]], Iterable[object]]
"""Reads one cell; reads the same column of several rows."""

_NUMBERS: dict[str, Callable[[str], object]] = {
    "student_number": student_numbers.well_formed,
    "exam_number": exam_numbers.well_formed,
    "phone": phones.well_formed,
}

_NOT_A_PERSON = re.compile(
    r"(合|总|小|共)\s*计|共\s*\d*\s*[人名条]|制表|填表|填报|审核|负责人|经办|打印|说明|备注|注\s*[:：]|[—-]{3,}"
)


class _Memory(dict):
    """Text of a cell → value. A refusal or a doubt is not remembered: it is told for each row."""

    def __init__(self, read: Callable[[str], object]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> object:
        value = self._read(text)
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = value
        return value


class Reader:
    """Reads the rows of one sheet. Made once per `Table`; a row in which nothing is wrong costs about 8 µs.

    Takes a table whose mapping is complete. `defaults` are values, as a record stores them, for columns that the sheet
    does not have: {"status": "N0"}.
    """

    def __init__(self, kind: str, table: Table, school: School = NO_SCHOOL, defaults: dict[str, object] | None = None):
        known = {field: index for index, field in table.mapping.known.items()}
        columns = {column.field: column for column in COLUMNS[kind]}
        self._kind, self._headers, self._at = kind, table.headers, known
        self._width = max([*table.mapping.known, len(table.headers) - 1], default=0) + 1
        readers = values.readers(school)
        self._plan: list[tuple[int, Cell, Cells]] = []
        for field in FIELDS:
            read, keep = readers[field]
            if field in known:
                read = _needed(read, columns[field].need)
                read = _Memory(read).__getitem__ if keep else read
                self._plan.append((known[field], read, _of_digits(field, read) or partial(map, read)))
            else:
                nothing = read("") if field not in (defaults or {}) else defaults[field]
                self._plan.append((self._width, lambda _, nothing=nothing: nothing, lambda _, nothing=nothing: repeat(nothing)))
        self._names = _Memory(values.name).__getitem__
        self._name_at = known["name"]
        self._document_at = known.get("document", self._width)
        self._rules = agreement.Rules(kind, has=frozenset(known))

    def rows(self, some: list[list[str]]) -> list[tuple[Parsed | None, list[Problem]]]:
        """The person and the problems of each row: no person where there is an error, and neither for a row that is
        nobody's (blank, a total, a remark).

        Rows are tried together, a column at a time. Where one has something to say, each half is tried alone.
        """
        try:
            return [(person, []) for person in self._quickly(some)]
        except (Refused, Doubt):
            if len(some) == 1:
                return [self._slowly(some[0])]
            half = len(some) // 2
            return self.rows(some[:half]) + self.rows(some[half:])

    def _quickly(self, some: list[list[str]]) -> list[Parsed]:
        """The people of rows of which each is somebody's; raises where a cell or a row has something to say."""
        even = len(set(map(len, some))) == 1
        columns = list(zip(*some, strict=True) if even else zip_longest(*some, fillvalue=""))
        columns += [("",) * len(some)] * (self._width - len(columns))
        columns[self._width :] = [("",) * len(some)]  # an empty column for all that are not there
        numbers = columns[self._document_at]
        if not all(map(id_numbers.eighteen, numbers)):
            numbers = map(values.document, numbers)
        found = zip(*(read(columns[index]) for index, _, read in self._plan), strict=False)
        names = map(self._names, columns[self._name_at])
        return list(map(self._rules.parsed, names, found, numbers, repeat(_strict)))

    def _slowly(self, cells: list[str]) -> tuple[Parsed | None, list[Problem]]:
        """A row with something to say: every cell is asked, so that all its problems are told at once."""
        cells = cells[: self._width] + [""] * (self._width + 1 - len(cells))
        cells[self._width :] = [""]
        if self._nobody(cells):
            return None, []
        noted: list[Problem] = []

        def take(field: str, index: int, read: Cell, otherwise: object) -> object:
            try:
                return read(cells[index])
            except Refused as refused:
                self._note(noted, field, cells[index], refused.code, refused.facts, "error")
            except Doubt as doubt:
                self._note(noted, field, cells[index], doubt.code, doubt.facts, "warning")
                return doubt.value
            return otherwise

        name = take("name", self._name_at, self._names, values.NAMELESS)
        plan = zip(FIELDS, self._plan, strict=True)
        found = [take(field, index, read, "") for field, (index, read, _) in plan]
        number = take("document", self._document_at, values.document, "")
        settled = {problem.field for problem in noted if problem.level == "error"}
        if "document_kind" in settled:
            number, settled = "", settled | {"document"}  # without its kind a number cannot be judged

        def note(field: str, code: str, level: str = "warning", **facts: object) -> None:
            if field not in settled:
                self._note(noted, field, cells[self._at.get(field, self._width)], code, facts, level)

        parsed = self._rules.parsed(name, found, number, note)
        return None if any(problem.level == "error" for problem in noted) else parsed, noted

    def _nobody(self, cells: list[str]) -> bool:
        """A blank row, a header printed again, or a total, remark or signature line: few cells, and it says so."""
        filled = [cell for cell in map(str.strip, cells) if cell]
        if not filled or recognise(self._kind, cells[self._name_at]) == "name":
            return True
        few = len(filled) <= max(3, len(self._at) // 3)
        return few and any(map(_NOT_A_PERSON.match, filled))

    def _note(self, noted: list, field: str, value: str, code: str, facts: dict, level: str) -> None:
        column = self._headers[self._at[field]] if field in self._at else label(self._kind, field)
        noted.append(Problem(field, column, value[:LONGEST_VALUE], code, facts, level))


def _of_digits(field: str, read: Cell) -> Cells | None:
    """The reader of a column of numbers: digits of the right form, and gaps, are taken as they stand."""
    if field not in _NUMBERS:
        return None
    well_formed = _NUMBERS[field]

    def read_all(column: tuple[str, ...]) -> Iterable[object]:
        digits = "".join(column)
        plain = digits.isdecimal() and digits.isascii() and all(map(well_formed, filter(None, column)))
        return column if plain else map(read, column)

    return read_all


def _strict(field: str, code: str, level: str = "warning", **facts: object) -> None:
    raise Doubt(None, code)


def _needed(read: Callable[[str], object], need: str) -> Callable[[str], object]:
    """The reader of a column that should not be empty: "must" refuses an empty cell, "should" doubts it."""
    if need not in ("must", "should"):
        return read

    def read_needed(text: str) -> object:
        value = read(text)
        if not value:
            raise Refused("value_missing") if need == "must" else Doubt(value, "value_missing")
        return value

    return read_needed
