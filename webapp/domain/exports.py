"""Lists that leave the system: who has not checked, and what was reported wrong. Each with a reason, masked (R-CHK-10).

Not here: the file itself (`providers/sheet_export.py`). Nothing is read before the Event of the export stands, and its
line in the log of exports.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peewee import JOIN

from webapp.domain import clock, journal, limits, progress
from webapp.domain.identity import documents
from webapp.domain.permissions import Actor, Can
from webapp.domain.progress import Student, View
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.checks import Check, Report, ReportedField
from webapp.models.desk import Export
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant, Staff

KINDS = ("unfinished", "errors")

PHOTO_CHECKS = "photo_checks"
"""图像校对 of a window, whole (R-IMG-17)."""

SHEET = "sheet"
"""The checking sheet of a class, which is asked for on a page of its own (`checking_sheet.py`)."""

REASONS = ("remind", "collect", "correct", "check")
"""What a list is taken away for: the history holds these codes, and no sentence in which a person might stand."""


class Unfinished(NamedTuple):
    """A student who still has to check; `document` is masked."""

    college: str
    klass: str
    document: str
    student: Student


class Wrong(NamedTuple):
    """One field that a student says is wrong: the record, the report it stands in, the column and the right value."""

    record: Record
    report: Report
    field: str
    right: str


NUMBER = 8
"""Characters of an export's key that stand in its file: a sheet that turns up somewhere is found again by them."""


def begin(actor: Actor, view: View, kind: str, reason: str) -> Export:
    """Write down who takes which list away and what for; without this nothing is read.

    Raises Refused: export_reason, export_limit (until), not_allowed.
    """
    if kind not in (*KINDS, SHEET, PHOTO_CHECKS) or not view.grants:
        raise Refused("not_allowed")
    if reason not in REASONS:
        raise Refused("export_reason", field="reason")
    place = view.klass or view.college
    with transaction():
        export = write_down(actor, view.campaign.unit, kind, reason, place)
        journal.record(f"export.{kind}", actor.name, view.campaign, reason=reason, place=place.key if place else "")
    return export


def write_down(actor: Actor, unit: Unit, kind: str, reason: str, place: College | Class | None = None) -> Export:
    """A line in the log of exports, for any list about many students; belongs in the transaction of its Event.

    Raises Refused: export_limit (until), not_allowed.
    """
    actor.require(Can.EXPORT)
    limits.spend("export:staff", actor.key)
    named = place.name if place else ""
    return Export.create(unit=unit, staff=Staff.by_key(actor.key), kind=kind, reason=reason, place=named, at=clock.now())


def counted(export: Export, rows: int) -> None:
    """The file is whole: so many rows left with it."""
    with transaction():
        export.rows = rows
        export.save()


def log(grants: Sequence[Grant], number: str = "", place: Place = FIRST) -> Page:
    """The lists that left these schools with who took them, newest first; `number` is the one in a file's mark."""
    query = Export.select(Export, Staff, Unit).join(Staff).join_from(Export, Unit).where(Export.unit.in_(scope.units(grants)))
    if number:
        query = query.where((Export.key >= number) & (Export.key < number + "\U0010ffff"))
    return keyset.cut(query, (Export.at, Export.id), place, newest=True)


def unfinished(view: View) -> Iterator[Unfinished]:
    """Who still has to check, by pinyin, one at a time: a school of 60,000 never stands in memory."""
    colleges = dict(College.select(College.id, College.name).where(College.unit == view.campaign.unit_id).tuples())
    for page in _pages(view):
        sealed = Record.select(Record.id, Record.key, Record.document, Record.college)
        found = {record.id: record for record in sealed.where(Record.id.in_([one.id for one in page]))}
        for one in page:
            record = found[one.id]
            document = documents.masked(record.document or "")
            yield Unfinished(colleges.get(record.college_id, ""), one.klass or "", document, one)


def _pages(view: View) -> Iterator[list[Student]]:
    place = progress.FIRST
    while True:
        page = progress.students(view, "all", place, size=500)
        if page.rows:
            yield page.rows
        if not page.after:
            return
        place = progress.Place(Record.by_key(page.rows[-1].key))


def errors(view: View) -> Iterator[Wrong]:
    """What was reported in the campaign, field by field: the oldest report first."""
    fields = (
        ReportedField.select(ReportedField, Report, Record, Class, College)
        .join(Report)
        .join_from(Report, Check, on=(Report.check_row == Check.id))
        .join_from(Report, Record)
        .join_from(Record, Class, JOIN.LEFT_OUTER)
        .join_from(Record, College, JOIN.LEFT_OUTER)
        .where(view.checks)
        .order_by(Report.created, ReportedField.id)
    )
    for field in fields.iterator():
        yield Wrong(field.report.record, field.report, field.field, field.right or "")
