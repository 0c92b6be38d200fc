"""Plain logs that end: who looked at which record or report, and which SMS and mails went out (never what they said).

Not here: history (`journal.py`) and log-ins (`login.py`), which have times of their own.
"""

from datetime import timedelta

from peewee import ModelSelect

from webapp.domain import clock, defaults
from webapp.models.messages import Message
from webapp.models.records import View
from webapp.models.report_mails import ReportMail
from webapp.models.reports import Look

PORTION = 500
"""Rows that are dropped in one go, so that nobody waits for the lock."""


def sweep() -> int:
    """Drop looks after `ret.view_days`, and messages that wait for nothing after `ret.message_days`. Returns how many."""
    over = Message.state != "queued"
    looks = _drop(View.select(View.id, View.at), "ret.view_days") + _drop(Look.select(Look.id, Look.at), "ret.view_days")
    looks += _drop(ReportMail.select(ReportMail.id, ReportMail.at), "ret.message_days")
    return looks + _drop(Message.select(Message.id, Message.created).where(over), "ret.message_days")


def _drop(log: ModelSelect, setting: str) -> int:
    """Rows were written in the order of time: the oldest come first by number, so that no index on the time is needed."""
    edge, gone = clock.now() - timedelta(days=defaults.value(setting)), 0
    while True:
        first = log.order_by(log.model.id).limit(PORTION).tuples()
        old = [number for number, at in first if at < edge]
        log.model.delete().where(log.model.id.in_(old)).execute()
        gone += len(old)
        if len(old) < PORTION:
            return gone
