"""Money that the agency took itself, at its counter or by bank: noted by one person, counted once another saw it (R-PAY-02).

Not here: what it then files (`notices.settle`).
"""

import secrets

from peewee import IntegrityError

from webapp.domain import clock, journal
from webapp.domain.certification import agencies
from webapp.domain.payments import notices
from webapp.domain.payments.lifecycle import PAYMENT, works_at
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.payments import Payment, Refund
from webapp.models.staff import Staff

REFERENCE = 40
MOST = 100
"""Rows of each kind in the list of an agency's money."""


def find(actor: Actor, key: str) -> Application | None:
    """An application with the actor's agency that is to be paid for, or was."""
    application, agency = Application.by_key(key), agencies.mine(actor)
    there = application is not None and agency is not None and application.agency_id == agency.id
    return application if there and application.total and application.confirmed else None


def may_mark(application: Application) -> bool:
    """Is money still missing, and none noted that waits for a second person?"""
    return application.state in notices.PAYABLE and not _waits(application)


def _waits(application: Application) -> bool:
    noted_here = (Payment.application == application) & (Payment.way == "offline") & (Payment.state == "waiting")
    return Payment.select().where(noted_here).exists()


def mark(application: Application, actor: Actor, reference: str) -> Payment:
    """线下收款: note that the whole price came in, and where that stands (a receipt's number).

    Raises Refused: not_allowed, moved_on, payment_reference (most), payment_reference_used, payment_waits.
    """
    actor.require(Can.CERTIFY)
    works_at(application, actor)
    reference = " ".join(reference.split())
    if not 0 < len(reference) <= REFERENCE:
        raise Refused("payment_reference", most=REFERENCE)
    try:
        with transaction():
            return _mark(application.locked(), actor, reference)
    except IntegrityError:
        raise Refused("payment_reference_used") from None


def _mark(application: Application, actor: Actor, reference: str) -> Payment:
    if application.state not in notices.PAYABLE:
        raise Refused("moved_on", state=application.state)
    if _waits(application):
        raise Refused("payment_waits")
    payment = Payment.create(
        application=application,
        way="offline",
        number=f"{application.number}{secrets.randbelow(10**8):08d}",
        fen=application.total,
        transaction=f"{application.agency.key}|{reference}",
        reference=reference,
        staff=Staff.by_key(actor.key),
        opened=clock.now(),
    )
    journal.record("payment.mark", actor.name, payment)
    return payment


def vouch(payment: Payment, actor: Actor) -> Payment:
    """A second person saw the money too: it counts. Raises Refused: not_allowed, own_case, moved_on, second_person."""
    with transaction():
        payment = PAYMENT.move(payment, "vouch", actor, second=Staff.by_key(actor.key), paid=clock.now())
        notices.settle(payment)
        return payment


def strike(payment: Payment, actor: Actor) -> Payment:
    """It was noted by mistake; its reference is free again. Raises Refused: not_allowed, moved_on."""
    return PAYMENT.move(payment, "strike", actor, closed=clock.now(), transaction=None)


def awaited(actor: Actor) -> list[Application]:
    """Applications with the actor's agency that are not paid for yet, oldest first."""
    here = (Application.agency == agencies.mine(actor)) & (Application.state == "paying")
    return list(Application.select().where(here).order_by(Application.confirmed, Application.id).limit(MOST))


def noted(actor: Actor) -> list[Payment]:
    """Money taken by hand that waits for a second person."""
    waits = (Payment.way == "offline") & (Payment.state == "waiting") & (Application.agency == agencies.mine(actor))
    return list(Payment.select(Payment, Application).join(Application).where(waits).order_by(Payment.id).limit(MOST))


def stranded(actor: Actor) -> list[Refund]:
    """Refunds that a person has to make: of money taken by hand, and those that no vendor makes."""
    waits = (Payment.state == "refunding") & ((Payment.way == "offline") | (Refund.fault != ""))
    query = Refund.select(Refund, Payment, Application).join(Payment).join(Application)
    return list(query.where(waits & (Application.agency == agencies.mine(actor))).order_by(Refund.id).limit(MOST))
