"""微信支付 and 支付宝 against servers that check our signatures and sign what they say."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine

from tests import paying
from tests.paying import AlipayGateway, Sold, Vendor, Wechat, about, alipay_notice, wechat_notice
from tests.world import START
from webapp.domain import clock
from webapp.domain.pay_port import Forged, Order, Told
from webapp.domain.ports import Unavailable
from webapp.providers.pay_none import NoPayments

NUMBER = "202611161000001200000001"


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with time_machine.travel(START, tick=False):
        yield


def order(phone: bool = False) -> Order:
    until = clock.now() + timedelta(hours=24)
    return Order(NUMBER, 15_000, "学历认证", until, "https://x.example/n", "https://x.example/b?a=1", "192.0.2.7", phone)


def test_wechat_opens_asks_closes_and_gives_back():
    with Vendor(Wechat) as vendor:
        pay = paying.wechat(vendor.endpoint)
        assert pay.start(order()) == "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"
        assert pay.start(order(phone=True)).endswith("&redirect_url=https%3A%2F%2Fx.example%2Fb%3Fa%3D1")
        assert pay.query(NUMBER).kind == "waiting"
        vendor.orders[NUMBER].state = "SUCCESS"
        transaction = vendor.orders[NUMBER].transaction
        assert pay.query(NUMBER) == Told("paid", NUMBER, transaction, fen=15_000)
        vendor.slow = True
        assert not pay.refund(NUMBER, f"{NUMBER}R", 15_000, 15_000)
        assert pay.refund(NUMBER, f"{NUMBER}R", 15_000, 15_000)
        assert vendor.orders[NUMBER].refunds == {f"{NUMBER}R": 15_000}
        assert pay.query("unknown").kind == "waiting"
        pay.close(NUMBER)
        assert pay.query(NUMBER).kind == "closed"
        pay.close("unknown")


def test_alipay_opens_asks_closes_and_gives_back():
    with Vendor(AlipayGateway) as vendor:
        pay = paying.alipay(f"{vendor.endpoint}/gateway.do")
        sent = dict(parse_qsl(urlsplit(pay.start(order(phone=True))).query))
        signature = sent.pop("sign")
        assert paying.signed("ours", "&".join(f"{name}={sent[name]}" for name in sorted(sent)), signature)
        assert sent["method"] == "alipay.trade.wap.pay"
        assert sent["timestamp"] == "2026-11-16 10:00:00"
        assert '"total_amount":"150.00"' in sent["biz_content"]
        assert '"time_expire":"2026-11-17 10:00:00"' in sent["biz_content"]
        assert "alipay.trade.page.pay" in pay.start(order())
        assert pay.query(NUMBER).kind == "waiting"
        pay.close(NUMBER)
        sold = vendor.orders[NUMBER] = Sold(15_000, "TRADE_SUCCESS")
        assert pay.query(NUMBER) == Told("paid", NUMBER, sold.transaction, fen=15_000)
        assert pay.refund(NUMBER, f"{NUMBER}R", 15_000, 15_000)
        assert pay.refund(NUMBER, f"{NUMBER}R", 15_000, 15_000)
        assert sold.refunds == {f"{NUMBER}R": 15_000}
        pay.close(NUMBER)
        assert pay.query(NUMBER).kind == "closed"


@pytest.mark.parametrize("mode", ["500", "garbage", "unsigned"])
def test_a_vendor_who_answers_nonsense_is_asked_again(mode: str):
    with Vendor(Wechat) as one, Vendor(AlipayGateway) as two:
        one.mode, two.mode = ("ok" if mode == "unsigned" else mode), mode
        one.orders[NUMBER] = Sold(1)
        for pay in (paying.wechat(one.endpoint), paying.alipay(f"{two.endpoint}/gateway.do")):
            if mode == "unsigned" and pay.ready and hasattr(pay, "merchant"):
                one.mode = "unsigned"
            with pytest.raises(Unavailable) as fault:
                pay.query(NUMBER)
            assert fault.value.retry


def test_a_vendor_who_is_not_there_is_asked_again():
    for pay in (paying.wechat(), paying.alipay()):
        with pytest.raises(Unavailable) as fault:
            pay.query(NUMBER)
        assert fault.value.retry
    with pytest.raises(Unavailable) as fault:
        NoPayments().query(NUMBER)
    assert not fault.value.retry
    with pytest.raises(Forged):
        NoPayments().read({}, b"")


@pytest.mark.req("PAY-04")
def test_a_notice_says_what_its_vendor_signed():
    sold = Sold(15_000, "SUCCESS")
    headers, body = wechat_notice(about(NUMBER, sold))
    assert paying.wechat().read(headers, body) == Told("paid", NUMBER, sold.transaction, "EV-1", 15_000)
    other = about(NUMBER, sold) | {"mchid": "1900000110"}
    assert not paying.wechat().read(*wechat_notice(other)).ours
    other = about(NUMBER, sold) | {"appid": "wx0000000000000000"}
    assert not paying.wechat().read(*wechat_notice(other)).ours
    refund = {"mchid": paying.MERCHANT, "out_trade_no": NUMBER, "out_refund_no": "R", "amount": {"total": 15_000}}
    assert paying.wechat().read(*wechat_notice(refund, "REFUND.ABNORMAL")).kind == "stuck"
    found = paying.alipay().read({}, alipay_notice(NUMBER, 15_000))
    assert (found.kind, found.fen, found.ours, found.number) == ("paid", 15_000, True, NUMBER)
    assert not paying.alipay().read({}, alipay_notice(NUMBER, 15_000, app_id="2021000000000002")).ours
    assert paying.alipay().read({}, alipay_notice(NUMBER, 15_000, refund_fee="150.00", out_biz_no="R")).refund == "R"
    assert paying.alipay().read({}, alipay_notice(NUMBER, 0, total_amount="1e5x")).fen == 0


@pytest.mark.req("PAY-04")
def test_what_no_vendor_signed_is_forged_and_asks_nothing_of_the_vendor():
    with Vendor(Wechat) as vendor:
        pay = paying.wechat(vendor.endpoint)
        good, body = wechat_notice(about(NUMBER, Sold(15_000, "SUCCESS")))
        now = clock.seconds(clock.now())
        wrong = [
            ({}, body),
            (good, body.replace(b",", b", ", 1)),
            (good, body + b"\n"),
            (good, b"\xff"),
            (good | {"Wechatpay-Signature": "WECHATPAY/SIGNTEST/x"}, body),
            (good | {"Wechatpay-Signature": "not base64 at all"}, body),
            (good | {"Wechatpay-Serial": "5157F09EFDC096DE15EBE81A47057A72"}, body),
            (good | {"Wechatpay-Signature-Type": "WECHATPAY2-SM2-WITH-SM3"}, body),
            (good | {"Wechatpay-Timestamp": "soon"}, body),
            wechat_notice(about(NUMBER, Sold(1, "SUCCESS")), by="forger"),
            *(wechat_notice(about(NUMBER, Sold(1, "SUCCESS")), at=now + late) for late in (-301, 301)),
        ]
        for headers, sent in wrong:
            with pytest.raises(Forged):
                pay.read(headers, sent)
        for late in (-300, 300):
            assert pay.read(*wechat_notice(about(NUMBER, Sold(1, "SUCCESS")), at=now + late)).kind == "paid"
        assert vendor.asked == 0
    good = alipay_notice(NUMBER, 15_000)
    changed = (good + b"&total_amount=1", good.replace(b"15", b"16"))
    wrong = (b"", b"sign=x", b"\xff", alipay_notice(NUMBER, 1, by="forger"), *changed)
    for sent in wrong:
        with pytest.raises(Forged):
            paying.alipay().read({}, sent)


@pytest.mark.req("PAY-04")
def test_alipay_signs_as_its_published_rule_says():
    """Every field but sign and sign_type, decoded, in the order of their names (https://opendocs.alipay.com/common/02mse7)."""
    told = dict(parse_qsl(alipay_notice(NUMBER, 15_000).decode()))
    text = "&".join(f"{name}={told[name]}" for name in sorted(told) if name not in ("sign", "sign_type"))
    assert text.startswith(f"app_id={paying.ALIPAY_APP}&charset=utf-8&notify_id=")
    assert paying.signed("vendor", text, told["sign"])
    assert len(b64decode(told["sign"])) == 256
