"""What a stranger with a code is told: a verdict, and only for a valid report its contents as they are now (R-RPT-07 to 16).

Not here: how often one may ask (`pace.py`), nor the pages.
"""

import hmac
from collections.abc import Callable, Collection
from typing import NamedTuple

from webapp.domain import clock, limits
from webapp.domain.identity import tables, verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports.issuing import pin_index
from webapp.models import looks, report_by_code
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.report_by_code import FoundReport
from webapp.models.reports import OnlineReport

VERDICTS = ("valid", "expired", "closed", "corrected", "withheld", "unknown", "mistyped", "pin")
"""有效, 已过期, 已关闭, 已更正, 待核实, 未查询到, 输错了; pin: its holder's PIN has to be told first."""


CHAIN = 8
"""Corrections of one report, one after the other, that are followed to the one in their place."""


class Answer(NamedTuple):
    """`found` is there for every code that is one; what it holds may be shown where the verdict is valid, and else nothing.

    `look` is the number of the look as it was written down.
    """

    verdict: str
    found: FoundReport | None
    look: int


def by_code(code: str, way: str, network: str, pin: str = "", proved: Collection[str] = ()) -> Answer:
    """Look a typed 在线验证码 up; spaces, hyphens and case do not matter. One mistyped never reaches the database (R-RPT-06).

    `way` is typed, many or machine; `proved` are keys of reports whose PIN was told before. Raises Refused:
    report_code_legacy, report_code_length, report_code_format, report_code_digit.
    """
    found = report_by_code.by_code(verification_codes.read(code))
    return answer(found, judge(found, pin, proved), way, network)


def by_token(token: str, network: str, pin: str = "", proved: Collection[str] = ()) -> Answer:
    """Look the token of a QR up."""
    found = held_by(token)
    return answer(found, judge(found, pin, proved), "scanned", network)


def held_by(token: str) -> FoundReport | None:
    """The report whose QR holds this token; nothing is written."""
    token = verification_codes.clean(token)
    return report_by_code.by_token(token) if len(token) == verification_codes.TOKEN else None


def judge(found: FoundReport | None, pin: str = "", proved: Collection[str] = (), opened: bool = False) -> str:
    """The verdict on a report as it and its record are now; nothing is written.

    `opened`: its holder opened it for who asks, past its end (R-RPT-28).
    """
    if found is None or found.report_state in ("pending", "refused"):
        return "unknown"
    if found.report_state in ("corrected", "closed"):
        return found.report_state
    if found.report_ends < clock.today() and not opened:
        return "expired"
    if _in_doubt(found):
        return "withheld"
    if found.report_pin is None or found.report_key in proved:
        return "valid"
    return "valid" if hmac.compare_digest(found.report_pin, pin_index(found.report_account, pin)) else "pin"


def prove(found: FoundReport | None, pin: str, keep: Callable[[FoundReport | None, str], object], opened: bool = False) -> str:
    """Take the PIN of a report; returns the key to bring as `proved` with the next looks, "" where no PIN is asked.

    A wrong one, and whatever else is met, is a look like any other, so that nobody tries codes here instead: `keep` writes
    it down, as `answer` does. Raises Refused: report_pin_wrong (left), report_pin_limit (until).
    """
    verdict = judge(found, opened=opened)
    if verdict != "pin":
        keep(found, verdict)
        return ""
    with transaction():
        limits.spend("report:pin", found.report_key)
        verdict = judge(found, pin, opened=opened)
        if verdict == "pin":
            keep(found, verdict)
        else:
            limits.clear("report:pin", found.report_key)
    if verdict == "pin":
        raise Refused("report_pin_wrong", field="pin", left=limits.left("report:pin", found.report_key))
    return found.report_key


def successor(found: FoundReport) -> str | None:
    """The code of the report that was issued in the place of one corrected, if that one is valid."""
    follower = found.report_successor
    for _ in range(CHAIN):
        row = OnlineReport.get_or_none(OnlineReport.id == follower) if follower else None
        if row is None or row.state != "corrected":
            break
        follower = row.successor_id
    valid = row is not None and judge(report_by_code.by_key(row.key)) in ("valid", "pin")
    return row.code if valid else None


def _in_doubt(found: FoundReport) -> bool:
    """Is whose record this is, or whether it may be shown, in question: 学籍信息待核实 (R-RPT-19)?"""
    return doubtful(found.kind, found.status, found.account == found.report_account and found.account_state in OWNING)


def doubtful(kind: str, status: str, theirs: bool) -> bool:
    """Is a record of this kind and 学籍状态 not to be shown, or is it not `theirs` any more whose report it is?"""
    return not theirs or (kind == "enrolment" and not tables.STATUSES[status].reportable)


def answer(found: FoundReport | None, verdict: str, way: str, network: str) -> Answer:
    """A hit and a miss write the same row, so that they take as long (R-RPT-16); its holder reads it (R-RPT-14)."""
    with transaction():
        look = looks.keep(found and found.report_id, clock.now(), way, verdict, network)
    return Answer(verdict, found, look)
