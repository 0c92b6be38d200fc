"""A record as lines of label and value, in the reader's language: what its page shows, and in which order.

Not here: what may be ticked as wrong (`domain/reported.py`).
"""

from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

from webapp.domain import clock
from webapp.domain.identity import documents
from webapp.domain.reported import fields_of
from webapp.models.own_record import OwnRecord
from webapp.web import language, told
from webapp.web.templating import template

IDENTITY = ("name", "sex", "birth_date", "ethnic", "document")
STUDIES = ("level", "major", "length", "college", "klass", "student_number")
FURTHER = (
    "unit_name",
    "unit_code",
    "document_kind",
    "political",
    "exam_number",
    "major_code",
    "category",
    "mode",
    "department",
    "enrolled_on",
    "expected_on",
    "left_on",
    "updated",
)
"""The rest of spec 5.1; 学籍状态 has a line of its own, with what it means."""

QUALIFICATION = (
    "name",
    "sex",
    "birth_date",
    "document",
    "unit_name",
    "unit_province",
    "major",
    "length",
    "level",
    "category",
    "mode",
    "enrolled_on",
    "graduated_on",
    "conclusion",
    "certificate",
    "certificate_serial",
    "president",
    "source",
    "updated",
)
"""学历 (spec 5.2)."""

ALWAYS = ("unit_name", "unit_code", "exam_number", "enrolled_on", "certificate", "conclusion", "president", *IDENTITY, *STUDIES)
"""Lines that stand even when the school left them empty."""

MARK = "\0"
"""Where a frame has its value; no value holds it."""


class Line(NamedTuple):
    column: str
    label: str
    value: str


def shown(found: OwnRecord, columns: tuple[str, ...]) -> list[Line]:
    """These columns of the record; a field that does not exist for this kind of student is left out (R-SCH-28)."""
    exists = fields_of(found.document_kind, found.ethnic)
    foreign = "ethnic" not in exists
    hidden = {"ethnic", "political"} if foreign else set()
    if found.left_on is not None:
        hidden.add("expected_on")  # 预计毕业日期 becomes 离校日期 once the student has left
    lang, labels = language.chosen(), told.column_labels()
    lines = (Line(name, labels[name], value(found, name, lang)) for name in columns if name not in hidden)
    return [line for line in lines if line.value or line.column in ALWAYS]


def unticked(lines: list[Line]) -> Markup:
    """Lines that may be ticked as wrong, as they stand before anything was: each value in its frame, which never changes."""
    frames = _frames(language.chosen())
    return Markup("".join(frames[line.column].replace(MARK, escape(line.value or "—")) for line in lines))  # noqa: S704


@cache
def _frames(_lang: str) -> dict[str, str]:
    tick = template("records/_line.html").module.tick
    return {column: str(tick(column, words, MARK)) for column, words in told.column_labels().items()}


def value(found: OwnRecord, column: str, lang: str) -> str:
    """One value as its reader sees it: codes as words, dates in full, the document's number masked."""
    if column == "document":
        return documents.masked(found.number)
    raw = getattr(found, column)
    if column in told.CODES:
        return told.label.to(lang, told.CODES[column], raw)
    if column == "length":
        return told.years.to(lang, raw)
    if column == "updated":
        return told.day.to(lang, clock.shown(raw).date())
    return told.day.to(lang, raw) if column.endswith(("_on", "_date")) else raw or ""
