"""课程: what a line of a transcript may say, in both languages, and reading a sheet of them (R-INT-07).

Not here: whose transcript it is (`transcripts.py`), opening a sheet (`providers/sheets.py`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.refused import Refused
from webapp.domain.rosters.headers import placed

KINDS = Table("course_kinds", (
    Entry("required", "必修", "Required", ("必修课", "compulsory", "core")),
    Entry("elective", "选修", "Elective", ("选修课", "限选", "任选", "公选", "optional")),
    Entry("practice", "实践", "Practice", ("实践课", "实习", "实训", "practical")),
    Entry("thesis", "毕业设计（论文）", "Thesis", ("毕业论文", "毕业设计", "论文")),
))  # fmt: skip

MARKS = Table("marks", (
    Entry("优秀", "优秀", "Excellent", ("优",)),
    Entry("良好", "良好", "Good", ("良",)),
    Entry("中等", "中等", "Average", ("中",)),
    Entry("及格", "及格", "Pass", ()),
    Entry("不及格", "不及格", "Fail", ()),
    Entry("合格", "合格", "Qualified", ("通过",)),
    Entry("不合格", "不合格", "Not qualified", ("不通过", "未通过")),
    Entry("免修", "免修", "Exempted", ("免考",)),
))  # fmt: skip
"""Marks in words; the others are numbers up to 100, or letters from A+ to F."""

MOST = 200
"""Courses of one transcript."""

COLUMNS = {
    "name": ("课程名称", "课程名称（中文）", "课程", "course", "course name (chinese)"),
    "english": ("课程英文名称", "课程名称（英文）", "英文名称", "course in english", "course name (english)"),
    "credit": ("学分", "credit", "credits"),
    "mark": ("成绩", "分数", "mark", "grade", "score"),
    "kind": ("性质", "课程性质", "类别", "kind", "type"),
}
"""Columns of a sheet by the heads that they may have."""

_credit = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?").fullmatch
_number = re.compile(r"100(\.0)?|[0-9]{1,2}(\.[0-9])?").fullmatch
_letter = re.compile(r"[A-F][+-]?").fullmatch


@dataclass(frozen=True, slots=True)
class Line:
    """A course as it is kept: every value checked, the kind a code of KINDS, a mark in words one of MARKS."""

    name: str
    english: str
    credit: str
    mark: str
    kind: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a sheet that cannot be taken: its number, the cell, and why."""

    row: int
    value: str
    refused: Refused


def line(**typed: str) -> Line:
    """A course out of the five values that somebody typed, by the names of COLUMNS. Raises the first of `faults`."""
    for refused in faults(**typed):
        raise refused
    told = {name: " ".join(value.split()) for name, value in typed.items()}
    return Line(**told | {"mark": _mark(told["mark"]), "kind": KINDS.read(told["kind"]).code})


def faults(*, name: str, english: str, credit: str, mark: str, kind: str) -> list[Refused]:
    """All that is wrong with what was typed: course_name, course_english, course_credit, course_mark, course_kind.

    Each with `field` and the `value` there.
    """
    right = {
        "name": 1 <= len(name.strip()) <= 60,
        "english": 1 <= len(english.strip()) <= 120 and english.isascii(),
        "credit": _credit(credit.strip()) is not None and float(credit) > 0,
        "mark": _mark(mark.strip()) is not None,
        "kind": _known(KINDS, kind),
    }
    typed = {"name": name, "english": english, "credit": credit, "mark": mark, "kind": kind}
    return [CODES[field](typed[field]) for field, fits in right.items() if not fits]


CODES = {
    "name": lambda value: Refused("course_name", field="name", value=value),
    "english": lambda value: Refused("course_english", field="english", value=value),
    "credit": lambda value: Refused("course_credit", field="credit", value=value),
    "mark": lambda value: Refused("course_mark", field="mark", value=value),
    "kind": lambda value: Refused("course_kind", field="kind", value=value),
}


def _mark(text: str) -> str | None:
    """A mark as it is kept; None for what is none."""
    if _number(text) or _letter(text.upper()):
        return text.upper()
    return MARKS.read(text).code if _known(MARKS, text) else None


def _known(table: Table, text: str) -> bool:
    try:
        table.read(text)
    except Refused:
        return False
    return True


def mark_in_english(mark: str) -> str:
    return MARKS[mark].en if mark in MARKS else mark


def read(rows: Iterable[tuple[str, int, list[str]]]) -> tuple[list[Line], list[Fault]]:
    """The courses of a sheet, and the rows that cannot be taken. Raises Refused: course_columns, courses_most (most)."""
    rows = iter(rows)
    columns = placed(rows, COLUMNS)
    if columns is None:
        raise Refused("course_columns")
    lines, faults = [], []
    for _sheet, number, cells in rows:
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        if not any(told.values()):
            continue
        if len(lines) + len(faults) >= MOST:
            raise Refused("courses_most", most=MOST)
        try:
            lines.append(line(**told))
        except Refused as refused:
            faults.append(Fault(number, refused.facts["value"], refused))
    if not lines and not faults:
        raise Refused("transcript_courses")
    return lines, faults
