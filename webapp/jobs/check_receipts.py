"""Draws and signs 核验回执. What stands in one, and who may have it, is `domain/reports/receipts.py`."""

import hashlib
import json
from datetime import timedelta

from webapp.domain import clock, defaults, signing
from webapp.domain.ports import Unavailable
from webapp.domain.reports import receipts
from webapp.jobs.registry import Later, Outside, job
from webapp.models.verifications import CheckReceipt
from webapp.providers.files import Files


@job("receipts.draw")
def draw(outside: Outside, key: str) -> None:
    """Draw a receipt that still waits; drawn a second time after its worker died, it is the only one that anybody has."""
    receipt = CheckReceipt.by_key(key)
    if receipt is None or receipt.pdf != "waiting":
        return
    try:
        pdf = outside.pdf.render("check_receipt", json.loads(receipt.told), signing.signer())
    except Unavailable as fault:
        if fault.retry:
            raise Later from fault
        receipts.drawn(receipt, None)
        return
    until = clock.now() + timedelta(days=defaults.value("ret.receipt_days"))
    kept = Files(outside.storage).keep(pdf, "check_receipt", state="clean", media="application/pdf", expires=until)
    receipts.drawn(receipt, kept, hashlib.sha256(pdf).hexdigest())
