"""学籍信息核对表: a class on paper, which its students go through and sign, as schools collect it (R-SCH-19).

Not here: the files (`providers/sheet_export.py`, `templates/pdf/sheet.typ`); one leaves as every list does (`exports.py`).
"""

from collections.abc import Iterator

from webapp.domain.progress import View
from webapp.models.checks import Check
from webapp.models.records import Record

FIELDS = (
    "student_number", "name", "sex", "birth_date", "ethnic", "document", "level", "major", "length", "mode", "enrolled_on",
)  # fmt: skip
"""Columns of a record that are checked on paper; the document's number is masked, as in every list."""


def records(view: View) -> Iterator[Record]:
    """Everybody of the view's class in its campaign, those let off too, by 学号."""
    here = Record.id.in_(Check.select(Check.record).where(view.checks))
    return Record.select().where(here).order_by(Record.student_number, Record.id).iterator()
