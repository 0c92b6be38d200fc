"""Finding the header (表头) in the first rows of a sheet and saying which column is what (R-SCH-02).
Nothing is guessed: a header that is not in the table is unknown until the officer maps or ignores it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from operator import itemgetter

from webapp.domain.refused import Refused
from webapp.domain.rosters.columns import COLUMNS, DOUBTFUL_HEADERS, ENROLMENT, KINDS, UNUSED_HEADERS

IGNORE = ""
"""In an override: this header's column is left out."""

_NOISE = re.compile(r"[\s\u200b\ufeff*'’:]+")
_BRACKET = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of one sheet are. Indexes count from 0; headers are as the file writes them.

    `missing` are fields without which nothing is imported, `absent` those that spec §5.1 asks for and this sheet has
    not; `doubled` names a field that several headers claim; `doubtful` are headers taken with a warning.
    """

    known: dict[int, str]
    unknown: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    doubled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignored: tuple[tuple[int, str], ...] = ()
    doubtful: tuple[tuple[int, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether rows may be read with it."""
        return not (self.unknown or self.missing or self.doubled)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet that holds people: its name, the row of its header, its headers and what they are."""

    sheet: str
    row: int
    headers: tuple[str, ...]
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class Survey:
    """A file before its rows are read: the sheets with people, and the names of those without a header."""

    tables: tuple[Table, ...]
    skipped: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every sheet can be read as it is."""
        return all(table.mapping.complete for table in self.tables)


def tidy(header: str) -> str:
    """A header as it is compared: half-width, upper case, without spaces, line ends, stars and apostrophes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header)).upper()


def recognise(kind: str, header: str) -> str | None:
    """The field a header stands for, IGNORE for one that a record does not hold, None for an unknown one.

    A note in brackets at the end, as in 姓名（必填）, is overlooked.
    """
    names, text = _names(kind), tidy(header)
    return names[text] if text in names else names.get(_BRACKET.sub("", text))


def match(kind: str, headers: Iterable[str], override: dict[str, str] | None = None) -> Mapping:
    """Map `headers` for a roster of `kind`. `override` is the officer's word: {header: field, or IGNORE}.

    A column without a header but with values is called ``#7`` (its number from 1), one without either is "".
    Raises Refused("column_unknown", column=) for a field that such a roster does not have.
    """
    headers, chosen = tuple(headers), _chosen(kind, override)
    known, unknown, ignored, doubtful = {}, [], [], []
    for index, header in enumerate(headers):
        text = tidy(header)
        field = chosen[text] if text in chosen else recognise(kind, header)
        if field is None and text:
            unknown.append((index, header))
        elif field == IGNORE:
            ignored.append((index, header))
        elif field:
            known[index] = field
            if text in DOUBTFUL_HEADERS and text not in chosen:
                doubtful.append((index, header))
    for index, header in doubtful:
        if list(known.values()).count(known[index]) > 1:
            ignored.append((index, header))
            del known[index]
    claims = {field: tuple(headers[i] for i, f in known.items() if f == field) for field in known.values()}
    return Mapping(
        known=known,
        unknown=tuple(unknown),
        missing=_lacking(kind, "must", claims),
        absent=_lacking(kind, "should", claims) + _lacking(kind, "wanted", claims),
        doubled=tuple((field, names) for field, names in claims.items() if len(names) > 1),
        ignored=tuple(ignored),
        doubtful=tuple(pair for pair in doubtful if pair[0] in known),
    )


def survey(kind: str, heads: Iterable[tuple[str, int, list[str]]], override: dict[str, str] | None = None) -> Survey:
    """What the sheets of a file are, from their first rows (`sheets.heads`).

    Raises Refused("roster_no_header") when no sheet has a header.
    """
    tables, skipped = [], []
    for sheet, first_rows in groupby(heads, key=itemgetter(0)):
        table = find_table(kind, list(first_rows), override)
        if table is None:
            skipped.append(sheet)
        else:
            tables.append(table)
    if not tables:
        raise Refused("roster_no_header")
    return Survey(tuple(tables), tuple(skipped))


def find_table(kind: str, first_rows: list[tuple[str, int, list[str]]], override: dict[str, str] | None = None) -> Table | None:
    """The header among a sheet's first rows: the row with most known headers, two at least; None if there is none."""
    hits, at = max((_hits(kind, cells, override), -place) for place, (_, _, cells) in enumerate(first_rows))
    if hits < 2:
        return None
    sheet, number, cells = first_rows[-at]
    headers = _named(cells, [below for _, _, below in first_rows[1 - at :]])
    return Table(sheet, number, headers, match(kind, headers, override))


def placed(rows: Iterable[tuple[str, int, list[str]]], heads: dict[str, tuple[str, ...]]) -> dict[str, int] | None:
    """Where each column of a small sheet stands, by what it may be called: out of the first of ten rows that has all of them.

    `rows` has been read up to that row. None where no row has them.
    """
    known = {tidy(head): name for name, called in heads.items() for head in called}
    for _sheet, _number, cells in islice(rows, 10):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if name := known.get(tidy(cell)):
                found.setdefault(name, at)
        if len(found) == len(heads):
            return found
    return None


def likely_kind(heads: Iterable[tuple[str, int, list[str]]]) -> str:
    """The kind of roster whose own headers the first rows hold more of; enrolment where they hold as many."""
    rows = [cells for _, _, cells in heads]
    return max(KINDS, key=lambda kind: max((_hits(kind, cells, None) for cells in rows), default=0))


def _chosen(kind: str, override: dict[str, str] | None) -> dict[str, str]:
    """The officer's word by tidy header, once every field in it is one that such a roster has."""
    fields = {IGNORE, *(column.field for column in COLUMNS[kind])}
    for field in (override or {}).values():
        if field not in fields:
            raise Refused("column_unknown", column=field)
    return {tidy(header): field for header, field in (override or {}).items()}


def _named(cells: list[str], below: list[list[str]]) -> tuple[str, ...]:
    """The header's cells, cut behind the last one that has a name or, in the rows at hand, a value below it."""
    width = max([len(cells), *map(len, below)])
    full = [cell.replace("\0", "") for cell in cells] + [""] * (width - len(cells))

    def used(index: int) -> bool:
        return bool(full[index].strip()) or any(index < len(row) and row[index].strip() for row in below)

    while width and not used(width - 1):
        width -= 1
    return tuple(cell.strip() or (f"#{index + 1}" if used(index) else "") for index, cell in enumerate(full[:width]))


def _hits(kind: str, cells: list[str], override: dict[str, str] | None) -> int:
    chosen = {tidy(header) for header in override or {}}
    return len({tidy(cell) for cell in cells if cell.strip() and (recognise(kind, cell) or tidy(cell) in chosen)})


def _lacking(kind: str, need: str, claims: dict[str, object]) -> tuple[str, ...]:
    fields = [column.field for column in COLUMNS[kind] if column.need == need and column.field not in claims]
    numbers = {"student_number", "exam_number"}
    if kind == ENROLMENT and need == "must" and not numbers & set(claims):
        fields.insert(0, "student_number")
    return tuple(fields)


@cache
def _names(kind: str) -> dict[str, str]:
    names = {tidy(header): IGNORE for header in UNUSED_HEADERS}
    names |= {tidy(header): field for header, field in DOUBTFUL_HEADERS.items()}
    for column in COLUMNS[kind]:
        names |= {tidy(header): column.field for header in (column.label, column.field, *column.headers)}
    return names
