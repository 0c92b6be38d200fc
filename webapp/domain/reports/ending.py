"""Reminders before a report ends, a week and a day ahead, each once (R-RPT-10).

Not here: extending it (`issuing.py`), which lets both be told again.
"""

from datetime import timedelta

from webapp.domain import clock, messages
from webapp.domain.reports import holding
from webapp.models.accounts import OWNING, Account
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

DAYS = (7, 1)
"""How many days ahead, the longest first."""

PORTION = 100


def remind() -> int:
    """Tell every holder whose report ends within a week, or by tomorrow, and who was not told so yet. Returns how many.

    Once its last week has begun a machine that was off in the morning tells in the afternoon.
    """
    told = 0
    for days in reversed(DAYS):
        while portion := _due(days):
            told += sum(_tell(one, days) for one in portion)
    return told


def _due(days: int) -> list[OnlineReport]:
    today = clock.today()
    ending = (OnlineReport.state == "active") & OnlineReport.ends.between(today, today + timedelta(days=days))
    query = OnlineReport.select(OnlineReport, Account, Record).join(Account).switch(OnlineReport).join(Record)
    return list(query.where(ending & _untold(days)).order_by(OnlineReport.ends).limit(PORTION))


def _untold(days: int):
    return OnlineReport.reminded.is_null() | (OnlineReport.reminded > days)


def _tell(report: OnlineReport, days: int) -> bool:
    """Tick it off, if nobody did meanwhile, and tell; not who has lost the record or left, and not of what shows nothing."""
    with transaction():
        mine = (OnlineReport.id == report.id) & _untold(days)
        if OnlineReport.update(reminded=days).where(mine).execute() != 1:
            return False
        if report.account.state not in OWNING or holding.standing(report) != "soon":
            return False
        until, page = clock.day_bounds(report.ends)[1] - timedelta(seconds=1), f"/reports/{report.key}"
        messages.tell(report.account, "report_ending", link=page, topic="progress", until=until, page=page)
    return True
