"""What a change of a record does to its reports: a correction ends their codes and issues others in their place (COR → RPT).

Called by whatever changes records (`enrolment/editing.py`, `imports/applying.py`), within the transaction of the change. Not
here: a change of what a code does not vouch for (a major, a class): its page shows the record as it is now.
"""

from collections.abc import Iterable, Mapping

from webapp.domain import clock, journal, messages
from webapp.domain.permissions import SYSTEM
from webapp.domain.reports import english, issuing
from webapp.domain.reports.lifecycle import REPORT
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Unit

ENDING = frozenset(("name", "document_kind", "country", "document", "level", "conclusion", "certificate"))
"""What nobody may go on reading under the old code: whose record it is, its level, conclusion and certificate number."""

CHOSEN = ("language", "shows", "pin_index", "ends", "reminded", "comparable")
"""What a report in another's place has from it."""

Changes = Mapping[int, Mapping[str, tuple[object, object]]]
"""Record's number → field → its value before and after."""


def follow(changes: Changes) -> int:
    """End the reports of the records that were corrected, and tell their holders; English words follow the records.

    However many records changed, their reports are found by one query. Returns how many reports ended.
    """
    corrected = [number for number, fields in changes.items() if _is_correction(fields)]
    reworded = [number for number, fields in changes.items() if not set(english.NAMED).isdisjoint(fields)]
    ended = _end(corrected) if corrected else 0
    if reworded:
        english.settle(SYSTEM, OnlineReport.record.in_(reworded))
    return ended


def _is_correction(fields: Mapping[str, tuple[object, object]]) -> bool:
    """What was empty and is filled now corrects nothing."""
    return any(field in ENDING and before not in (None, "") for field, (before, _after) in fields.items())


def _end(numbers: Iterable[int]) -> int:
    living = OnlineReport.record.in_(numbers) & OnlineReport.state.in_(REPORT.moves["correct"].leaves)
    query = OnlineReport.select(OnlineReport, Record, Unit, Account).join(Record).join(Unit).switch(OnlineReport).join(Account)
    found = list(query.where(living).order_by(OnlineReport.id))
    issued: dict[Account, list[OnlineReport]] = {}
    for report in found:
        successor = _reissue(report) if _goes_on(report) else None
        REPORT.move(report, "correct", SYSTEM, successor=successor)
        if successor is not None:
            issued.setdefault(report.account, []).append(successor)
    for account, reports in issued.items():
        link = f"/reports/{reports[0].key}" if len(reports) == 1 else "/reports"
        messages.tell(account, "report_corrected", link=link, topic="progress", count=len(reports))
    return len(found)


def _goes_on(report: OnlineReport) -> bool:
    """Is there one to be issued in its place? Not where its holder closed it, nor after its end or that of the holding."""
    answers = report.state == "pending" or (report.state == "active" and report.ends >= clock.today())
    return answers and report.record.account_id == report.account_id


def _reissue(report: OnlineReport) -> OnlineReport:
    """Another with what its holder chose; only its code, and what the record says, are new."""
    record = report.record
    told = {field: getattr(report, field) for field in CHOSEN}
    if report.language == "en":
        spelt = english.respelt(report, record)
        told["english"] = english.written(english.compose(record, report.shows.split(), spelt).words)
    successor = issuing.write(report.account, record, **told)
    journal.record("online_report.reissue", SYSTEM.name, successor, kind=successor.kind, language=successor.language)
    return issuing.begin(successor, SYSTEM, report.due)
