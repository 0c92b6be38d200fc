"""支付宝 through `python-alipay-sdk`: the page for computers, the page for phones, both opened by the payer's own browser.

Not here: what a payment means (`domain/payments/`). Amounts are yuan with two places there, fen here.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Self
from urllib.parse import parse_qsl

from alipay import AliPay
from alipay.exceptions import AliPayException, AliPayValidationError
from alipay.utils import AliPayConfig

from webapp.domain import clock
from webapp.domain.pay_port import Forged, Order, Told
from webapp.domain.ports import Unavailable
from webapp.providers.gateway import TIMEOUT
from webapp.providers.pay_keys import pem

ENDPOINT = "https://openapi.alipay.com/gateway.do"
STATES = {"TRADE_SUCCESS": "paid", "TRADE_FINISHED": "paid", "TRADE_CLOSED": "closed"}
"""Of an order; any other waits."""

ABSENT = "ACQ.TRADE_NOT_EXIST"
"""What it says of an order whose page the payer has not opened yet."""

RETRY = ("ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR", "isp.unknow-error")


class Alipay:
    """Fits `Payments`. Keys are PEM texts: our private one, and the public one that the vendor shows for our app."""

    ready = True

    def __init__(self, app: str, private_key: str, public_key: str, endpoint: str = ENDPOINT) -> None:
        if not app:
            raise ValueError("alipay needs an app")
        self.app = app
        self.client = AliPay(app, None, private_key, public_key, config=AliPayConfig(timeout=TIMEOUT[1]))
        self.client._gateway = self.endpoint = endpoint

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses the settings `alipay_…`; keys are read from the files that they name."""
        keys = (pem(path) for path in (settings.alipay_key, settings.alipay_public_key))
        return cls(settings.alipay_app, *keys, settings.alipay_endpoint or ENDPOINT)

    def start(self, order: Order) -> str:
        """See `pay_port.Payments`. Nothing is asked of the vendor: the address carries the order, signed."""
        content = {
            "subject": order.subject,
            "out_trade_no": order.number,
            "total_amount": _yuan(order.fen),
            "product_code": "QUICK_WAP_WAY" if order.phone else "FAST_INSTANT_TRADE_PAY",
            "time_expire": f"{clock.shown(order.until)}",
        }
        page = "alipay.trade.wap.pay" if order.phone else "alipay.trade.page.pay"
        signed = self.client.client_api(page, content, timestamp=_now(), notify_url=order.notify, return_url=order.back)
        return f"{self.endpoint}?{signed}"

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """See `pay_port.Payments`: the signature covers every field of the form, so a replayed one is known by its id alone."""
        try:
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=True, max_num_fields=60)
            told = dict(pairs)
            sign = told.pop("sign")
            signed = len(told) + 1 == len(pairs) and self.client.verify(dict(told), sign)
        except Exception as fault:  # the library raises its own for another kind of key; what was sent may be anything
            raise Forged("unreadable") from fault
        if not signed:
            raise Forged("signature")
        return self._notice(told)

    def _notice(self, told: dict[str, str]) -> Told:
        kind = STATES.get(told.get("trade_status", ""), "other")
        if "refund_fee" in told or "gmt_refund" in told:
            kind = "refunded"
        return Told(
            kind,
            told.get("out_trade_no", ""),
            told.get("trade_no", ""),
            told.get("notify_id", ""),
            _fen(told.get("total_amount", "")),
            told.get("trans_currency", "CNY"),
            told.get("app_id") == self.app,
            told.get("out_biz_no", ""),
        )

    def query(self, number: str) -> Told:
        """See `pay_port.Payments`."""
        told = self._call("alipay.trade.query", {"out_trade_no": number})
        if told["code"] != "10000":
            return Told("waiting", number)
        kind = STATES.get(told.get("trade_status", ""), "waiting")
        return Told(kind, told.get("out_trade_no", ""), told.get("trade_no", ""), fen=_fen(told.get("total_amount", "")))

    def close(self, number: str) -> None:
        """See `pay_port.Payments`."""
        self._call("alipay.trade.close", {"out_trade_no": number})

    def refund(self, number: str, refund: str, fen: int, total: int) -> bool:
        """See `pay_port.Payments`. An answer without a change of funds may be the second one to the same question."""
        about = {"out_trade_no": number, "out_request_no": refund}
        answer = self._call("alipay.trade.refund", about | {"refund_amount": _yuan(fen)})
        if answer["code"] != "10000":
            raise Unavailable("setup", retry=False, detail=ABSENT)
        if answer.get("fund_change") == "Y":
            return True
        return self._call("alipay.trade.fastpay.refund.query", about).get("refund_status") == "REFUND_SUCCESS"

    def receipt(self, taken: bool) -> tuple[str, int]:
        """See `pay_port.Payments`: it reads the word, not the status."""
        return "success" if taken else "fail", 200

    def _call(self, name: str, content: dict) -> dict:
        """One call; the answer was signed by the vendor. An order that it does not know is an answer. Raises `Unavailable`."""
        try:
            answer = self.client.server_api(name, content, timestamp=_now())
        except TimeoutError as fault:
            raise Unavailable("timeout", retry=True, unknown=True) from fault
        except OSError as fault:
            raise Unavailable("network", retry=True, unknown=True) from fault
        except (AliPayException, AliPayValidationError, ValueError, AttributeError, TypeError) as fault:
            raise Unavailable("fault", retry=True, unknown=True, detail=type(fault).__name__) from fault
        code, why = answer.get("code", ""), answer.get("sub_code", "")
        if code == "10000" or why == ABSENT:
            return answer
        again = code == "20000" or why in RETRY
        raise Unavailable("fault" if again else "setup", retry=again, detail=why[:40])


def _now() -> str:
    return str(clock.shown(clock.now()))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _fen(yuan: str) -> int:
    """``150.00`` → 15000; 0 for what is no such amount, which no order has."""
    try:
        fen = Decimal(yuan) * 100
        return int(fen) if fen == int(fen) else 0
    except (InvalidOperation, OverflowError, ValueError):
        return 0
