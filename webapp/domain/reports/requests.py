"""查看申请: who has an expired code leaves a name and a reason; its holder opens the report for that, or not (R-RPT-28).

The asker's address is not known: the mark in the address of the request's own page is all that finds the answer. Not here:
what the page shows (`verifying.py`).
"""

from datetime import timedelta

from webapp.domain import clock, journal, limits, messages
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import VISITOR, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import verifying
from webapp.domain.reports.verifying import Answer
from webapp.models import report_by_code
from webapp.models.base import transaction
from webapp.models.report_by_code import FoundReport
from webapp.models.report_requests import OpenRequest
from webapp.models.reports import OnlineReport

NAME, REASON = 60, 200
"""Characters that the asker's name and reason may have."""

OPEN = timedelta(days=7)
"""For how long a report that was opened answers this request."""

SHOWN = 20
"""Requests that its holder is shown at once."""

KEPT = timedelta(days=180)
"""For how long a request is kept, answered or not."""


def hers(request: OpenRequest, actor: Actor) -> None:
    """Only whose report it is."""
    if request.report.account.key != actor.key:
        raise Refused("not_allowed")


REQUEST = Lifecycle(
    OpenRequest,
    Move("open", ("asked", "declined"), "opened", Can.OWN_RECORD, (hers,)),
    Move("decline", ("asked", "opened"), "declined", Can.OWN_RECORD, (hers,)),
)
"""待答复, 已同意, 未同意. Past `until` an opened one answers as expired again, by itself."""


def ask(found: FoundReport, name: str, reason: str) -> OpenRequest:
    """Leave a name and a reason on an expired report; its holder is told.

    Raises Refused: report_ask_name (most), report_ask_reason (most), report_asked_limit (until), moved_on where the report
    is not expired (any more).
    """
    name, reason = name.strip(), reason.strip()
    if not 0 < len(name) <= NAME:
        raise Refused("report_ask_name", field="name", most=NAME)
    if not 0 < len(reason) <= REASON:
        raise Refused("report_ask_reason", field="reason", most=REASON)
    if verifying.judge(found) != "expired":
        raise Refused("moved_on", state=found.report_state)
    with transaction():
        limits.spend("report:asked", found.report_key)
        report = OnlineReport.get_by_id(found.report_id)
        made = OpenRequest(report=report, at=clock.now())
        made.name, made.reason = name, reason
        made.save(force_insert=True)
        messages.ring(report.account, "report_asked", ("mail",), messages.NOW, link=f"/reports/{report.key}", topic="progress")
        journal.record("open_request.ask", VISITOR.name, made, report=report.key)
    return made


def open(request: OpenRequest, actor: Actor) -> OpenRequest:
    """The report answers under the request's mark, from now on for seven days. Raises Refused: not_allowed, moved_on."""
    at = clock.now()
    return REQUEST.move(request, "open", actor, decided=at, until=at + OPEN)


def decline(request: OpenRequest, actor: Actor) -> OpenRequest:
    """Raises Refused: not_allowed, moved_on."""
    return REQUEST.move(request, "decline", actor, decided=clock.now(), until=None)


def of(report: OnlineReport) -> list[OpenRequest]:
    """The requests for a report that wait for an answer, and those under which it is open, the newest `SHOWN` first."""
    opened = (OpenRequest.state == "opened") & (OpenRequest.until > clock.now())
    mine = OpenRequest.select().where((OpenRequest.report == report) & ((OpenRequest.state == "asked") | opened))
    return list(mine.order_by(OpenRequest.at.desc(), OpenRequest.id.desc()).limit(SHOWN))


def find(report: OnlineReport, key: str) -> OpenRequest | None:
    """One of a report's requests, or None."""
    return OpenRequest.get_or_none((OpenRequest.key == key) & (OpenRequest.report == report))


def is_open(request: OpenRequest) -> bool:
    return request.state == "opened" and clock.now() < request.until


def look(request: OpenRequest, network: str, proved: tuple[str, ...] = ()) -> Answer:
    """Look the report up by the mark of a request that is open; written down as any other look."""
    found = report_by_code.by_key(request.report.key)
    return verifying.answer(found, verifying.judge(found, proved=proved, opened=True), "asked", network)


def prove(request: OpenRequest, network: str, pin: str) -> str:
    """Take the PIN of a report that a request opened, as `verifying.prove`."""
    found = report_by_code.by_key(request.report.key)
    return verifying.prove(found, pin, lambda met, verdict: verifying.answer(met, verdict, "asked", network), opened=True)


def sweep() -> int:
    """Forget the requests whose time is over. Returns how many."""
    return OpenRequest.delete().where(OpenRequest.at < clock.now() - KEPT).execute()
