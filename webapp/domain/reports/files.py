"""核对文件: is the PDF that somebody was sent the one that was issued? (R-RPT-05, R-RPT-27, SECURITY T26)

Only a file that is the issued one byte for byte is taken for true, whoever signed it. Not here: reading the signature of any
other (`providers/seals_pyhanko.py`), nor the page.
"""

from collections.abc import Callable
from typing import NamedTuple

from peewee import SQL

from webapp.domain import clock, signing
from webapp.domain.certification import inquiring
from webapp.domain.identity import verification_codes
from webapp.domain.ports import Seal
from webapp.domain.refused import Refused
from webapp.domain.reports import paper, verifying
from webapp.models import looks, report_by_code
from webapp.models.base import transaction
from webapp.models.report_by_code import FoundReport
from webapp.models.reports import OnlineReport
from webapp.models.transfers import Transcript
from webapp.models.verifications import CheckReceipt

KINDS = ("same", "receipt", "transcript", "certification", "other", "revoked", "broken", "foreign", "unsigned", "unreadable")
"""The report, the receipt of a check, the transcript, the report of a certification as issued; signed by us, but another file;
signed by a key of ours that was revoked; changed after it was signed; signed by somebody else; not signed; no PDF."""


class Answer(NamedTuple):
    """One of KINDS; `key` of the report (same, other), the receipt, the transcript or the certified item, where the file is
    one's."""

    kind: str
    key: str = ""


def check(digest: str, read: Callable[[], Seal], network: str) -> Answer:
    """What the file with this SHA-256 (hex) is; its holder sees that somebody looked, as with a code.

    `read` reads its signature, and is asked only where the file is not known. Raises what that raises. That a digest is not
    empty stands there in so many words, for the indexes that say so.
    """
    if report := OnlineReport.get_or_none((OnlineReport.digest != SQL("''")) & (OnlineReport.digest == digest)):
        return Answer("same", _looked(report_by_code.by_key(report.key), network))
    if receipt := CheckReceipt.get_or_none(CheckReceipt.digest == digest):
        return Answer("receipt", receipt.key)
    if transcript := Transcript.get_or_none((Transcript.digest != SQL("''")) & (Transcript.digest == digest)):
        return Answer("transcript", transcript.key)
    if item := inquiring.by_digest(digest):
        return Answer("certification", item.key)
    seal = read()
    kind = _judged(seal)
    return Answer(kind, _looked(_named(seal.keyword), network) if kind == "other" else "")


def changed(found: FoundReport, language: str) -> list[str]:
    """Labels of what the record says otherwise than the issued file; for a valid report alone."""
    told = OnlineReport.by_key(found.report_key).told
    return paper.changed(told, found, language) if told else []


def _judged(seal: Seal) -> str:
    if seal.kind != "signed":
        return seal.kind
    key = signing.find(seal.fingerprint)
    if key is None:
        return "foreign"
    return "revoked" if key.state == "revoked" else "other"


def _named(keyword: str) -> FoundReport | None:
    """The report whose code a file of ours carries."""
    try:
        return report_by_code.by_code(verification_codes.read(keyword))
    except Refused:
        return None


def _looked(found: FoundReport | None, network: str) -> str:
    """Write the look down; returns the report's key, "" without one."""
    if found is None:
        return ""
    with transaction():
        looks.keep(found.report_id, clock.now(), "file", verifying.judge(found), network)
    return found.report_key
