"""核验回执: who has checked a code takes a signed paper that says so, and whoever has that paper checks it by its own code
(R-RPT-27).

Not here: its words (`web/verify/receipts.py`), nor drawing it (`jobs/check_receipts.py`).
"""

import hashlib
import json
from collections.abc import Callable, Collection

from webapp.domain import clock, journal
from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import content, verifying
from webapp.domain.reports.verifying import Answer
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.verifications import CheckReceipt

LETTER = "V"
"""The second letter of its code."""

Words = Callable[[CheckReceipt, Answer], dict[str, object]]
"""What stands in the paper, in the language of who asks for it (see `ports.Pdf`)."""


def issue(code: str, network: str, words: Words, proved: Collection[str] = ()) -> CheckReceipt:
    """Look the code up once more and put down what it told; the holder reads that a receipt was issued.

    The paper is drawn by a job. `proved` as in `verifying.by_code`. Raises Refused: report_code_*, receipt_pin (its PIN comes
    first).
    """
    answer = verifying.by_code(code, "receipt", network, proved=proved)
    if answer.verdict == "pin":
        raise Refused("receipt_pin")
    at = clock.now()
    with transaction():
        report = answer.found and answer.found.report_id
        receipt = CheckReceipt(report=report, verdict=answer.verdict, at=at, shown=digest(answer))
        receipt.code, receipt.asked = verification_codes.make(LETTER), verification_codes.read(code)
        receipt.told = json.dumps({**words(receipt, answer), "made": at.isoformat()}, ensure_ascii=False)
        receipt.save(force_insert=True)
        journal.promise("receipts.draw", key=receipt.key)
    return receipt


def digest(answer: Answer) -> str:
    """SHA-256 of what the page of a code shows: verdict, title, issuer and rows as JSON with sorted keys and no spaces."""
    return hashlib.sha256(journal.canonical(shown(answer)).encode()).hexdigest()


def shown(answer: Answer) -> dict[str, object]:
    """What the page of a code shows: of a report that is not valid the verdict alone."""
    found = answer.found
    if answer.verdict != "valid":
        return {"verdict": answer.verdict}
    rows = content.rows(found, found.report_language, found.report_shows, found.english)
    return {
        "verdict": answer.verdict,
        "title": content.title(found, found.report_language),
        "issuer": content.issuer(found, found.report_language),
        "ends": found.report_ends.isoformat(),
        "fields": [{"name": field, "label": label, "value": value} for field, label, value in rows],
    }


def find(code: str) -> CheckReceipt | None:
    """The receipt with this code of its own, already checked and cleaned."""
    return CheckReceipt.get_or_none(CheckReceipt.code_index == CheckReceipt.code_index.of(code))


def drawn(receipt: CheckReceipt, upload: Upload | None, digest: str = "") -> None:
    """The job is done: the signed file with its SHA-256, or None where it cannot be drawn; unless another was faster."""
    with transaction():
        receipt = receipt.locked()
        if receipt.pdf != "waiting":
            return
        receipt.upload, receipt.digest, receipt.told = upload, digest, None
        receipt.pdf = "ready" if upload else "failed"
        receipt.save()
