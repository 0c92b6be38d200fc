"""支付: what an application costs, the ways to pay, a code or a link to the vendor, and what came of it (R-PAY-02, R-PAY-03).

Not here: 我的发票 (`invoices.py`), what vendors tell (`notify.py`).
"""

import segno
from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.domain.certification import prices
from webapp.domain.payments import ordering, refunding
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Payment
from webapp.web import access, certification_words, payment_words, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.payments import (
    invoices,  # noqa: F401 (its routes)
    notify,  # noqa: F401 (its routes)
    vendors,
)
from webapp.web.payments.blueprint import bp, own


@bp.get("/applications/<key>/pay")
@allow(Can.APPLY)
def pay(key: str) -> Response:
    return _pay(own(key), Form())


@bp.post("/applications/<key>/pay")
@allow(Can.APPLY)
def choose_way(key: str) -> Response:
    """Open an order at a vendor: its code or its link stands on the page afterwards."""
    found, form = own(key), Form()
    try:
        if form.validate():
            opened = vendors.start(found, access.actor(), request.form.get("way", ""))
            return go(url_for("payments.pay", key=key, order=opened.key))
    except Refused as refused:
        form.refuse(refused)
    return _pay(own(key), form, 409)


@bp.post("/applications/<key>/pay/look")
@allow(Can.APPLY)
def look(key: str) -> Response:
    """The payer says that it was paid: ask the vendor now instead of waiting for its notice."""
    found = own(key)
    vendors.look(found)
    return go(url_for("payments.pay", key=key))


@bp.get("/applications/<key>/pay/waiting")
@allow(Can.APPLY)
def waiting(key: str) -> Response:
    """The part that moves: asked for every few seconds, until the money is there or the time is over."""
    found, place = own(key), url_for("payments.pay", key=key)
    return swap("payments/_waiting.html", place, found=found) if found.state == "paying" else leave(place)


def _pay(found: Application, form: Form, status: int = 200) -> Response:
    payments = ordering.of(found)
    return show(
        "payments/pay.html",
        status,
        form=form,
        found=found,
        bill=[_line(one) for one in prices.items(found)],
        total=told.yuan(found.total),
        payable=found.state in ("paying", "lapsed"),
        ways=[(way, payment_words.WAYS[way]) for way in vendors.ways()],
        phone=vendors.on_phone(),
        in_wechat="MicroMessenger" in request.user_agent.string,
        waits=_waits(found, payments),
        qr=_qr,
        back=_back(payments),
        words=payment_words,
        moment=told.moment,
    )


def _line(item: ApplicationItem) -> tuple[str, str, None]:
    """小计 of one item."""
    facts = {"copies": item.zh + item.en, "fen": told.yuan(prices.subtotal(item))}
    return str(certification_words.KINDS[item.kind]), _("%(copies)s 份，%(fen)s 元", **facts), None


def _waits(found: Application, payments: list[Payment]) -> Payment | None:
    """The order whose code or link is shown: the one that was just chosen, else the newest that is still open."""
    if found.state != "paying":
        return None
    live = [one for one in payments if one.state == "waiting" and one.link and one.until == found.pay_until]
    return next((one for one in live if one.key == request.args.get("order")), live[0] if live else None)


def _back(payments: list[Payment]) -> list[tuple[str, str, str]]:
    """Money that goes back: its pill and how much."""
    shown = [one for one in payments if one.state in ("refunding", "refunded")]
    return [(*payment_words.STATES[one.state], told.yuan(refunding.of(one).fen)) for one in shown]


def _qr(link: str) -> Markup:
    """What the vendor's app scans, as a picture in the page."""
    return Markup(segno.make(link, error="m", micro=False).svg_inline(scale=5, border=4, light="#fff"))  # noqa: S704 (drawn here)
