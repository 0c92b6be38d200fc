"""Rows of a roster → people as a record holds them, or what is wrong with a row, cell by cell (R-SCH-05).
Nothing is written here, and no row is compared with another: that is `doubles.py` and the import itself."""

import re
from collections.abc import Callable

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

_NOT_A_PERSON = re.compile(
    r"(合|总|小|共)\s*计|共\s*\d*\s*[人名条]|制表|填表|填报|审核|负责人|经办|打印|说明|备注|注\s*[:：]|[—-]{3,}"
)


class _Memory(dict):
    """Text of a cell → value. A refusal or a doubt is not remembered: it is told for each row."""

    def __init__(self, read: Callable[[str], object], keep: bool = True) -> None:
        super().__init__()
        self._read, self._keep = read, keep

    def __missing__(self, text: str) -> object:
        value = self._read(text)
        if self._keep:
            if len(self) >= REMEMBERED:
                self.clear()
            self[text] = value
        return value


class Reader:
    """Reads the rows of one sheet. Made once per `Table`; `row` is called once per row and needs about 10 µs.

    Takes a table whose mapping is complete. `defaults` are values, as a record stores them, for columns that the sheet
    does not have: {"status": "N0"}.
    """

    def __init__(self, kind: str, table: Table, school: School = NO_SCHOOL, defaults: dict[str, object] | None = None):
        known = {field: index for index, field in table.mapping.known.items()}
        columns = {column.field: column for column in COLUMNS[kind]}
        self._kind, self._headers, self._at = kind, table.headers, known
        self._width = max([*table.mapping.known, len(table.headers) - 1], default=0) + 1
        self._pad = [""] * (self._width + 1)
        readers = values.readers(school)
        self._plan = []
        for field in FIELDS:
            read, keep = readers[field]
            if field in known:
                self._plan.append((known[field], _Memory(_needed(read, columns[field].need), keep)))
            else:
                nothing = read("") if field not in (defaults or {}) else defaults[field]
                self._plan.append((self._width, {"": nothing}))
        self._names = _Memory(values.name)
        self._name_at = known["name"]
        self._document_at = known.get("document", self._width)
        self._rules = agreement.Rules(kind, has=frozenset(known))

    def row(self, cells: list[str], problems: list[Problem]) -> Parsed | None:
        """The person of a row; None for a row with errors and for one that is nobody's (blank, a total, a remark).

        What is wrong is added to `problems`: errors (then None comes back) and warnings.
        """
        cells = cells[: self._width]
        cells += self._pad[len(cells) :]  # one more, empty cell at the end stands for every column that is not there
        try:
            name = self._names[cells[self._name_at]]
            found = [memory[cells[index]] for index, memory in self._plan]
            return self._rules.parsed(name, found, values.document(cells[self._document_at]), _strict)
        except (Refused, Doubt):
            return self._slowly(cells, problems)

    def _slowly(self, cells: list[str], problems: list[Problem]) -> Parsed | None:
        """The same for a row with something to say: every cell is asked, so that all its problems are told at once."""
        if self._nobody(cells):
            return None
        noted: list[Problem] = []

        def take(field: str, index: int, memory: Callable[[str], object], otherwise: object) -> object:
            try:
                return memory(cells[index])
            except Refused as refused:
                self._note(noted, field, cells[index], refused.code, refused.facts, "error")
            except Doubt as doubt:
                self._note(noted, field, cells[index], doubt.code, doubt.facts, "warning")
                return doubt.value
            return otherwise

        name = take("name", self._name_at, self._names.__getitem__, values.NAMELESS)
        plan = zip(FIELDS, self._plan, strict=True)
        found = [take(field, index, memory.__getitem__, "") for field, (index, memory) in plan]
        number = take("document", self._document_at, values.document, "")
        settled = {problem.field for problem in noted if problem.level == "error"}
        if "document_kind" in settled:
            number, settled = "", settled | {"document"}  # without its kind a number cannot be judged

        def note(field: str, code: str, level: str = "warning", **facts: object) -> None:
            if field not in settled:
                self._note(noted, field, cells[self._at.get(field, self._width)], code, facts, level)

        parsed = self._rules.parsed(name, found, number, note)
        problems += noted
        return None if any(problem.level == "error" for problem in noted) else parsed

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
