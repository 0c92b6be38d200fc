"""Money, later: refunds that were promised, orders that nobody heard of, bills whose time to pay is over.

Not here: what any of it means (`domain/payments/`), nor notices, which come through the door (`web/payments/notify.py`).
"""

from contextlib import suppress

from webapp.domain.payments import bills, closing, notices, refunding
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, every, job
from webapp.models.payments import Payment, Refund


@job("payments.refund")
def refund(outside: Outside, key: str) -> None:
    """Give back what is due of the bill `key`; the vendor knows each refund by its number and makes it once."""
    bill = bills.find(key)
    if bill is None:
        return
    refunding.of_cancelled(bill)
    later = [one for one in refunding.due(bill) if not _give_back(outside, one)]
    if later:
        raise Later


def _give_back(outside: Outside, due: Refund) -> bool:
    """False where the vendor is to be asked again."""
    payment = due.payment
    try:
        done = outside.vendor(payment.way).refund(payment.number, due.number, due.fen, payment.fen)
    except Unavailable as fault:
        if not fault.retry:
            refunding.stuck(due, fault.detail)
        return not fault.retry
    if done:
        with suppress(Refused):  # its notice was faster
            refunding.returned(payment)
    return True


@every(minute="*/10")
def ask_after_refunds(outside: Outside) -> int:
    """A refund that is under way is asked for again under its number: the vendor says what became of it."""
    keys = refunding.silent()
    for key in keys:
        with suppress(Later):
            refund(outside, key)
    return len(keys)


@every(minute="*/2")
def ask_after_orders(outside: Outside) -> int:
    """A vendor whose notice did not come is asked itself (SECURITY T28)."""
    silent = closing.silent()
    for payment in silent:
        _ask(outside, payment)
    return len(silent)


@every(minute="*/5")
def close_late(outside: Outside) -> int:
    """订单已超时关闭: first at the vendor, so that nobody pays for what is closed here (R-PAY-03)."""
    for payment in closing.over():
        with suppress(Unavailable):  # it is asked again in five minutes
            _end(outside, payment)
    return closing.lapse()


def _end(outside: Outside, payment: Payment) -> None:
    vendor = outside.vendor(payment.way)
    if vendor.ready:  # one that was taken out of the settings keeps its own time (`Order.until`)
        told = vendor.query(payment.number)
        if told.kind == "paid":
            notices.learn(payment, told)
            return
        if told.kind == "waiting":
            vendor.close(payment.number)
    closing.close(payment)


def _ask(outside: Outside, payment: Payment) -> None:
    closing.was_asked(payment)
    with suppress(Unavailable):
        notices.learn(payment, outside.vendor(payment.way).query(payment.number))
