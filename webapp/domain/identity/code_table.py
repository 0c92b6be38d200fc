"""What a code table is: entries with a code, labels in both languages and other spellings, read without guessing.
Not the tables themselves: those of records are in `tables.py`, countries in `countries.py`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from webapp.domain.identity.characters import without_spaces
from webapp.domain.refused import Refused


@dataclass(frozen=True, slots=True)
class Entry:
    """One value. `code` is what is stored; `aliases` are other spellings found in schools' files."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


Row = TypeVar("Row", bound=Entry)


class Table(Generic[Row]):
    """Entries in their order on screen. `name` stands in refusals, as in ``"levels"``."""

    def __init__(self, name: str, entries: Iterable[Row]) -> None:
        self.name = name
        self._rows = {row.code: row for row in entries}

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def __getitem__(self, code: str) -> Row:
        """The entry of a stored code; KeyError where there is none."""
        return self._rows[code]

    @property
    def codes(self) -> frozenset[str]:
        """Every code of the table."""
        return frozenset(self._rows)

    def read(self, text: str) -> Row:
        """The entry that a cell means: by code, label in either language or alias; width, case, spaces do not matter.

        A lost leading zero is given back: ``1`` is 01 (spec §5.7). Else refuses: `table_unknown` (table, value).
        """
        row = self._by_spelling.get(text) or self._by_spelling.get(_spelling(text))
        if row is None:
            raise Refused("table_unknown", table=self.name, value=text)
        return row

    @cached_property
    def _by_spelling(self) -> dict[str, Row]:
        spellings: dict[str, Row] = {}
        for row in self:
            for text in (row.code, row.code.lstrip("0"), row.zh, row.en, *row.aliases):
                if text:
                    spellings.setdefault(_spelling(text), row)
        return spellings


def _spelling(text: str) -> str:
    return without_spaces(text).replace("(", "").replace(")", "").replace("・", "").replace("·", "").casefold()
