"""支付: what a bill comes to, the ways to pay, a code or a link to the vendor, and what came of it (R-PAY-02, R-PAY-03).

Not here: what is said of each kind of bill (`faces.py`), 我的发票 (`invoices.py`), what vendors tell (`notify.py`).
"""

import segno
from flask import request
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.domain.payments import ordering, refunding
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.payments import Bill, Payment
from webapp.models.report_orders import UNPAID
from webapp.web import access, payment_words, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.payments import (
    faces,
    invoices,  # noqa: F401 (its routes)
    notify,  # noqa: F401 (its routes)
    vendors,
)
from webapp.web.payments.blueprint import bp, own


@bp.get("/applications/<key>/pay")
@allow(Can.APPLY)
def pay(key: str) -> Response:
    return _pay(own("application", key), Form())


@bp.post("/applications/<key>/pay")
@allow(Can.APPLY)
def choose_way(key: str) -> Response:
    return _choose("application", key)


@bp.post("/applications/<key>/pay/look")
@allow(Can.APPLY)
def look(key: str) -> Response:
    return _look(own("application", key))


@bp.get("/applications/<key>/pay/waiting")
@allow(Can.APPLY)
def waiting(key: str) -> Response:
    return _waiting(own("application", key))


@bp.get("/reports/orders/<key>/pay")
@allow(Can.OWN_RECORD)
def pay_report(key: str) -> Response:
    return _pay(own("report", key), Form())


@bp.post("/reports/orders/<key>/pay")
@allow(Can.OWN_RECORD)
def choose_way_report(key: str) -> Response:
    return _choose("report", key)


@bp.post("/reports/orders/<key>/pay/look")
@allow(Can.OWN_RECORD)
def look_report(key: str) -> Response:
    return _look(own("report", key))


@bp.get("/reports/orders/<key>/pay/waiting")
@allow(Can.OWN_RECORD)
def waiting_report(key: str) -> Response:
    return _waiting(own("report", key))


def _choose(kind: str, key: str) -> Response:
    """Open an order at a vendor: its code or its link stands on the page afterwards."""
    found, form = own(kind, key), Form()
    try:
        if form.validate():
            opened = vendors.start(found, access.actor(), request.form.get("way", ""))
            return go(f"{faces.of(found).url('pay', found)}?order={opened.key}")
    except Refused as refused:
        form.refuse(refused)
    return _pay(own(kind, key), form, 409)


def _look(found: Bill) -> Response:
    """The payer says that it was paid: ask the vendor now instead of waiting for its notice."""
    vendors.look(found)
    return go(faces.of(found).url("pay", found))


def _waiting(found: Bill) -> Response:
    """The part that moves: asked for every few seconds, until the money is there or the time is over."""
    face = faces.of(found)
    place = face.url("pay", found)
    return swap("payments/_waiting.html", place, found=found, face=face) if found.state == "paying" else leave(place)


def _pay(found: Bill, form: Form, status: int = 200) -> Response:
    payments = ordering.of(found)
    return show(
        "payments/pay.html",
        status,
        form=form,
        found=found,
        face=faces.of(found),
        total=told.yuan(found.total),
        payable=found.state in UNPAID,
        ways=[(way, payment_words.WAYS[way]) for way in vendors.ways()],
        phone=vendors.on_phone(),
        in_wechat="MicroMessenger" in request.user_agent.string,
        waits=_waits(found, payments),
        qr=_qr,
        back=_back(payments),
        words=payment_words,
        moment=told.moment,
    )


def _waits(found: Bill, payments: list[Payment]) -> Payment | None:
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
