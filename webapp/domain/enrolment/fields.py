"""The fields of a record that a person may change: which are key (关键信息), how a typed text becomes a value, and back.

Not here: whole rosters (`rosters/`), and who may change what (`editing.py`).
"""

from datetime import date

from webapp.domain import rosters
from webapp.domain.identity import documents, phones, tables
from webapp.domain.identity.code_table import Table
from webapp.domain.refused import Refused
from webapp.domain.rosters import values
from webapp.domain.rosters.values import NO_SCHOOL, Doubt
from webapp.models.records import Record
from webapp.models.school import Class, College

PLACES = ("college", "klass")
SEALED = ("document", "phone", "email")
IDENTITY = ("name", "document_kind", "country", "document")
"""What binding goes by."""

KEY = frozenset(column.field for kind in rosters.KINDS for column in rosters.COLUMNS[kind] if column.key)
"""关键信息: a school changes them by a correction, an alteration or the province alone (R-SCH-20)."""

EDITED = (
    "political", "category", "major_code", "college", "department", "klass", "student_number", "enrolled_on", "expected_on",
    "left_on", "phone", "email", "counsellor",
)  # fmt: skip
"""What the records office changes by itself, with its history (R-SCH-20)."""

CODES: dict[str, Table] = {
    "sex": tables.SEXES,
    "ethnic": tables.ETHNIC_GROUPS,
    "political": tables.POLITICAL,
    "level": tables.LEVELS,
    "category": tables.CATEGORIES,
    "mode": tables.MODES,
    "status": tables.STATUSES,
    "conclusion": tables.CONCLUSIONS,
    "document_kind": values.DOCUMENT_KINDS,
    "special": tables.SPECIALS,
}
"""Fields that hold a code, and what explains it."""

_READERS = values.readers(NO_SCHOOL)


def read(record: Record, field: str, text: str) -> object:
    """What somebody typed, as the record keeps it; "" or None empties. Refused: as rosters are, class_unknown (names).

    A class is the record's college's own; where that has none of the name, the one class of the school that bears it.
    """
    try:
        if field == "name":
            return values.name(text).stored
        if field == "document":
            number = values.document(text)
            values.check_document(record.document_kind, number, record.country)
            return number
        if field in PLACES:
            return _place(record, field, " ".join(text.split()))
        value = _READERS[field][0](text)
    except Doubt as doubt:
        if doubt.value in ("", None) and text.strip():
            raise Refused(doubt.code, field=field, **doubt.facts) from None
        value = doubt.value.stored if field == "name" else doubt.value
    except Refused as refused:
        refused.facts.setdefault("field", field)
        raise
    return date.fromisoformat(value) if value and field.endswith(("_on", "_date")) else value


def _place(record: Record, field: str, name: str) -> College | Class | None:
    if not name:
        return None
    model = College if field == "college" else Class
    found = list(model.select().where((model.unit == record.unit_id) & (model.name == name)))
    if len(found) > 1:
        found = [one for one in found if one.college_id == record.college_id]
    if len(found) != 1:
        raise Refused("class_unknown" if field == "klass" else "college_unknown", field=field, names=name)
    return found[0]


def text_of(value: object) -> str:
    """A value as it is kept: places by name, days as ISO text."""
    if isinstance(value, (College, Class)):
        return value.name
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def shown(field: str, text: str, language: str) -> str:
    """A kept value as its reader sees it: codes as words, numbers of documents and phones masked."""
    if field == "document":
        return documents.masked(text)
    if field == "phone" and text:
        return phones.masked(text)
    if field in CODES and text in CODES[field]:
        entry = CODES[field][text]
        return entry.en if language == "en" else entry.zh
    return text
