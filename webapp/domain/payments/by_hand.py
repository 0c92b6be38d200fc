"""Money that the agency or school took itself, at its counter or by bank: noted by one, counted once another saw it (R-PAY-02).

Not here: what it then files (`notices.settle`).
"""

import secrets
from contextlib import suppress

from peewee import JOIN, Expression, IntegrityError, ModelSelect

from webapp.domain import clock, journal
from webapp.domain.payments import bills, notices
from webapp.domain.payments.lifecycle import PAYMENT
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.payments import Bill, Payment, Refund
from webapp.models.report_orders import UNPAID, ReportOrder
from webapp.models.staff import Staff

REFERENCE = 40
MOST = 100
"""Rows of each kind in the list of a house's money."""

BILLED = (Application, ReportOrder, Account)
"""What a row says of its bill."""


def find(actor: Actor, key: str) -> Bill | None:
    """A bill that is to be paid, or was, and whose money the actor keeps."""
    bill = bills.find(key)
    if bill is None or not bill.total or not bill.confirmed:
        return None
    with suppress(Refused):
        bills.works_at(bill, actor)
        return bill
    return None


def may_mark(bill: Bill) -> bool:
    """Is money still missing, and none noted that waits for a second person?"""
    return bill.state in UNPAID and not _waits(bill)


def _waits(bill: Bill) -> bool:
    noted_here = bills.paid_by(bill) & (Payment.way == "offline") & (Payment.state == "waiting")
    return Payment.select().where(noted_here).exists()


def mark(bill: Bill, actor: Actor, reference: str) -> Payment:
    """线下收款: note that the whole price came in, and where that stands (a receipt's number).

    Raises Refused: not_allowed, moved_on, payment_reference (most), payment_reference_used, payment_waits.
    """
    actor.require(Can.CASH)
    bills.works_at(bill, actor)
    reference = " ".join(reference.split())
    if not 0 < len(reference) <= REFERENCE:
        raise Refused("payment_reference", most=REFERENCE)
    try:
        with transaction():
            return _mark(bill.locked(), actor, reference)
    except IntegrityError:
        raise Refused("payment_reference_used") from None


def _mark(bill: Bill, actor: Actor, reference: str) -> Payment:
    if bill.state not in UNPAID:
        raise Refused("moved_on", state=bill.state)
    if _waits(bill):
        raise Refused("payment_waits")
    payment = Payment.create(
        **{bills.of(bill).column.name: bill},
        way="offline",
        number=f"{bill.number}{secrets.randbelow(10**8):08d}",
        fen=bill.total,
        transaction=f"{bills.of(bill).taker(bill).key}|{reference}",
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


def sort_out(payment: Payment, actor: Actor) -> Payment:
    """People settled what a vendor said that did not fit: no more money is taken by this order.

    Raises Refused: not_allowed, own_case, moved_on.
    """
    return PAYMENT.move(payment, "sort_out", actor, closed=clock.now(), odd="", detail={"verdict": payment.odd})


def awaited(actor: Actor) -> list[Bill]:
    """Bills that are not paid yet, oldest first: applications, then reports."""
    return [one for kind in bills.KINDS.values() for one in _awaited(kind, actor)]


def _awaited(kind: bills.Kind, actor: Actor) -> ModelSelect:
    here = kind.here(actor) & (kind.model.state == "paying")
    query = kind.model.select(kind.model, Account).join(Account).where(here)
    return query.order_by(kind.model.confirmed, kind.model.id).limit(MOST)


def noted(actor: Actor) -> list[Payment]:
    """Money taken by hand that waits for a second person."""
    return _payments(actor, (Payment.way == "offline") & (Payment.state == "waiting"))


def odd(actor: Actor) -> list[Payment]:
    """Orders of which a vendor said what does not fit, each once, until somebody settled it or it was paid as it should."""
    return _payments(actor, (Payment.odd != "") & Payment.state.in_(("waiting", "closed")))


def _payments(actor: Actor, which: Expression) -> list[Payment]:
    query = _billed(Payment.select(Payment, *BILLED)).where(which & bills.kept_by(actor))
    return list(query.order_by(Payment.id).limit(MOST))


def _billed(payments: ModelSelect) -> ModelSelect:
    """With what each is for, and whose an order is: a page of them asks for none of it again."""
    applied = payments.join_from(Payment, Application, JOIN.LEFT_OUTER)
    return applied.join_from(Payment, ReportOrder, JOIN.LEFT_OUTER).join_from(ReportOrder, Account, JOIN.LEFT_OUTER)


def stranded(actor: Actor) -> list[Refund]:
    """Refunds that a person has to make: of money taken by hand, and those that no vendor makes."""
    waits = (Payment.state == "refunding") & ((Payment.way == "offline") | (Refund.fault != ""))
    query = _billed(Refund.select(Refund, Payment, *BILLED).join(Payment)).where(waits & bills.kept_by(actor))
    return list(query.order_by(Refund.id).limit(MOST))
