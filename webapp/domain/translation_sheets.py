"""A sheet of English names: which of its rows can be kept, and what is wrong in the others (R-RPT-20).

Not here: opening the sheet (`providers/sheets.py`), keeping the names (`translations.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from webapp.domain.refused import Refused
from webapp.domain.rosters.headers import placed
from webapp.domain.translations import KINDS, Check, Row
from webapp.models.school import Unit

HEADERS = {
    "kind": ("类别", "种类", "kind"),
    "zh": ("中文", "中文名称", "名称", "Chinese"),
    "en": ("英文", "英文名称", "译名", "English"),
}
"""The columns of a sheet and what they may be called."""

MOST = 5_000
"""Rows of one sheet."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that is not kept: the cell as it stands, and why, as a code with its facts."""

    row: int
    value: str
    code: str
    facts: dict = field(default_factory=dict)


def read(unit: Unit, rows: Iterable[tuple[str, int, list[str]]]) -> tuple[list[Row], list[Fault]]:
    """The rows that can be kept and those that cannot; one without English says nothing and is neither.

    Raises Refused: translation_columns, translation_rows (most).
    """
    rows = iter(rows)
    columns = placed(rows, HEADERS)
    if columns is None:
        raise Refused("translation_columns")
    check, good, faults, met = Check(unit), [], [], set()
    for count, (_sheet, number, cells) in enumerate(rows):
        if count >= MOST:
            raise Refused("translation_rows", most=MOST)
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        if not told["en"]:
            continue
        try:
            row = check(Row(_kind(told["kind"]), told["zh"], told["en"]))
            if row[:2] in met:
                raise Refused("translation_twice", value=row.zh)
        except Refused as refused:
            facts = {name: fact for name, fact in refused.facts.items() if name != "field"}
            faults.append(Fault(number, str(facts.get("value", "")), refused.code, facts))
        else:
            met.add(row[:2])
            good.append(row)
    return good, faults


def _kind(text: str) -> str:
    try:
        return KINDS.read(text).code
    except Refused:
        raise Refused("translation_kind", value=text) from None
