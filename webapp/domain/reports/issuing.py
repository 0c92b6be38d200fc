"""A holder issues a report of an own record, extends it, closes it, opens it again (R-RPT-01 to 04, 09, 11, 13).

Not here: what stands in one (`content.py`), what a stranger with its code is told (`verifying.py`).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from webapp.domain import clock, defaults, glyphs, journal, limits, matching, workdays
from webapp.domain.identity import tables, verification_codes
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import content, drawing
from webapp.domain.reports.lifecycle import REPORT
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import new_key, transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

LETTERS = {"enrolment": "P", "qualification": "U"}
"""The second letter of a code, by the kind of report."""

TAPS = timedelta(seconds=5)
"""How long the same wish is taken for the same tap."""

_pin = re.compile(r"[0-9]{4,8}").fullmatch


@dataclass(frozen=True, slots=True)
class Wish:
    """What the holder chose: the language (zh, en), months from today on, the extras (`content.EXTRAS`), a PIN or none.

    `english` is the JSON of an English report's words; one that `waits` for some is pending until the school has translated
    them (`english.py` fills both). One that was `ordered` was counted when it was, and has the `pin_index` of its PIN.
    """

    language: str = "zh"
    months: int = 1
    shows: tuple[str, ...] = ()
    pin: str = ""
    english: str = ""
    waits: bool = False
    ordered: bool = False
    pin_index: str = ""


def _shows(record: Record, wish: Wish) -> str:
    return " ".join(one for one in content.extras(record.kind) if one in wish.shows)


def _pin_index(account: Account, wish: Wish) -> str | None:
    return pin_index(account.id, wish.pin) if wish.pin else wish.pin_index or None


def issue(account: Account, actor: Actor, record: Record, wish: Wish) -> OnlineReport:
    """A new report with a code of its own; its PDF follows by a job.

    `record` is one of the holder's. Raises Refused: not_allowed, report_status, report_withheld, report_photo, report_months
    (least, most), report_pin, report_limit (until, most).
    """
    actor.require(Can.OWN_RECORD)
    ends = check(account, record, wish)
    due = workdays.due(clock.now(), defaults.value("rpt.english_workdays")) if wish.waits else None
    with transaction():
        if not wish.ordered:
            limits.spend("report:account", account.key)
        report = write(
            account,
            record,
            language=wish.language,
            shows=_shows(record, wish),
            pin_index=_pin_index(account, wish),
            ends=ends,
            english=wish.english or None,
        )
        journal.record("online_report.issue", actor.name, report, kind=report.kind, language=wish.language, months=wish.months)
        return begin(report, actor, due)


def issue_once(account: Account, actor: Actor, record: Record, wish: Wish) -> OnlineReport:
    """As `issue`; what is asked for again within `TAPS` is the report that was just issued: a button that was tapped twice."""
    with transaction():
        account = account.locked()
        mine = (OnlineReport.account == account) & (OnlineReport.issued > clock.now() - TAPS)
        living = OnlineReport.state.in_(("active", "pending"))
        for report in OnlineReport.select().where(mine & living & (OnlineReport.record == record)):
            chosen = wish.language, _shows(record, wish), _pin_index(account, wish)
            if (report.language, report.shows, report.pin_index) == chosen:
                return report
        return issue(account, actor, record, wish)


def write(account: Account, record: Record, **told: object) -> OnlineReport:
    """A report with a code and a token of its own; `told` are its other columns. `begin` follows."""
    report = OnlineReport(key=new_key(), account=account, record=record, kind=record.kind, issued=clock.now(), **told)
    report.code = verification_codes.make(LETTERS[record.kind])
    report.token = verification_codes.make_token()
    report.save(force_insert=True)
    glyphs.want(record.name, record.president)
    return report


def begin(report: OnlineReport, actor: Actor, due: datetime | None) -> OnlineReport:
    """Promise the PDF of a report that answers from now on; one that lacks English names waits for them until `due`."""
    if due is not None:
        return REPORT.move(report, "wait", actor, due=due)
    journal.promise("reports.draw", key=report.key)
    return report


def check(account: Account, record: Record, wish: Wish) -> date:
    """The last day of such a report. Raises Refused: as `fits`, as `end`, report_pin."""
    fits(account, record)
    if wish.pin and not _pin(wish.pin):
        raise Refused("report_pin", field="pin")
    return end(wish.months)


def fits(account: Account, record: Record) -> None:
    """Refuse a record of which no report may be had.

    Codes: not_allowed, report_withheld, report_status, report_photo, name_incomplete (a substitute stands in it, 姓名待补字).
    """
    bound = record.bound_how in matching.PROVED or record.identity_index == account.identity_index
    if record.account_id != account.id or not bound:
        raise Refused("not_allowed")
    if record.status == "X1":
        raise Refused("report_withheld")
    if record.kind == "enrolment" and not tables.STATUSES[record.status].reportable:
        raise Refused("report_status")
    if record.kind == "qualification" and record.photo_id is None:
        raise Refused("report_photo")
    if matching.lacks(record.name, account.name):
        raise Refused("name_incomplete")


def usual() -> int:
    """The months that are chosen unless the holder chooses others, within those that may be."""
    least, most = defaults.value("rpt.months_min"), defaults.value("rpt.months_max")
    return min(max(defaults.value("rpt.months_default"), least), most)


def end(months: int) -> date:
    """The last day of a report issued or extended today for so many months: 31 January and one month are 28 February.

    Raises Refused: report_months (least, most) (R-RPT-02).
    """
    least, most = defaults.value("rpt.months_min"), defaults.value("rpt.months_max")
    if not least <= months <= most:
        raise Refused("report_months", field="months", least=least, most=most)
    return last_day(months)


def last_day(months: int, since: date | None = None) -> date:
    """So many months after a day (today), on the same day where that month has it."""
    since = since or clock.today()
    years, month = divmod(since.month - 1 + months, 12)
    year, month = since.year + years, month + 1
    return date(year, month, min(since.day, calendar.monthrange(year, month)[1]))


def pin_index(account: int, pin: str) -> str:
    """How a holder's PIN is kept: a keyed hash that tells nothing without the instance's key.

    It is bound to the account and to no report, so that the one issued in place of a corrected report opens with it too.
    """
    return keys.blind("report_pin", f"{account}|{pin}")


def extend(report: OnlineReport, actor: Actor, months: int) -> OnlineReport:
    """延长验证有效期: free, as often as one likes, after its end too (R-RPT-09). Raises as `end`, not_allowed, moved_on."""
    return REPORT.move(report, "extend", actor, ends=end(months), reminded=None, **drawing.wanted_again(report))


def close(report: OnlineReport, actor: Actor) -> OnlineReport:
    """From the next look on its code says that its holder closed it (R-RPT-11). Raises not_allowed, moved_on."""
    return REPORT.move(report, "close", actor, closed=clock.now())


def reopen(report: OnlineReport, actor: Actor) -> OnlineReport:
    """Raises not_allowed, moved_on."""
    return REPORT.move(report, "reopen", actor, closed=None)


def stop(account: Account) -> None:
    """The account turned out an impostor's: no report of it answers any more (R-DUP-28)."""
    living = OnlineReport.state.in_(REPORT.moves["stop"].leaves)
    for report in OnlineReport.select().where((OnlineReport.account == account) & living):
        REPORT.move(report, "stop", SYSTEM, closed=clock.now())
