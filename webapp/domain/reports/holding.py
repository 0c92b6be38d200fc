"""What the holder sees of an own report: how it stands today, and who looked at it (R-RPT-09 to 14).

Not here: issuing and ending it (`issuing.py`), what strangers see (`verifying.py`).
"""

from datetime import date, timedelta
from typing import NamedTuple

from peewee import JOIN, fn

from webapp.domain import clock, defaults
from webapp.domain.organisations import asking
from webapp.domain.reports import issuing, verifying
from webapp.models import keyset
from webapp.models.accounts import Account
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import Look, OnlineReport
from webapp.models.school import Unit
from webapp.models.verifications import CheckReceipt

SIZE = 10
"""Reports on a page."""

LOOKS = 10
"""Looks on a page."""

SOON = timedelta(days=7)
"""How long before its end a report is 快到期, and its holder reminded for the first time."""


UNTOLD = ("pending", "refused", "corrected")
"""How a report stands whose code nobody is told."""


class Looks(NamedTuple):
    """A page of the looks at a report, newest first, and how many there are in all; `seen` were shown its contents.

    `who`: by a look's number, the organisation that looked and the consent that it told (R-RPT-24). `receipts`: 核验回执 that
    were taken (R-RPT-27).
    """

    rows: list[Look]
    who: dict[int, tuple[str, str]]
    number: int
    last: int
    all: int
    seen: int
    receipts: int


def page(account: Account, place: Place = FIRST) -> Page:
    """The holder's reports, newest first, each with its record and school."""
    query = OnlineReport.select(OnlineReport, Record, Unit).join(Record).join(Unit)
    mine = query.where(OnlineReport.account == account)
    if place.row is not None and place.row.account_id != account.id:
        place = FIRST
    return keyset.cut(mine, (OnlineReport.issued, OnlineReport.id), place, newest=True, size=SIZE)


def standing(report: OnlineReport) -> str:
    """How a report of somebody who may open own records stands: its state, and of an active one expired, withheld or soon."""
    if report.state != "active":
        return report.state
    if report.ends < clock.today():
        return "expired"
    if verifying.doubtful(report.record.kind, report.record.status, is_theirs(report)):
        return "withheld"
    return "soon" if report.ends <= clock.today() + SOON else "active"


def is_theirs(report: OnlineReport) -> bool:
    """Is the record still that of who issued the report?"""
    return report.record.account_id == report.account_id


def find(account: Account, key: str) -> OnlineReport | None:
    """One of the holder's reports with its record, school and file, or None."""
    query = OnlineReport.select(OnlineReport, Record, Unit, Upload).join(Record).join(Unit).switch(OnlineReport)
    mine = (OnlineReport.key == key) & (OnlineReport.account == account)
    return query.join(Upload, JOIN.LEFT_OUTER, on=OnlineReport.upload).where(mine).first()


def longer(report: OnlineReport) -> list[tuple[int, date]]:
    """(months, last day) of every extension that makes the report end later than it does."""
    every = range(defaults.value("rpt.months_min"), defaults.value("rpt.months_max") + 1)
    return [(months, last) for months in every if (last := issuing.end(months)) > report.ends]


def looks(report: OnlineReport, number: int = 1) -> Looks:
    """The page `number`, from 1; the last one where there are fewer."""
    here = Look.report == report
    counts = dict(Look.select(Look.verdict, fn.COUNT(Look.id)).where(here).group_by(Look.verdict).tuples())
    total = sum(counts.values())
    last = max(1, -(-total // LOOKS))
    number = min(max(number, 1), last)
    rows = list(Look.select().where(here).order_by(Look.at.desc(), Look.id.desc()).paginate(number, LOOKS)) if total else []
    receipts = CheckReceipt.select().where(CheckReceipt.report == report).count()
    return Looks(rows, asking.behind(rows), number, last, total, counts.get("valid", 0), receipts)
