"""A record as lines of label and value, in the reader's language: what its page shows, and in which order.

Not here: what may be ticked as wrong (`domain/reported.py`).
"""

from collections.abc import Iterator
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

ALWAYS = frozenset(
    ("unit_name", "unit_code", "exam_number", "enrolled_on", "certificate", "conclusion", "president", *IDENTITY, *STUDIES)
)
"""Lines that stand even when the school left them empty."""

DAYS = frozenset(("birth_date", "enrolled_on", "expected_on", "left_on", "graduated_on"))
"""Columns that hold a date."""

MARK = "\0"
"""Where a frame has its value; no value holds it."""


class Line(NamedTuple):
    column: str
    label: str
    value: str


def shown(found: OwnRecord, *sections: tuple[str, ...]) -> Iterator[list[Line]]:
    """Columns of the record, by section; a field that does not exist for this kind of student is left out (R-SCH-28)."""
    exists = fields_of(found.document_kind, found.ethnic)
    foreign = "ethnic" not in exists
    hidden = {"ethnic", "political"} if foreign else set()
    if found.left_on is not None:
        hidden.add("expected_on")  # 预计毕业日期 becomes 离校日期 once the student has left
    lang = language.chosen()
    labels = told.column_labels.to(lang)
    for columns in sections:
        said = [(name, value(found, name, lang)) for name in columns if name not in hidden]
        yield [Line(name, labels[name], words) for name, words in said if words or name in ALWAYS]


def unticked(lines: list[Line]) -> Markup:
    """Lines that may be ticked as wrong, as they stand before anything was."""
    return _framed(lines, _frames(language.chosen(), "tick"))


def rows(lines: list[Line]) -> Markup:
    """Lines that are only read."""
    return _framed(lines, _frames(language.chosen(), "row"))


def _framed(lines: list[Line], frames: dict[str, str]) -> Markup:
    """Each value in its frame, which never changes."""
    return Markup("".join([frames[column].replace(MARK, escape(words or "—")) for column, _, words in lines]))  # noqa: S704


@cache
def _frames(_lang: str, macro: str) -> dict[str, str]:
    frame = getattr(template("records/_line.html").module, macro)
    return {column: str(frame(column, words, MARK)) for column, words in told.column_labels().items()}


def value(found: OwnRecord, column: str, lang: str) -> str:
    """One value as its reader sees it: codes as words, dates in full, the document's number masked."""
    if column in told.CODES:
        return told.label.to(lang, told.CODES[column], getattr(found, column))
    if column in DAYS:
        return told.day.to(lang, getattr(found, column))
    if column == "document":
        return documents.masked(found.number)
    if column == "length":
        return told.years.to(lang, found.length)
    if column == "updated":
        return told.day.to(lang, clock.shown(found.updated).date())
    return getattr(found, column) or ""
