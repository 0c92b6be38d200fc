"""A roster (样例名册) to try the import with: classmates as they are, some changed, newcomers, and rows with the usual faults.

Its people are the demo's. What becomes of each row is decided by `domain/rosters` and `domain/imports`, not here.
"""

from itertools import count, islice
from pathlib import Path

from webapp.cli.demo import people
from webapp.cli.demo.school import PROGRAMMES
from webapp.domain.identity import tables
from webapp.models.records import Record
from webapp.providers import sheet_export

NAME = "样例名册.xlsx"

KNOWN, NEW = 20, 14
"""How many classmates and how many newcomers; one more newcomer for each of `FAULTS`."""

COLUMNS = (
    ("学号", 16), ("考生号", 18), ("姓名", 14), ("性别", 6), ("身份证号", 22), ("民族", 8), ("政治面貌", 10), ("学院", 16),
    ("专业名称", 18), ("班级", 14), ("层次", 12), ("学制", 6), ("学历类别", 14), ("学习形式", 12), ("入学日期", 12),
    ("预计毕业日期", 12), ("学籍状态", 16),
)  # fmt: skip
"""Header and width."""

CHANGES = ({"民族": "苗族"}, {"政治面貌": "中共预备党员"}, {"学籍状态": "休学"}, {"学院": "数字技术学院"})
"""What this roster says otherwise of those who have not looked yet; 民族 is a key field and takes a reason."""

TOO_LATE = {"民族": "满族"}
"""The same of somebody who has looked: it is left for a correction."""

FAULTS = (
    {"身份证号": "1.10105E+17"},
    {"身份证号": "110105200801010000"},
    {"层次": "大转"},
    {"姓名": ""},
    {"入学日期": "2026-09-31"},
    {"学号": "2.02651E+11"},
    {"性别": "未知数"},
)
"""Digits that a spreadsheet has rewritten or rounded away, a typing error in a table's word, a gap, a day that is none."""


def write(target: Path) -> None:
    """Write the roster of the first school, as Excel would have it: a title, the headers, every cell as text."""
    first = Record.select().where(Record.kind == "enrolment").order_by(Record.id).first()
    mark = f"{first.unit.name} {first.enrolled_on.year} 级新生名册（样例，人物都是虚构的）"
    sheet_export.write(target, mark, COLUMNS, (list(row.values()) for row in _rows(first)))


def _rows(first: Record) -> list[dict[str, str]]:
    here = (Record.unit == first.unit) & (Record.klass == first.klass) & (Record.kind == "enrolment")
    unseen_first = Record.select().where(here).order_by(Record.opened.is_null(False), Record.id.desc()).limit(KNOWN)
    *known, looked = [_row(record) for record in unseen_first]
    changed = [{**row, **change} for row, change in zip(known, CHANGES, strict=False)]
    taken = Record.select().where(Record.kind == "enrolment").count()
    newcomers = (_newcomer(looked, first, place, taken + 1 + place) for place in count())
    new = list(islice(newcomers, NEW))
    wrong = [{**next(newcomers), **fault} for fault in FAULTS]
    return [*known[len(changed) :], *changed, {**looked, **TOO_LATE}, *new, *wrong]


def _row(record: Record) -> dict[str, str]:
    """What a school writes into the columns for a record."""
    cells = (
        record.student_number,
        record.exam_number,
        record.name,
        tables.SEXES[record.sex].zh,
        record.document,
        tables.ETHNIC_GROUPS[record.ethnic].zh,
        tables.POLITICAL[record.political].zh,
        record.college.name,
        record.major,
        record.klass.name,
        tables.LEVELS[record.level].zh,
        record.length,
        tables.CATEGORIES[record.category].zh,
        tables.MODES[record.mode].zh,
        str(record.enrolled_on),
        str(record.expected_on),
        tables.STATUSES[record.status].zh,
    )
    return {head: cell for (head, _width), cell in zip(COLUMNS, cells, strict=True)}


def _newcomer(classmate: dict[str, str], first: Record, place: int, number: int) -> dict[str, str]:
    """The `number`-th person of the demo, of whom there is no record yet, in the same class."""
    person = people.person(number, first.enrolled_on.year - PROGRAMMES[0].age - 1)
    own = {
        "学号": f"{first.student_number[:-2]}{60 + place}",
        "考生号": f"{first.exam_number[:-6]}{number % 1_000_000:06d}",
        "姓名": person.name,
        "性别": tables.SEXES[person.sex].zh,
        "身份证号": person.id_number,
    }
    return {**classmate, **own}
