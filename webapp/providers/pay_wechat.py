"""微信支付 (API v3) through `wechatpayv3`, with the vendor's public key: Native codes for computers, H5 pages for phones.

Not here: what a payment means (`domain/payments/`). Certificates are never fetched, so nothing that a stranger sends makes us
call the vendor.
"""

import json
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote

import requests
from wechatpayv3 import WeChatPay, WeChatPayType

from webapp.domain import clock
from webapp.domain.pay_port import Forged, Order, Told
from webapp.domain.ports import Unavailable
from webapp.providers.gateway import TIMEOUT
from webapp.providers.pay_keys import pem

ENDPOINT = "https://api.mch.weixin.qq.com"
AGE = 300
"""Seconds by which a notice may be old, or ahead of us (SECURITY T28)."""

HEADERS = tuple(f"Wechatpay-{name}" for name in ("Signature", "Timestamp", "Nonce", "Serial", "Signature-Type"))
SIGNED = "WECHATPAY2-SHA256-RSA2048"
STATES = {"SUCCESS": "paid", "REFUND": "refunded", "CLOSED": "closed", "REVOKED": "closed"}
"""Of an order; any other waits."""

EVENTS = {
    "TRANSACTION.SUCCESS": "paid",
    "REFUND.SUCCESS": "refunded",
    "REFUND.ABNORMAL": "stuck",
    "REFUND.CLOSED": "stuck",
}
RETRY = ("SYSTEM_ERROR", "SYSTEMERROR", "BANK_ERROR", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "BIZ_ERR_NEED_RETRY")
"""The vendor's codes after which the same call may work: https://pay.weixin.qq.com/doc/v3/merchant/4012081606."""


class WechatPay:
    """Fits `Payments`. The keys are PEM texts; `api_key` (APIv3) has 32 characters."""

    ready = True

    def __init__(
        self,
        merchant: str,
        app: str,
        serial: str,
        private_key: str,
        api_key: str,
        public_key: str,
        public_key_id: str,
        endpoint: str = ENDPOINT,
    ) -> None:
        if not (merchant and app and serial and public_key_id and len(api_key) == 32):
            raise ValueError("wechat needs a merchant, an app, serial numbers of both keys, and an APIv3 key of 32 characters")
        self.merchant, self.app, self.public_key_id = merchant, app, public_key_id
        known = {"timeout": TIMEOUT, "public_key": public_key, "public_key_id": public_key_id}
        try:
            self.client = WeChatPay(WeChatPayType.NATIVE, merchant, private_key, serial, app, api_key, **known)
        except Exception as fault:  # the library raises bare ones
            raise ValueError("wechat needs both keys as PEM files") from fault
        self.client._core._gate_way = endpoint

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses the settings `wechat_…`; keys are read from the files that they name."""
        return cls(
            settings.wechat_merchant,
            settings.wechat_app,
            settings.wechat_serial,
            pem(settings.wechat_key),
            settings.wechat_api_key,
            pem(settings.wechat_public_key),
            settings.wechat_public_key_id,
            settings.wechat_endpoint or ENDPOINT,
        )

    def start(self, order: Order) -> str:
        """See `pay_port.Payments`. On a phone an address that holds for five minutes, else what a QR says for two hours."""
        about = {"h5_info": {"type": "Wap"}} if order.phone else {}
        answer = self._call(
            self.client.pay,
            order.subject,
            order.number,
            {"total": order.fen, "currency": "CNY"},
            time_expire=f"{clock.shown(order.until).isoformat()}+08:00",
            scene_info={"payer_client_ip": order.address} | about,
            notify_url=order.notify,
            pay_type=WeChatPayType.H5 if order.phone else WeChatPayType.NATIVE,
        )
        return f"{answer['h5_url']}&redirect_url={quote(order.back, safe='')}" if order.phone else answer["code_url"]

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """See `pay_port.Payments`: the signature covers time, nonce and the body as it came."""
        told = {name: headers.get(name, "") for name in HEADERS}
        stamp = told["Wechatpay-Timestamp"]
        if not (stamp.isascii() and stamp.isdigit()) or abs(int(stamp[:12]) - clock.seconds(clock.now())) > AGE:
            raise Forged("time")
        if told["Wechatpay-Serial"] != self.public_key_id or told["Wechatpay-Signature-Type"] != SIGNED:
            raise Forged("key")
        try:
            notice = self.client.callback(told, body)
        except Exception as fault:  # the library raises bare ones, and what was sent may be anything
            raise Forged("unreadable") from fault
        if not notice:
            raise Forged("signature")
        return self._notice(notice)

    def _notice(self, notice: dict) -> Told:
        kind, about = EVENTS.get(notice.get("event_type", ""), "other"), notice["resource"]
        amount = about.get("amount", {})
        ours = about.get("mchid") == self.merchant and (kind != "paid" or about.get("appid") == self.app)
        if kind == "paid" and about.get("trade_state") != "SUCCESS":
            kind = "other"
        return Told(
            kind,
            str(about.get("out_trade_no", "")),
            str(about.get("transaction_id", "")),
            str(notice.get("id", "")),
            amount.get("total", 0),
            amount.get("currency", "CNY"),  # a refund names none
            ours,
            str(about.get("out_refund_no", "")),
        )

    def query(self, number: str) -> Told:
        """See `pay_port.Payments`."""
        try:
            told = self._call(self.client.query, out_trade_no=number)
        except Unavailable as fault:
            if fault.detail in ("ORDER_NOT_EXIST", "ORDERNOTEXIST"):
                return Told("waiting", number)
            raise
        amount = told.get("amount", {})
        return Told(
            STATES.get(told["trade_state"], "waiting"),
            told.get("out_trade_no", ""),
            told.get("transaction_id", ""),
            fen=amount.get("total", 0),
            currency=amount.get("currency", "CNY"),
            ours=(told.get("mchid"), told.get("appid")) == (self.merchant, self.app),
        )

    def close(self, number: str) -> None:
        """See `pay_port.Payments`."""
        try:
            self._call(self.client.close, number)
        except Unavailable as fault:
            if fault.detail not in ("ORDER_CLOSED", "ORDER_NOT_EXIST", "ORDERNOTEXIST"):
                raise

    def refund(self, number: str, refund: str, fen: int, total: int) -> bool:
        """See `pay_port.Payments`."""
        amount = {"refund": fen, "total": total, "currency": "CNY"}
        status = self._call(self.client.refund, refund, amount, out_trade_no=number)["status"]
        if status not in ("SUCCESS", "PROCESSING"):  # ABNORMAL, CLOSED: only a person at the merchant's console goes on
            raise Unavailable("setup", retry=False, detail=status)
        return status == "SUCCESS"

    def receipt(self, taken: bool) -> tuple[str, int]:
        """See `pay_port.Payments`."""
        return ("", 204) if taken else (json.dumps({"code": "FAIL", "message": "not taken"}), 500)

    def _call(self, deed: Any, *told: Any, **more: Any) -> dict:
        """One call; its answer was signed by the vendor. Raises `Unavailable`."""
        try:
            status, answer = deed(*told, **more)
            found = json.loads(answer) if answer else {}
        except requests.Timeout as fault:
            raise Unavailable("timeout", retry=True, unknown=True) from fault
        except requests.RequestException as fault:
            raise Unavailable("network", retry=True, unknown=True) from fault
        except Exception as fault:  # an answer that nobody signed, or that makes no sense
            raise Unavailable("fault", retry=True, unknown=True, detail="answer") from fault
        if status >= 300:
            code = str(found.get("code", status))[:40]
            again = status == 429 or status >= 500 or code in RETRY
            raise Unavailable("fault" if again else "setup", retry=again, detail=code)
        return found
