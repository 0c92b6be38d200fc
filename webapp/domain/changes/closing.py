"""注销账号: the holder leaves: what that ends, seven days to think it over, and back in one step until then (R-ACC-50).

Not here: what an archived account leaves to whom (`duplicates/cascade.py`).
"""

from datetime import timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults, journal, messages, progress, sessions
from webapp.domain.certification import following
from webapp.domain.changes import requests
from webapp.domain.duplicates import effect
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.standing import ACCOUNT
from webapp.models.accounts import Account, Session
from webapp.models.base import transaction
from webapp.models.changes import PENDING, Amendment
from webapp.models.checks import WAITING, Check, NoRecord, Report
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Campaign


class Live(NamedTuple):
    """What an account has that closing it touches, each counted (spec 7.4)."""

    records: int
    unfinished: int
    reports: int
    notes: int
    changes: int
    devices: int
    online_reports: int
    applications: int


def live(account: Account) -> Live:
    """Counted now, for the page that asks before anything happens."""
    mine = Record.select(Record.id).where(Record.account == account)
    answering = (OnlineReport.account == account) & (OnlineReport.state == "active") & (OnlineReport.ends >= clock.today())
    open_ = Check.select(Check.id).join(Campaign).where(Check.record.in_(mine) & ~Campaign.closed)
    return Live(
        records=mine.count(),
        unfinished=open_.where(progress.waiting()).count(),
        reports=Report.select().where(Report.record.in_(mine) & Report.state.in_(WAITING)).count(),
        notes=NoRecord.select().where((NoRecord.account == account) & (NoRecord.state == "open")).count(),
        changes=Amendment.select().where((Amendment.account == account) & Amendment.state.in_(PENDING)).count(),
        devices=len(sessions.live(account)),
        online_reports=OnlineReport.select().where(answering).count(),
        applications=len(following.under_way(account)),
    )


def close(account: Account, session: Session) -> str:
    """Begin the cooling period: from now on only taking it back is open. Returns the cookie of a new session, the only one.

    Raises moved_on unless the account is active.
    """
    at = clock.now()
    wait = timedelta(days=defaults.value("acc.cancel_cooling_days"))
    with transaction():
        account = ACCOUNT.move(account, "close", student(account.key, account.state), closes=at + wait)
        for kind in requests.KINDS:
            if requests.pending(account, kind) is not None:
                requests.withdraw(account, kind)
        sessions.end_all(account)
        messages.tell(account, "account_closing", until=account.closes)
        journal.promise("accounts.close", delay=wait, key=account.key)
        return sessions.begin(account, session.device, session.network)


def keep(account: Account) -> Account:
    """撤销注销: everything is as it was. Raises moved_on when the time is over."""
    with transaction():
        account = ACCOUNT.move(account, "keep", student(account.key, account.state), closes=None)
        messages.tell(account, "account_kept")
    return account


def finish(key: str) -> None:
    """When the time is over: the account is archived. One that was kept, or began again later, is left alone."""
    with transaction():
        account = Account.by_key(key)
        if account is None or account.state != "closing" or account.closes > clock.now():
            return
        messages.tell(account, "account_closed")
        effect.archive(account, "own_request", SYSTEM)
