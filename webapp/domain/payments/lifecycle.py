"""What can happen to a payment and to an invoice (spec 7.15): both stories on one screen.

Not here: the verbs that make the moves.
"""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.payments import bills
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Invoice, Payment, Refund


def of_their_house(row: Payment | Invoice, actor: Actor) -> None:
    """It is money of the agency for which the actor works, or of the actor's school."""
    bills.works_at(row.bill if isinstance(row, Payment) else row.item.application, actor)


def was_taken_by_another(payment: Payment, actor: Actor) -> None:
    """Money that came by hand counts once a second person saw it too."""
    if payment.staff is None or payment.staff.key == actor.key:
        raise Refused("second_person")


def not_the_own(payment: Payment, actor: Actor) -> None:
    """Nobody decides about the own money (SECURITY T23)."""
    bills.of(payment.bill).stranger(payment.bill, actor)


def by_hand(payment: Payment, actor: Actor) -> None:
    if payment.way != "offline":
        raise Refused("moved_on", state=payment.state)


def no_vendor_makes_it(payment: Payment, actor: Actor) -> None:
    """Its vendor gives nothing back: else the same money went back twice."""
    stuck = (Refund.payment == payment) & (Refund.fault != "")
    if payment.way != "offline" and not Refund.select().where(stuck).exists():
        raise Refused("moved_on", state=payment.state)


def is_odd(payment: Payment, actor: Actor) -> None:
    """Only what a vendor said something odd about is settled so."""
    if not payment.odd:
        raise Refused("moved_on", state=payment.state)


def is_still_paid(invoice: Invoice, actor: Actor) -> None:
    """No invoice says that money was paid which went back: what gives it back waits until this is through."""
    check_money(invoice.item.application.locked())


def check_money(application: Application) -> None:
    """Refuse an invoice about money that is not there, or not for long. Raises Refused: invoice_unpaid, invoice_refunding."""
    if not has_money(application):
        raise Refused("invoice_unpaid")
    if goes_back(application):
        raise Refused("invoice_refunding")


def was_never_reversed(invoice: Invoice, actor: Actor) -> None:
    """红冲 is possible once for each line (R-PAY-08)."""
    if Invoice.select().where((Invoice.item == invoice.item) & (Invoice.state == "reversed")).exists():
        raise Refused("invoice_reversed")


def has_money(application: Application) -> bool:
    """It cost something, that was paid, and nothing of it went back."""
    return bool(application.total and application.paid and application.state == "filed" and not application.refunded)


def goes_back(application: Application) -> bool:
    """Is a refund of it under way? What was paid twice is nothing that it has."""
    here = (Payment.application == application) & (Payment.state == "refunding") & (Refund.reason != "double")
    return Refund.select().join(Payment).where(here).exists()


def owes_a_line(item: ApplicationItem) -> int:
    """Fen of one line: what an invoice for it says."""
    return item.zh * item.zh_fen + item.en * item.en_fen


HERE = (of_their_house,)
OTHERS = (*HERE, not_the_own)

PAYMENT = Lifecycle(
    Payment,
    #    name         from                   to           who may       guards
    Move("pay", ("waiting", "closed"), "paid"),
    Move("close", ("waiting",), "closed"),
    Move("vouch", ("waiting",), "paid", Can.CASH, (*OTHERS, by_hand, was_taken_by_another)),
    Move("strike", ("waiting",), "closed", Can.CASH, (*HERE, by_hand)),
    Move("sort_out", ("waiting", "closed"), "closed", Can.CASH, (*OTHERS, is_odd)),
    Move("give_back", ("paid",), "refunding"),
    Move("decide", ("paid",), "refunding", Can.LEAD, OTHERS),
    Move("returned", ("refunding",), "refunded"),
    Move("hand_back", ("refunding",), "refunded", Can.REPAY, (*OTHERS, no_vendor_makes_it)),
)
"""支付中 → 已支付 → 退款中 → 已退款, or 已关闭 unpaid; a vendor may still say of a closed one that it was paid."""

INVOICE = Lifecycle(
    Invoice,
    Move("issue", ("asked",), "issued", Can.CERTIFY, (*HERE, is_still_paid)),
    Move("reverse", ("issued",), "reversed", Can.CERTIFY, (*HERE, was_never_reversed)),
)
"""开票中 → 已开票 → 已红冲, after which the holder may ask once more."""
