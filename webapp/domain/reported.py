"""信息有误: what a student says is wrong in the own record, and the school's answer (R-CHK-05, R-CHK-06).

Not here: its way over the college to the records office (`handling.py`), changing the record (`enrolment/editing.py`), and
the evidence that a correction needs (`corrections/`).
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from webapp.domain import checks, clock, journal, messages, workdays
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.checks import WAITING, Check, Report, ReportedField, ReportedFile
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff

FIELDS = (
    "name",
    "sex",
    "birth_date",
    "document",
    "ethnic",
    "level",
    "major",
    "length",
    "college",
    "klass",
    "student_number",
    "photo",
)
"""The twelve fields that a self-check goes through, in the order of the school's notices (R-CHK-03)."""

FOREIGN = ("9", "A")
"""Kinds of document of foreign students (来华留学生), whose records have no 民族 and no 政治面貌 (R-SCH-28)."""

NOTE = 200
"""Characters of a note, and of the school's answer."""

RIGHT = 100
"""Characters of a right value."""

FILES = 5
"""Photos of one report; each is stored with 2 MB at most, whatever came in (`jobs/images.py`)."""

FILE_BYTES = 15 * 1024 * 1024
"""Bytes of a photo as a phone sends it."""

UNNAMED = timedelta(hours=72)
"""For how long a stored photo waits for the report that names it."""

_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP|....ftyp(?:hei[cxms]|he[vc]|mif1|msf1)", re.DOTALL).match

ANSWER_WORKDAYS = 10
"""Working days after a campaign's last day in which every report of it is answered."""

REPORT = Lifecycle(
    Report,
    Move("forward", ("open",), "gathered", Can.FORWARD),
    Move("take", ("open", "gathered"), "working", Can.ANSWER),
    Move("answer", WAITING, "answered", Can.ANSWER),
)


def due(ends: date | None) -> datetime | None:
    """The last moment for the answer: the tenth working day after the campaign's last day; none while it has no end."""
    return workdays.due(clock.day_bounds(ends)[0], ANSWER_WORKDAYS) if ends else None


def fields_of(document_kind: str, ethnic: str) -> tuple[str, ...]:
    """The fields that exist for this kind of student."""
    if document_kind in FOREIGN and not ethnic:
        return tuple(field for field in FIELDS if field != "ethnic")
    return FIELDS


def report(check: Check, account: Account, actor: Actor, wrong: dict[str, str], note: str, files: Sequence[Upload]) -> Report:
    """Tell the school what is wrong: `wrong` maps columns of `FIELDS` to the right value (photo: any text or none).

    Sent twice, the first report stands. Raises Refused: report_nothing, report_field, report_right (field),
    report_right_long (field, most), report_note_long (most, over), report_files (most), report_open, check_not_open.
    """
    record = check.record
    look_over(record, wrong, note, len(files))
    with transaction():
        check = check.locked()  # before a row that points at it: two who wrote theirs first would wait for each other
        if before := open_report(record):
            if _said(before) == wrong:
                return before
            raise Refused("report_open")
        said = {"note": note or None, "created": clock.now(), "due": due(check.campaign.ends)}
        made = Report.create(check_row=check, record=record, account=account, **said)
        for column in FIELDS:
            if column in wrong:
                ReportedField.create(report=made, field=column, right=wrong[column] or None)
        for upload in files:
            ReportedFile.create(report=made, upload=upload)
            Upload.update(expires=None).where(Upload.id == upload.id).execute()
            journal.promise("images.clean", key=upload.key)
        checks.CHECK.move(check, "report", actor, detail={"fields": sorted(wrong)}, seen=check.seen or clock.now())
        checks.tell(check, "report_received")
    return made


def takes_files(check: Check) -> bool:
    """May photos be stored for a report now? Where none can be made, or one waits, they would only fill the disk."""
    return checks.begun(check.campaign) and check.state in checks.CHECK.moves["report"].leaves


def check_file(data: bytes) -> None:
    """Refuse at the door what is no photo by its first bytes: report_file_kind, report_file_big (most, in MB)."""
    if not _PICTURE(data):
        raise Refused("report_file_kind", field="files")
    if len(data) > FILE_BYTES:
        raise Refused("report_file_big", field="files", most=FILE_BYTES // 1024 // 1024)


def look_over(record: Record, wrong: dict[str, str], note: str, files: int) -> None:
    """Refuse what cannot be a report, before a photo of it is stored; `report` asks the same."""
    if not wrong:
        raise Refused("report_nothing")
    if set(wrong) - set(fields_of(record.document_kind, record.ethnic)):
        raise Refused("report_field")
    for column, right in wrong.items():
        if not right and column != "photo":
            raise Refused("report_right", field=column)
        if len(right) > RIGHT:
            raise Refused("report_right_long", field=column, most=RIGHT)
    if len(note) > NOTE:
        raise Refused("report_note_long", field="note", most=NOTE, over=len(note) - NOTE)
    if files > FILES:
        raise Refused("report_files", field="files", most=FILES)


def open_report(record: Record) -> Report | None:
    """The report that waits for its answer; there is one at most."""
    return Report.get_or_none((Report.record == record) & Report.state.in_(WAITING))


def last_said(record_id: int) -> list[ReportedField]:
    """The fields of the newest report of a record, each with its report: one query."""
    query = ReportedField.select(ReportedField, Report).join(Report).where(Report.record == record_id)
    rows = list(query.order_by(Report.id.desc(), ReportedField.id))
    return [row for row in rows if row.report_id == rows[0].report_id]


def _said(report: Report) -> dict[str, str]:
    return {field.field: field.right or "" for field in report.fields}


def answer(report: Report, actor: Actor, staff: Staff, outcome: str, text: str) -> Report:
    """The school's answer: `outcome` fixed (已更正) or kept (不予更正), with a text for the student.

    Raises Refused: outcome_unknown, answer_empty, answer_long (most, over), moved_on, not_allowed.
    """
    if outcome not in ("fixed", "kept"):
        raise Refused("outcome_unknown", field="outcome")
    if not text:
        raise Refused("answer_empty", field="answer")
    if len(text) > NOTE:
        raise Refused("answer_long", field="answer", most=NOTE, over=len(text) - NOTE)
    with transaction():
        if (check := report.check_row) and check.locked().state == "reported":
            checks.CHECK.move(check, "fix" if outcome == "fixed" else "keep", actor)
        answered = {"outcome": outcome, "answer": text, "staff": staff, "answered": clock.now()}
        told = REPORT.move(report, "answer", actor, detail={"outcome": outcome}, **answered)
        messages.tell(told.account, "report_answered", link=f"/records/{told.record.key}", topic="check")
    return told
