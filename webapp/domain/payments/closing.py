"""The end of waiting: orders that nobody heard of, and applications that were not paid for in time (R-PAY-03).

Not here: asking the vendor (`jobs/payments.py`).
"""

from contextlib import suppress
from datetime import timedelta

from webapp.domain import clock, messages
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.payments.lifecycle import PAYMENT
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Application
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
    """Orders at vendors that nobody needs any more: their time is over, or the application was paid for in another way."""
    waits = (Payment.state == "waiting") & (Payment.way != "offline")
    needless = (Application.pay_until <= clock.now()) | (Application.state != "paying")
    return list(Payment.select().join(Application).where(waits & needless).order_by(Payment.id).limit(MOST))


def close(payment: Payment) -> None:
    with suppress(Refused):  # it was paid meanwhile
        PAYMENT.move(payment, "close", SYSTEM, closed=clock.now())


def lapse() -> int:
    """Close what was not paid for in time, once no vendor takes money for it any more; how many."""
    late = (Application.state == "paying") & (Application.pay_until <= clock.now())
    open_ = Payment.select(Payment.application).where((Payment.state == "waiting") & (Payment.way != "offline"))
    closed = 0
    for application in Application.select().where(late & Application.id.not_in(open_)).limit(MOST):
        with suppress(Refused), transaction():
            APPLICATION.move(application, "lapse", SYSTEM)
            link = f"/applications/{application.key}"
            messages.notify(application.account, "certification_lapsed", link=link, topic="progress")
            closed += 1
    return closed
