"""Where vendors tell what was paid: whoever speaks is known by the signature over the raw bytes alone (SECURITY T28).

Not here: what a notice does (`domain/payments/notices.py`). Nothing of it is written to a log.
"""

from flask import Response, abort, request

from webapp.domain.pay_port import Forged
from webapp.domain.payments import notices
from webapp.web.access import public, signed, takes
from webapp.web.payments.blueprint import bp
from webapp.web.payments.vendors import vendor

NOTICE = 16 << 10
"""Bytes of a notice; the vendors' have two or three thousand."""


@bp.post("/payments/wechat")
@public("the vendor tells what was paid, and signs every byte of it")
@signed
@takes(NOTICE)
def wechat() -> Response:
    return _taken("wechat")


@bp.post("/payments/alipay")
@public("the vendor tells what was paid, and signs every field of it")
@signed
@takes(NOTICE)
def alipay() -> Response:
    return _taken("alipay")


def _taken(way: str) -> Response:
    speaker = vendor(way)
    try:
        told = speaker.read(request.headers, request.get_data())
    except Forged as fault:
        if fault.reason != "nobody":
            notices.forged(way)
        abort(403)
    text, status = speaker.receipt(notices.take(way, told))
    return Response(text, status, {"Cache-Control": "no-store"}, mimetype="text/plain")
