"""Vendors from a page: which are set up, and the few questions that somebody waits for.

Not here: everything that can wait (`jobs/payments.py`).
"""

from contextlib import suppress
from datetime import timedelta

from flask import current_app, request, url_for

from webapp.domain import clock
from webapp.domain.pay_port import Order, Payments
from webapp.domain.payments import closing, notices, ordering
from webapp.domain.permissions import Actor
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.models.payments import Bill, Payment
from webapp.web.payments import faces

PAUSE = timedelta(seconds=5)
"""Between two questions about the same order that a person asks for."""


def vendor(way: str) -> Payments:
    return current_app.extensions["worker"].outside.vendor(way)


def ways() -> list[str]:
    """Vendors that are set up here."""
    return [way for way in ordering.WAYS if vendor(way).ready]


def on_phone() -> bool:
    """Does the payer hold the device that shows the page? Browsers of phones say Mobile."""
    return "Mobi" in request.user_agent.string


def start(bill: Bill, actor: Actor, way: str) -> Payment:
    """An order at the vendor and where it takes the money. Raises Refused: payment_none, and what `ordering.begin` does."""
    if way not in ways():
        raise Refused("payment_none")
    payment = ordering.begin(bill, actor, way, on_phone())
    try:
        return ordering.linked(payment, vendor(way).start(_order(payment, bill)))
    except Unavailable:
        raise Refused("payment_none") from None


def _order(payment: Payment, bill: Bill) -> Order:
    site, face = current_app.config["SETTINGS"].url.rstrip("/"), faces.of(bill)
    return Order(
        payment.number,
        payment.fen,
        face.subject(),
        payment.until,
        notify=site + url_for(f"payments.{payment.way}"),
        back=site + face.url("pay", bill),
        address=request.remote_addr or "127.0.0.1",
        phone=payment.scene == "phone",
    )


def look(bill: Bill) -> None:
    """Ask the vendors now about the orders that wait: the payer says that it was paid."""
    for payment in ordering.of(bill):
        fresh = payment.asked is not None and payment.asked > clock.now() - PAUSE
        if payment.state == "waiting" and payment.way in ways() and not fresh:
            closing.was_asked(payment)
            with suppress(Unavailable):
                notices.learn(payment, vendor(payment.way).query(payment.number))
