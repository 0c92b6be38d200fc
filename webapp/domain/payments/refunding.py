"""退款: money that goes back, each payment once: of what was cancelled or paid twice, or as the agency decides (R-PAY-06).

Not here: asking the vendor (`jobs/payments.py`).
"""

from datetime import timedelta

from peewee import ModelSelect

from webapp.domain import clock, journal, messages
from webapp.domain.payments import bills
from webapp.domain.payments.lifecycle import PAYMENT
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.payments import Bill, Payment, Refund
from webapp.models.staff import Staff

NOTE = 200
REFERENCE = 40
AGAIN = timedelta(minutes=10)
"""After which a vendor is asked again what became of a refund."""


def of_cancelled(bill: Bill) -> None:
    """Give back in full whatever was paid for a cancelled bill; called again it finds nothing more to do."""
    if bill.state != "cancelled":
        return
    for payment in Payment.select().where(bills.paid_by(bill) & (Payment.state == "paid")):
        back(payment, bills.of(bill).back)


def back(payment: Payment, reason: str) -> Payment:
    """Give back the whole of a payment by itself (cancelled, untold, double). Raises Refused: moved_on."""
    with transaction():
        payment = PAYMENT.move(payment, "give_back", SYSTEM, detail={"reason": reason})
        _promise(payment, payment.fen, reason)
        return payment


def decide(payment: Payment, actor: Actor, fen: int, note: str) -> Payment:
    """The agency's lead gives back `fen` of a payment, and says why.

    As long as the applicant may call all of it off, all of it goes back or nothing: a payment goes back once.
    Raises Refused: not_allowed, own_case, moved_on, refund_amount (most), refund_note (most), refund_whole.
    """
    note = note.strip()
    if not 0 < fen <= payment.fen:
        raise Refused("refund_amount", most=f"{payment.fen / 100:.2f}")
    if not 0 < len(note) <= NOTE:
        raise Refused("refund_note", most=NOTE)
    with transaction():
        payment = PAYMENT.move(payment, "decide", actor, detail={"fen": fen})
        if fen < payment.fen and bills.of(payment.bill).untouched(payment.bill.locked()):
            raise Refused("refund_whole")
        _promise(payment, fen, "decided", actor, note)
        return payment


def _promise(payment: Payment, fen: int, reason: str, actor: Actor = SYSTEM, note: str = "") -> None:
    refund = Refund(payment=payment, number=f"{payment.number}R", fen=fen, reason=reason, asked=clock.now())
    refund.staff, refund.note = Staff.by_key(actor.key), note or None
    refund.save(force_insert=True)
    journal.promise("payments.refund", key=payment.bill.key)
    _tell(refund, "refund_asked")


def _tell(refund: Refund, what: str) -> None:
    bill = refund.payment.bill
    messages.notify(bill.account, what, link=bills.page(bill), topic="progress", yuan=f"{refund.fen / 100:.2f}")


def of(payment: Payment) -> Refund:
    """The refund of a payment that is under way, or done."""
    return Refund.get(Refund.payment == payment)


def due(bill: Bill) -> list[Refund]:
    """Refunds of a bill that a vendor has still to make."""
    return list(_open().where(bills.paid_by(bill)))


def silent() -> list[str]:
    """Keys of bills with a refund of which the vendor has said nothing for a while."""
    late = _open().where(Refund.asked <= clock.now() - AGAIN)
    return sorted({one.payment.bill.key for one in late})


def _open() -> ModelSelect:
    query = Refund.select(Refund, Payment).join(Payment)
    waits = (Payment.state == "refunding") & (Payment.way != "offline") & (Refund.fault == "")
    return query.where(waits).order_by(Refund.id)


def stuck(refund: Refund, fault: str) -> None:
    """The vendor will not do it: a person has to. The holder is told so once."""
    with transaction():
        if not refund.fault:
            _tell(refund, "refund_stuck")
        refund.fault = fault[:40] or "unknown"
        refund.save()
        journal.record("payment.stuck", SYSTEM.name, refund.payment, fault=refund.fault)


def returned(payment: Payment) -> None:
    """The vendor gave it back; told twice it is once. Raises Refused: moved_on for a payment that was never to go back."""
    if payment.state != "refunded":
        with transaction():
            _end(PAYMENT.move(payment, "returned", SYSTEM))


def hand_back(payment: Payment, actor: Actor, reference: str) -> None:
    """The agency or school gave it back itself, and `reference` says where that stands.

    Raises Refused: not_allowed, own_case, moved_on, payment_reference (most).
    """
    reference = reference.strip()
    if not 0 < len(reference) <= REFERENCE:
        raise Refused("payment_reference", most=REFERENCE)
    with transaction():
        _end(PAYMENT.move(payment, "hand_back", actor), reference)


def _end(payment: Payment, reference: str = "") -> None:
    refund, at = of(payment), clock.now()
    refund.done, refund.reference = at, reference
    refund.save()
    if refund.reason != "double":
        model = bills.of(payment.bill).model
        model.update(refunded=at).where(model.id == payment.bill.id).execute()
    _tell(refund, "refund_done")
