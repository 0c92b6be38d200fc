"""Both vendors of money as they behave, on the loopback: they check what we sign, sign what they say, and fail on demand.

Keys are made up for each run. What is signed how: https://pay.weixin.qq.com/doc/v3/merchant/4012365342 and
https://opendocs.alipay.com/common/02mse7.
"""

import json
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from webapp.domain import clock
from webapp.providers.pay_alipay import Alipay
from webapp.providers.pay_wechat import WechatPay
from webapp.settings import Settings

MERCHANT, APP, SERIAL, API_KEY = "1900000109", "wxd678efh567hg6787", "444F4864EA9B34415", "0123456789abcdef0123456789abcdef"
KEY_ID = "PUB_KEY_ID_0000000000000024101100397200000006"
ALIPAY_APP = "2021000000000001"


@cache
def key(name: str) -> RSAPrivateKey:
    """A made-up key: ours, the vendor's, or a forger's."""
    return generate_private_key(65537, 2048)


def private(name: str) -> str:
    return key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public(name: str) -> str:
    return key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(name: str, text: str) -> str:
    return b64encode(key(name).sign(text.encode(), PKCS1v15(), SHA256())).decode()


def signed(name: str, text: str, signature: str) -> bool:
    try:
        key(name).public_key().verify(b64decode(signature), text.encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def wechat(endpoint: str = "http://127.0.0.1:1") -> WechatPay:
    return WechatPay(MERCHANT, APP, SERIAL, private("ours"), API_KEY, public("vendor"), KEY_ID, endpoint)


def alipay(endpoint: str = "http://127.0.0.1:1/gateway.do") -> Alipay:
    return Alipay(ALIPAY_APP, private("ours"), public("vendor"), endpoint)


@dataclass
class Sold:
    """An order as its vendor has it."""

    fen: int
    state: str = "NOTPAY"
    transaction: str = field(default_factory=lambda: f"42000{secrets.randbelow(10**15):015d}")
    refunds: dict[str, int] = field(default_factory=dict)


class Vendor(ThreadingHTTPServer):
    """`orders` by our number; with `mode` 500, garbage or unsigned it answers so, with `slow` a refund is under way first."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.orders: dict[str, Sold] = {}
        self.mode, self.slow, self.asked = "ok", False, 0

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Quiet(BaseHTTPRequestHandler):
    server: Vendor

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Wechat(Quiet):
    """API v3 of a merchant: Native, H5, query, close, refund."""

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        self.server.asked += 1
        if self.server.mode != "ok":
            text = json.dumps({"code": "SYSTEM_ERROR"}) if self.server.mode == "500" else "<html>"
            return self.say(500 if self.server.mode == "500" else 200, text.encode(), {"Content-Type": "application/json"})
        if not self._is_ours(body):
            return self._signed(401, {"code": "SIGN_ERROR"})
        place, told = urlsplit(self.path).path, json.loads(body or b"{}")
        if place.endswith(("/native", "/h5")):
            return self._open(place, told)
        if place == "/v3/refund/domestic/refunds":
            return self._refund(told)
        number = place.split("/")[5]
        order = self.server.orders.get(number)
        if order is None:
            return self._signed(404, {"code": "ORDER_NOT_EXIST"})
        if place.endswith("/close"):
            order.state = "CLOSED"
            return self._signed(204, None)
        return self._signed(200, about(number, order))

    def _is_ours(self, body: bytes) -> bool:
        kind, _, rest = self.headers["Authorization"].partition(" ")
        told = dict(part.split("=", 1) for part in rest.replace('"', "").split(","))
        text = f"{self.command}\n{self.path}\n{told['timestamp']}\n{told['nonce_str']}\n{body.decode()}\n"
        known = (kind, told["mchid"], told["serial_no"], self.headers["Wechatpay-Serial"])
        return known == ("WECHATPAY2-SHA256-RSA2048", MERCHANT, SERIAL, KEY_ID) and signed("ours", text, told["signature"])

    def _open(self, place: str, told: dict) -> None:
        assert (told["appid"], told["mchid"], told["amount"]["currency"]) == (APP, MERCHANT, "CNY")
        self.server.orders.setdefault(told["out_trade_no"], Sold(told["amount"]["total"]))
        native = {"code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"}
        phone = {"h5_url": "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016121516420242444&package=1"}
        self._signed(200, native if place.endswith("/native") else phone)

    def _refund(self, told: dict) -> None:
        order = self.server.orders[told["out_trade_no"]]
        fresh = told["out_refund_no"] not in order.refunds
        order.refunds[told["out_refund_no"]] = told["amount"]["refund"]
        order.state = "REFUND"
        self._signed(200, {"status": "PROCESSING" if self.server.slow and fresh else "SUCCESS"})

    def _signed(self, status: int, content: dict | None) -> None:
        text = "" if content is None else json.dumps(content)
        name = "forger" if self.server.mode == "unsigned" else "vendor"
        self.say(status, text.encode(), stamped(text, name) | {"Content-Type": "application/json; charset=utf-8"})


def about(number: str, order: Sold) -> dict:
    """An order as an answer, and as what a notice holds."""
    told = {"appid": APP, "mchid": MERCHANT, "out_trade_no": number, "trade_state": order.state}
    if order.state == "NOTPAY":
        return told | {"amount": {"total": order.fen, "currency": "CNY"}}
    return told | {"transaction_id": order.transaction, "amount": {"total": order.fen, "currency": "CNY"}}


def stamped(text: str, by: str = "vendor", at: int | None = None) -> dict[str, str]:
    """The headers of what 微信支付 says: 应答时间戳\\n应答随机串\\n应答报文主体\\n."""
    at, nonce = clock.seconds(clock.now()) if at is None else at, secrets.token_hex(16)
    return {
        "Wechatpay-Timestamp": str(at),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": KEY_ID,
        "Wechatpay-Signature": sign(by, f"{at}\n{nonce}\n{text}\n"),
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    }


def wechat_notice(
    about_it: dict, event: str = "TRANSACTION.SUCCESS", name: str = "EV-1", **signing: object
) -> tuple[dict, bytes]:
    """A notice as it comes: its headers, and the raw body with the sealed resource."""
    nonce = "fdasflkja484"
    sealed = AESGCM(API_KEY.encode()).encrypt(nonce.encode(), json.dumps(about_it).encode(), b"transaction")
    resource = {
        "original_type": "transaction",
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": b64encode(sealed).decode(),
        "associated_data": "transaction",
        "nonce": nonce,
    }
    notice = {"id": name, "create_time": "2026-11-16T10:00:00+08:00", "resource_type": "encrypt-resource", "event_type": event}
    body = json.dumps(notice | {"summary": "支付成功", "resource": resource}, ensure_ascii=False, separators=(",", ":"))
    return stamped(body, **signing) | {"Content-Type": "application/json"}, body.encode()


def alipay_notice(number: str, fen: int, by: str = "vendor", **more: str) -> bytes:
    """异步通知: a form whose fields are signed together."""
    told = {
        "app_id": ALIPAY_APP,
        "charset": "utf-8",
        "notify_id": "ac05099524730693a8b330c5ecf72da9786",
        "notify_type": "trade_status_sync",
        "out_trade_no": number,
        "subject": "学历认证",
        "total_amount": f"{fen / 100:.2f}",
        "trade_no": "2026111622001400000000000001",
        "trade_status": "TRADE_SUCCESS",
        "version": "1.0",
    } | more
    signature = sign(by, "&".join(f"{name}={told[name]}" for name in sorted(told)))
    return urlencode(told | {"sign": signature, "sign_type": "RSA2"}).encode()


class AlipayGateway(Quiet):
    """The gateway: query, close, refund. What a page of it shows is the payer's browser's business."""

    def do_GET(self) -> None:
        self.server.asked += 1
        if self.server.mode != "ok":
            return self.say(500 if self.server.mode == "500" else 200, b"<html>", {})
        told = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        signature = told.pop("sign")
        assert signed("ours", "&".join(f"{name}={told[name]}" for name in sorted(told)), signature)
        deeds: dict[str, Callable[[dict], dict]] = {
            "alipay.trade.query": self._query,
            "alipay.trade.close": self._close,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": lambda about: {"code": "10000", "refund_status": "REFUND_SUCCESS"},
        }
        content = json.dumps(deeds[told["method"]](json.loads(told["biz_content"])), ensure_ascii=False)
        answer = f'{{"{told["method"].replace(".", "_")}_response":{content},"sign":"{sign("vendor", content)}"}}'
        return self.say(200, answer.encode(), {})

    def _query(self, about: dict) -> dict:
        order = self.server.orders.get(about["out_trade_no"])
        if order is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        told = {"out_trade_no": about["out_trade_no"], "trade_no": order.transaction, "trade_status": order.state}
        return {"code": "10000", "msg": "Success", "total_amount": f"{order.fen / 100:.2f}"} | told

    def _close(self, about: dict) -> dict:
        order = self.server.orders.get(about["out_trade_no"])
        if order is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        order.state = "TRADE_CLOSED"
        return {"code": "10000", "msg": "Success"}

    def _refund(self, about: dict) -> dict:
        order = self.server.orders[about["out_trade_no"]]
        fresh = about["out_request_no"] not in order.refunds
        order.refunds[about["out_request_no"]] = round(float(about["refund_amount"]) * 100)
        return {"code": "10000", "msg": "Success", "fund_change": "Y" if fresh and not self.server.slow else "N"}


def told(folder: Path, wechat_at: str = "http://127.0.0.1:1", alipay_at: str = "http://127.0.0.1:1") -> dict[str, str]:
    """What a deployment is told of both vendors, with the keys in files of `folder`."""
    for name, text in (("ours", private("ours")), ("vendor", public("vendor"))):
        (folder / f"{name}.pem").write_text(text)
    ours, theirs = str(folder / "ours.pem"), str(folder / "vendor.pem")
    return {
        "wechat": "wechatpay",
        "wechat_merchant": MERCHANT,
        "wechat_app": APP,
        "wechat_serial": SERIAL,
        "wechat_key": ours,
        "wechat_api_key": API_KEY,
        "wechat_public_key": theirs,
        "wechat_public_key_id": KEY_ID,
        "wechat_endpoint": wechat_at,
        "alipay": "alipay",
        "alipay_app": ALIPAY_APP,
        "alipay_key": ours,
        "alipay_public_key": theirs,
        "alipay_endpoint": f"{alipay_at}/gateway.do",
    }


def set_up(settings: Settings, *places: str) -> Settings:
    """A deployment with both vendors."""
    return replace(settings, **told(settings.data_dir, *places))
