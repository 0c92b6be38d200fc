"""What students wrote to the office, as the office reads it: 信息有误, 查无学籍; who waits longest first (R-CHK-06, R-BND-09).

Not here: writing and answering them (`reported.py`, `no_record.py`).
"""

from collections.abc import Sequence

from peewee import JOIN, Expression, fn

from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.checks import WAITING, Check, NoRecord, Report, ReportedField, ReportedFile
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Grant

STATES = {"open": ("open",), "with_office": ("gathered", "working"), "waiting": WAITING, "answered": ("answered",)}
"""Which states a list holds, by its name: reports that a college has not handed on, those at the office, all unanswered."""


def waiting(grants: Sequence[Grant]) -> tuple[int, int]:
    """How many reports and how many notes wait for an answer."""
    reports = Report.select(fn.COUNT(Report.id)).where(scope.reports(grants) & Report.state.in_(WAITING))
    notes = NoRecord.select(fn.COUNT(NoRecord.id)).where(scope.no_records(grants) & (NoRecord.state == "open"))
    return reports.scalar(), notes.scalar()


def reports(
    grants: Sequence[Grant], which: str, place: Place = FIRST, only: Sequence[Expression] = (), size: int = keyset.SIZE
) -> Page:
    """Reports with their records and classes; `which` is one of STATES, `only` narrows the records.

    Those that wait stand oldest first, answered ones newest first.
    """
    query = Report.select(Report, Record, Class).join(Record).join(Class, JOIN.LEFT_OUTER)
    mine = query.where(scope.reports(grants) & Report.state.in_(STATES[which]), *only)
    return keyset.cut(mine, (Report.created, Report.id), place, newest=which == "answered", size=size)


def wrong_fields(reports: Sequence[Report]) -> dict[int, list[str]]:
    """The columns reported, by report, for a page of them."""
    found: dict[int, list[str]] = {report.id: [] for report in reports}
    rows = ReportedField.select(ReportedField.report, ReportedField.field).where(ReportedField.report.in_(list(found)))
    for report, column in rows.order_by(ReportedField.id).tuples():
        found[report].append(column)
    return found


def report(grants: Sequence[Grant], key: str) -> Report | None:
    """One report in reach, with its record."""
    query = Report.select(Report, Record, College, Class, Check, Campaign).join(Record).join(College, JOIN.LEFT_OUTER)
    query = query.join_from(Record, Class, JOIN.LEFT_OUTER).join_from(Report, Check, JOIN.LEFT_OUTER)
    query = query.join(Campaign, JOIN.LEFT_OUTER)
    return query.where(scope.reports(grants) & (Report.key == key)).first()


def fields(report: Report) -> list[ReportedField]:
    return list(ReportedField.select().where(ReportedField.report == report).order_by(ReportedField.id))


def files(report: Report) -> list[Upload]:
    """The pictures that came with a report, in the order in which they were chosen."""
    return list(Upload.select().join(ReportedFile).where(ReportedFile.report == report).order_by(ReportedFile.id))


def no_records(grants: Sequence[Grant], state: str, place: Place = FIRST) -> Page:
    """Notes with the account's typed data: open ones oldest first, answered ones newest first."""
    query = NoRecord.select(NoRecord, Account).join(Account)
    mine = query.where(scope.no_records(grants) & (NoRecord.state == state))
    return keyset.cut(mine, (NoRecord.created, NoRecord.id), place, newest=state == "answered")


def no_record(grants: Sequence[Grant], key: str) -> NoRecord | None:
    """One note in reach, with the account's typed data and the record that was found for it."""
    query = NoRecord.select(NoRecord, Account, Record, Unit).join(Account)
    query = query.join_from(NoRecord, Record, JOIN.LEFT_OUTER).join_from(NoRecord, Unit, JOIN.LEFT_OUTER)
    return query.where(scope.no_records(grants) & (NoRecord.key == key)).first()
