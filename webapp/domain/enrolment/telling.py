"""What the holder is told when somebody changes the record: old and new values, and whether to confirm again (R-CHK-15).

Names and document numbers never go into a message (R-MSG-12): there only the field is named.
"""

from collections.abc import Mapping

from webapp.domain import messages
from webapp.domain.checks import CHECK
from webapp.domain.enrolment import fields
from webapp.domain.permissions import SYSTEM
from webapp.domain.reported import FIELDS as CHECKED
from webapp.domain.rosters import COLUMNS, KINDS
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign

UNSAID = frozenset((*fields.IDENTITY, "birth_date", *fields.SEALED))
"""Fields whose values stay out of a message."""

ENGLISH = {
    "name": "Name", "sex": "Sex", "birth_date": "Date of birth", "document_kind": "Kind of document",
    "document": "Document number", "country": "Country", "ethnic": "Ethnic group", "political": "Political status",
    "level": "Level", "length": "Years of study", "category": "Category", "mode": "Mode of study", "major": "Major",
    "major_code": "Major code", "college": "College", "department": "Department", "klass": "Class",
    "student_number": "Student number", "exam_number": "Examinee number", "enrolled_on": "Date of entry",
    "expected_on": "Expected graduation", "left_on": "Date of leaving", "status": "Status", "phone": "Phone", "email": "E-mail",
    "counsellor": "Counsellor", "graduated_on": "Date of graduation", "conclusion": "Conclusion",
    "certificate": "Certificate number", "certificate_serial": "Certificate serial", "president": "President",
    "source": "Source", "special": "Special category",
}  # fmt: skip
"""What the fields are called in an English message; the Chinese labels are those of the rosters."""

CHINESE = {column.field: column.label for kind in KINDS for column in COLUMNS[kind]}

UNTOLD = ("B8",)

BACK = ("seen", "confirmed", "fixed", "kept")
"""States of a self-check that count no more once the record says something else."""


def changed(record: Record, values: Mapping[str, tuple[object, object]]) -> None:
    """Tell the holder, and put self-checks that were done back; in the transaction of the change."""
    back = bool(set(CHECKED) & set(values)) and put_back(record)
    if record.account_id is None:
        return
    said = {lang: "\n".join(_line(field, pair, lang) for field, pair in values.items()) for lang in ("zh", "en")}
    template = "record_changed_again" if back else "record_changed"
    messages.notify(record.account, template, link=f"/records/{record.key}", topic="check", **said)


def status(record: Record, before: str) -> None:
    """Tell the holder what the 学籍状态 is now; nobody is told of a death."""
    if record.account_id is None or record.status in UNTOLD:
        return
    said = {lang: fields.shown("status", record.status, lang) for lang in ("zh", "en")}
    was = {f"was_{lang}": fields.shown("status", before, lang) for lang in ("zh", "en")}
    messages.notify(record.account, "status_changed", link=f"/records/{record.key}", topic="check", **said, **was)


def put_back(record: Record) -> bool:
    """需重新确认 for every running self-check of the record that was begun. Was there one?"""
    running = Campaign.select(Campaign.id).where(~Campaign.closed)
    begun = list(Check.select().where((Check.record == record) & Check.campaign.in_(running) & Check.state.in_(BACK)))
    for check in begun:
        CHECK.move(check, "again", SYSTEM, confirmed=None, detail={"why": "changed"})
    return bool(begun)


def _line(field: str, pair: tuple[object, object], language: str) -> str:
    name = ENGLISH[field] if language == "en" else CHINESE[field]
    if field in UNSAID:
        return name
    before, after = (fields.shown(field, fields.text_of(value), language) or "—" for value in pair)
    colon = ": " if language == "en" else "："
    return f"{name}{colon}{before} → {after}"
