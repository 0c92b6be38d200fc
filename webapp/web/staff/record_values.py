"""A record's values as staff read them: codes as words, the document's number masked, even where a student typed it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain.identity import documents
from webapp.models.records import Record
from webapp.web import told

OUTCOMES = {"": _l("待处理"), "fixed": _l("已更正"), "kept": _l("不予更正")}


def shown(record: Record, column: str) -> str:
    """One value of the record."""
    if column == "document":
        return documents.masked(record.document or "")
    if column == "photo":
        return _("已上传") if record.photo_id else _("未上传")
    raw = getattr(record, column)
    if column in told.CODES:
        return told.label(told.CODES[column], raw)
    if column in ("college", "klass"):
        return raw.name if raw else ""
    if column == "length":
        return told.years(raw)
    return told.day(raw) if column.endswith(("_on", "_date")) else raw or ""


def said(column: str, right: str) -> str:
    """What a student gave as the right value."""
    return documents.masked(right) if column == "document" else right
