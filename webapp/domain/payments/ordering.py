"""Paying: which ways there are, and one order at a vendor for the whole of a bill (R-PAY-02, R-PAY-03).

Not here: asking the vendor for the page on which one pays (`web/payments/`), and what it tells later (`notices.py`).
"""

import secrets

from webapp.domain import clock, journal
from webapp.domain.payments import bills
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.payments import Bill, Payment

WAYS = ("wechat", "alipay")
"""Vendors; what people take by hand is `by_hand.py`."""


def of(bill: Bill) -> list[Payment]:
    """All payments for a bill, newest first."""
    return list(Payment.select().where(bills.paid_by(bill)).order_by(Payment.id.desc()))


def begin(bill: Bill, actor: Actor, way: str, phone: bool) -> Payment:
    """An order at a vendor over the whole price; one that waits already is taken up again.

    A bill that was closed unpaid opens again for as long as a new one (R-PAY-03). The order's row stands before the vendor
    hears of it, so that no notice finds nothing. Raises Refused: not_allowed, moved_on, payment_over, and as its kind `fits`.
    """
    scene = "phone" if phone else "computer"
    kind = bills.of(bill)
    kind.fits(bill)
    with transaction():
        bill = bill.locked()
        if bill.state == "lapsed":
            bill = kind.again(bill, actor)
        if bill.account.key != actor.key:
            raise Refused("not_allowed")
        if bill.state != "paying":
            raise Refused("moved_on", state=bill.state)
        if bill.pay_until <= clock.now():
            raise Refused("payment_over")
        return _waiting(bill, way, scene) or _open(bill, actor, way, scene)


def _waiting(bill: Bill, way: str, scene: str) -> Payment | None:
    mine = bills.paid_by(bill) & (Payment.way == way) & (Payment.scene == scene)
    return Payment.get_or_none(mine & (Payment.state == "waiting") & (Payment.until == bill.pay_until))


def _open(bill: Bill, actor: Actor, way: str, scene: str) -> Payment:
    payment = Payment.create(
        **{bills.of(bill).column.name: bill},
        way=way,
        scene=scene,
        number=f"{bill.number}{secrets.randbelow(10**8):08d}",
        fen=bill.total,
        opened=clock.now(),
        until=bill.pay_until,
    )
    journal.record("payment.open", actor.name, payment, way=way)
    return payment


def linked(payment: Payment, link: str) -> Payment:
    """Keep where the vendor takes the money."""
    payment.link = link
    payment.save()
    return payment
