"""The end of waiting: orders that nobody heard of, and bills that were not paid in time (R-PAY-03).

Not here: asking the vendor (`jobs/payments.py`).
"""

from contextlib import suppress
from datetime import timedelta

from peewee import fn

from webapp.domain import clock
from webapp.domain.payments import bills
from webapp.domain.payments.lifecycle import PAYMENT
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.payments import Payment

QUIET = timedelta(minutes=2)
"""After which a vendor is asked itself what became of an order, and as long again between two questions."""

MOST = 100
"""Orders in one round: the next one takes the others."""


def silent() -> list[Payment]:
    """Orders at vendors that wait for their payment and were not asked about lately, those never asked about first."""
    at = clock.now() - QUIET
    waits = (Payment.state == "waiting") & (Payment.way != "offline") & (Payment.opened <= at)
    unasked = Payment.asked.is_null() | (Payment.asked <= at)
    return list(Payment.select().where(waits & unasked).order_by(Payment.asked.asc(nulls="first"), Payment.id).limit(MOST))


def was_asked(payment: Payment) -> None:
    Payment.update(asked=clock.now()).where(Payment.id == payment.id).execute()


def over() -> list[Payment]:
    """Orders at vendors that nobody needs any more: their time is over, or the bill was paid in another way."""
    waits = (Payment.state == "waiting") & (Payment.way != "offline")
    needless = bills.whose(lambda kind: (kind.model.pay_until <= clock.now()) | (kind.model.state != "paying"))
    return list(Payment.select().where(waits & needless).order_by(Payment.id).limit(MOST))


def close(payment: Payment) -> None:
    with suppress(Refused):  # it was paid meanwhile
        PAYMENT.move(payment, "close", SYSTEM, closed=clock.now())


def lapse() -> int:
    """Close what was not paid in time, once no vendor takes money for it any more; how many."""
    return sum(_lapse(kind) for kind in bills.KINDS.values())


def _lapse(kind: bills.Kind) -> int:
    late = (kind.model.state == "paying") & (kind.model.pay_until <= clock.now())
    waits = (kind.column == kind.model.id) & (Payment.state == "waiting") & (Payment.way != "offline")
    closed = 0
    for bill in kind.model.select().where(late & ~fn.EXISTS(Payment.select(Payment.id).where(waits))).limit(MOST):
        with suppress(Refused), transaction():
            kind.lapse(bill)
            closed += 1
    return closed
