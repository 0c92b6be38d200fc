"""Vendors from a page: which are set up, and the few questions that somebody waits for.

Not here: everything that can wait (`jobs/payments.py`).
"""

from contextlib import suppress
from datetime import timedelta

from flask import current_app, request, url_for
from flask_babel import gettext as _

from webapp.domain import clock
from webapp.domain.pay_port import Order, Payments
from webapp.domain.payments import closing, notices, ordering
from webapp.domain.permissions import Actor
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.models.payments import Payment

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


def start(application: Application, actor: Actor, way: str) -> Payment:
    """An order at the vendor and where it takes the money. Raises Refused: payment_none, and what `ordering.begin` does."""
    if way not in ways():
        raise Refused("payment_none")
    payment = ordering.begin(application, actor, way, on_phone())
    try:
        return ordering.linked(payment, vendor(way).start(_order(payment, application.key)))
    except Unavailable:
        raise Refused("payment_none") from None


def _order(payment: Payment, key: str) -> Order:
    site = current_app.config["SETTINGS"].url.rstrip("/")
    return Order(
        payment.number,
        payment.fen,
        _("学历认证"),
        payment.until,
        notify=site + url_for(f"payments.{payment.way}"),
        back=site + url_for("payments.pay", key=key),
        address=request.remote_addr or "127.0.0.1",
        phone=payment.scene == "phone",
    )


def look(application: Application) -> None:
    """Ask the vendors now about the orders that wait: the payer says that it was paid."""
    for payment in ordering.of(application):
        fresh = payment.asked is not None and payment.asked > clock.now() - PAUSE
        if payment.state == "waiting" and payment.way in ways() and not fresh:
            closing.was_asked(payment)
            with suppress(Unavailable):
                notices.learn(payment, vendor(payment.way).query(payment.number))
