"""What vendors say of an order, taken once: a payment counts when its order, amount, currency and owner fit (R-PAY-04, T28).

Not here: whether the vendor said it at all (`providers/pay_*.py` check the signature).
"""

from contextlib import suppress

from peewee import IntegrityError

from webapp.domain import clock, journal, limits
from webapp.domain.pay_port import Told
from webapp.domain.payments import bills, refunding
from webapp.domain.payments.lifecycle import PAYMENT
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.payments import Payment, PayNotice, Refund
from webapp.models.report_orders import UNPAID

TAKEN = ("taken", "again")
"""Verdicts after which a vendor need not tell it again."""


def take(way: str, told: Told) -> bool:
    """Act on a notice, whichever and however often it comes; True where the vendor may stop telling it.

    One of an order that is not there (yet) is not taken: the vendor tells it again. What does not fit changes nothing and is
    an event that staff see.
    """
    with suppress(IntegrityError):  # the same one was written down meanwhile: look again what it was
        return _take(way, told)
    return _take(way, told)


def _take(way: str, told: Told) -> bool:
    with transaction():
        payment = _order(way, told.number)
        notice = PayNotice.get_or_none((PayNotice.way == way) & (PayNotice.event == told.event))
        if notice is not None and notice.verdict != "unknown":
            return notice.verdict in TAKEN
        fresh = notice is None
        notice = notice or PayNotice(way=way, event=told.event, transaction=told.transaction, kind=told.kind)
        notice.number, notice.verdict, notice.at = told.number[:32], _verdict(way, payment, told), clock.now()
        notice.save()
        if notice.verdict == "taken":
            _apply(payment, told)
        elif notice.verdict != "again" and fresh:
            _note(way, payment, notice.verdict)
        return notice.verdict in TAKEN


def _order(way: str, number: str) -> Payment | None:
    found = Payment.get_or_none((Payment.way == way) & (Payment.number == number))
    return found and found.locked()


def _verdict(way: str, payment: Payment | None, told: Told) -> str:
    if not told.ours:
        return "owner"
    if payment is None:
        return "unknown"
    if told.currency != "CNY":
        return "currency"
    if told.fen != payment.fen:
        return "amount"
    if told.kind in ("refunded", "stuck") and not _asked(payment, told):
        return "unknown"
    same = (PayNotice.way == way) & (PayNotice.transaction == told.transaction) & (PayNotice.kind == told.kind)
    return "again" if PayNotice.select().where(same & (PayNotice.verdict == "taken")).exists() else "taken"


def _asked(payment: Payment, told: Told) -> bool:
    """Did we ask for this refund? One that somebody made at the vendor's console is for people to look at."""
    return Refund.select().where((Refund.payment == payment) & (Refund.number == told.refund)).exists()


def _apply(payment: Payment, told: Told) -> None:
    if told.kind == "paid" and payment.state in ("waiting", "closed"):
        _paid(payment, told.transaction)
    elif told.kind == "refunded":
        with suppress(Refused):
            refunding.returned(payment)
    elif told.kind == "stuck":
        refunding.stuck(refunding.of(payment), "notice")


def learn(payment: Payment, told: Told) -> None:
    """What a vendor answered when it was asked about one of our orders; it fits as a notice has to."""
    with transaction():
        payment = payment.locked()
        if told.kind != "paid" or payment.state not in ("waiting", "closed"):
            return
        verdict = _verdict(payment.way, payment, told) if told.number == payment.number else "unknown"
        if verdict in TAKEN:
            _paid(payment, told.transaction)
        elif not payment.odd:  # it is asked about every few minutes
            _note(payment.way, payment, verdict)


def _note(way: str, payment: Payment | None, verdict: str) -> None:
    """What does not fit is an event, and people settle the order (`by_hand.odd`)."""
    if payment is not None and not payment.odd:
        payment.odd = verdict
        payment.save()
    journal.record("payment.odd_notice", SYSTEM.name, payment or f"way:{way}", verdict=verdict, way=way)


def _paid(payment: Payment, transaction_id: str) -> None:
    payment = PAYMENT.move(payment, "pay", SYSTEM, transaction=transaction_id, paid=clock.now())
    settle(payment)


def settle(payment: Payment) -> None:
    """Money is there: it settles its bill. What was paid for one that needs no more goes back by itself."""
    bill = payment.bill.locked()
    if bill.state in UNPAID:
        bills.of(bill).settle(bill)
    else:
        refunding.back(payment, "double")


def forged(way: str) -> None:
    """Somebody sends notices that no vendor signed: an event once an hour, or they would fill the history."""
    with suppress(Refused), transaction():
        limits.spend("pay:forged", way)
        journal.record("payment.forged", SYSTEM.name, f"way:{way}", way=way)
