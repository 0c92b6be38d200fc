"""What a stranger with a code is told: a verdict, and only for a valid report its contents as they are now (R-RPT-07 to 16).

Not here: how often one may ask (`limits.py`), nor the pages.
"""

import hmac
from typing import NamedTuple

from webapp.domain import clock
from webapp.domain.identity import tables, verification_codes
from webapp.domain.reports.issuing import TOKEN, pin_index
from webapp.models import report_by_code
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.report_by_code import FoundReport
from webapp.models.reports import Look

VERDICTS = ("valid", "expired", "closed", "corrected", "withheld", "unknown", "mistyped", "pin")
"""有效, 已过期, 已关闭, 已更正, 待核实, 未查询到, 输错了; pin: its holder's PIN has to be told first."""


class Answer(NamedTuple):
    """`found` is there for every code that is one; what it holds may be shown where the verdict is valid, and else nothing."""

    verdict: str
    found: FoundReport | None


def by_code(code: str, way: str, network: str, pin: str = "") -> Answer:
    """Look a typed 在线验证码 up; spaces, hyphens and case do not matter. One mistyped never reaches the database (R-RPT-06).

    `way` is typed, many or machine. Raises Refused: report_code_length, report_code_format, report_code_digit.
    """
    code = verification_codes.clean(code)
    verification_codes.check(code)
    return _answer(report_by_code.by_code(code), way, network, pin)


def by_token(token: str, network: str, pin: str = "") -> Answer:
    """Look the token of a QR up."""
    token = verification_codes.clean(token)
    found = report_by_code.by_token(token) if len(token) == TOKEN else None
    return _answer(found, "scanned", network, pin)


def judge(found: FoundReport | None, pin: str = "") -> str:
    """The verdict on a report as it and its record are now; nothing is written."""
    if found is None:
        return "unknown"
    if found.report_state in ("corrected", "closed"):
        return found.report_state
    if found.report_ends < clock.today():
        return "expired"
    if _in_doubt(found):
        return "withheld"
    if found.report_pin is not None and not hmac.compare_digest(found.report_pin, pin_index(found.report_key, pin)):
        return "pin"
    return "valid"


def _in_doubt(found: FoundReport) -> bool:
    """Is whose record this is, or whether it may be shown, in question: 学籍信息待核实 (R-RPT-19)?"""
    theirs = found.account == found.report_account and found.account_state in OWNING
    return not theirs or (found.kind == "enrolment" and not tables.STATUSES[found.status].reportable)


def _answer(found: FoundReport | None, way: str, network: str, pin: str) -> Answer:
    """A hit and a miss write the same row, so that they take as long (R-RPT-16); its holder reads it (R-RPT-14)."""
    verdict = judge(found, pin)
    with transaction():
        Look.create(report=found and found.report_id, at=clock.now(), way=way, verdict=verdict, network=network)
    return Answer(verdict, found)
