"""卡住 while the school has a request in hand, or a report of 信息有误: the clock of the self-check stands still (R-CHK-17).

Not here: how a deadline moves (`checks.py`). The hour's sweep does it, whatever began or ended the wait.
"""

from datetime import datetime

from peewee import Expression, ModelSelect

from webapp.domain import checks, clock
from webapp.domain.corrections import lifecycle, moving
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.checks import WAITING, Check, Report
from webapp.models.corrections import Correction
from webapp.models.records import Record

REASON = "correction"

TO_DO = ("unseen", "seen", "again", "reported", "fixed", "kept")
"""States of a check that may still have to be confirmed."""

KEPT_OUT = ("duplicate", "frozen")
"""States of an account whose holder opens no request."""


def sweep() -> None:
    """Stop the clocks of checks whose record the school is to correct, let those of answered ones go on.

    Who was given days back already gets none for a request of today: sending and withdrawing again and again moves nothing.
    """
    midnight, _ = clock.day_bounds(clock.today())
    with transaction():
        begun = _records().where((Check.held == "") & Check.state.in_(TO_DO))
        checks.hold(begun.where(_asked() & ((Check.held_days == 0) | _asked(midnight))), REASON, TO_DO)
        ended = ~_asked() | Check.state.not_in(TO_DO)
        for record in _records().where((Check.held == REASON) & ended):
            checks.release(record, REASON)


def give_time() -> None:
    """Who cannot come in brings nothing either: the time for what a desk asked for begins anew until the account is open."""
    due = moving.due("returned", clock.now())
    out = Correction.account.in_(Account.select(Account.id).where(Account.state.in_(KEPT_OUT)))
    Correction.update(due=due).where((Correction.state == "returned") & (Correction.due < due) & out).execute()


def _asked(before: datetime | None = None) -> Expression:
    """The school has a request or a report about the record to answer, one that was sent `before` a moment."""
    requests = Correction.select(Correction.record).where(Correction.state.in_(lifecycle.OFFICES))
    reports = Report.select(Report.record).where(Report.state.in_(WAITING))
    if before is not None:
        requests, reports = requests.where(Correction.submitted < before), reports.where(Report.created < before)
    return Record.id.in_(requests) | Record.id.in_(reports)


def _records() -> ModelSelect:
    return Record.select(Record).distinct().join(Check)
