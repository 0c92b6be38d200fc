"""Paying: which ways there are, and one order at a vendor for the whole of an application (R-PAY-02, R-PAY-03).

Not here: asking the vendor for the page on which one pays (`web/payments/`), and what it tells later (`notices.py`).
"""

import secrets

from webapp.domain import clock, journal
from webapp.domain.certification import discredit, filing
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.payments import Payment

WAYS = ("wechat", "alipay")
"""Vendors; what the agency takes by hand is `by_hand.py`."""


def find(account: Account, key: str) -> Application | None:
    """An application of this account that is to be paid for, or was."""
    found = Application.by_key(key)
    billed = found is not None and found.account_id == account.id and found.confirmed is not None
    return found if billed else None


def of(application: Application) -> list[Payment]:
    """All payments for an application, newest first."""
    return list(Payment.select().where(Payment.application == application).order_by(Payment.id.desc()))


def begin(application: Application, actor: Actor, way: str, phone: bool) -> Payment:
    """An order at a vendor over the whole price; one that waits already is taken up again.

    An application that was closed unpaid opens again for as long as a new one (R-PAY-03). Its row stands before the vendor
    hears of it, so that no notice finds nothing. Raises Refused: not_allowed, moved_on, payment_over, discredited (until).
    """
    scene = "phone" if phone else "computer"
    discredit.check(application.identity_index)
    with transaction():
        application = application.locked()
        if application.state == "lapsed":
            application = filing.again(application, actor)
        if application.account.key != actor.key:
            raise Refused("not_allowed")
        if application.state != "paying":
            raise Refused("moved_on", state=application.state)
        if application.pay_until <= clock.now():
            raise Refused("payment_over")
        return _waiting(application, way, scene) or _open(application, actor, way, scene)


def _waiting(application: Application, way: str, scene: str) -> Payment | None:
    mine = (Payment.application == application) & (Payment.way == way) & (Payment.scene == scene)
    return Payment.get_or_none(mine & (Payment.state == "waiting") & (Payment.until == application.pay_until))


def _open(application: Application, actor: Actor, way: str, scene: str) -> Payment:
    payment = Payment.create(
        application=application,
        way=way,
        scene=scene,
        number=f"{application.number}{secrets.randbelow(10**8):08d}",
        fen=application.total,
        opened=clock.now(),
        until=application.pay_until,
    )
    journal.record("payment.open", actor.name, payment, way=way)
    return payment


def linked(payment: Payment, link: str) -> Payment:
    """Keep where the vendor takes the money."""
    payment.link = link
    payment.save()
    return payment
