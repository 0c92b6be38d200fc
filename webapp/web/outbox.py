"""The demo's outbox: SMS and mails that would have left, captchas, second factors of its staff; and a page that pays.

Elsewhere there are no such pages.
"""

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response

from webapp.domain.pay_port import Told
from webapp.domain.payments import bills, notices
from webapp.models.payments import Payment
from webapp.providers import outbox
from webapp.providers.pay_outbox import OutboxPay
from webapp.web import payment_words, told
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@public("made-up people only; 404 outside the demo")
def lines() -> Response:
    settings = current_app.config["SETTINGS"]
    if not settings.demo:
        abort(404)
    written = outbox.lines(settings.data_dir / outbox.NAME)
    codes = current_app.extensions.get("demo_codes", list)()
    return show("outbox/outbox.html", lines=written, codes=[(login, f"{code[:3]} {code[3:]}") for login, code in codes])


@bp.get("/outbox/pay/<way>/<number>")
@public("a stand-in for the vendor's page; 404 where vendors are real")
def pay(way: str, number: str) -> Response:
    return _pay(_order(way, number), Form())


@bp.post("/outbox/pay/<way>/<number>")
@public("a stand-in for the vendor's page; 404 where vendors are real")
def take_money(way: str, number: str) -> Response:
    """Tell the site, as a vendor would, that the order was paid."""
    payment, form = _order(way, number), Form()
    if not form.validate():
        return _pay(payment, form, 422)
    notices.take(way, Told("paid", number, f"outbox-{number}", f"outbox-{number}", payment.fen))
    return go(bills.page(payment.bill))


def _order(way: str, number: str) -> Payment:
    stands_in = isinstance(getattr(current_app.extensions["worker"].outside, way, None), OutboxPay)
    found = Payment.get_or_none((Payment.way == way) & (Payment.number == number)) if stands_in else None
    return found or abort(404)


def _pay(payment: Payment, form: Form, status: int = 200) -> Response:
    name = payment_words.WAYS[payment.way]
    return show("outbox/pay.html", status, payment=payment, name=name, fen=told.yuan(payment.fen), form=form)
