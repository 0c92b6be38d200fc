"""T28, forged and repeated payment notices: through the door, signed as the vendors sign, in every order."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests import paying
from tests.certifying import Office, proved
from tests.paying import AlipayGateway, Sold, Vendor, Wechat, about, alipay_notice, wechat_notice
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, journal
from webapp.domain.certification import filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.payments import ordering
from webapp.jobs.payments import ask_after_orders, ask_after_refunds, close_late
from webapp.models.base import database, transaction
from webapp.models.certification import Application
from webapp.models.journal import Event, Job
from webapp.models.payments import Payment, Refund
from webapp.settings import Settings


@pytest.fixture
def vendors() -> Iterator[tuple[Vendor, Vendor]]:
    with Vendor(Wechat) as one, Vendor(AlipayGateway) as two:
        yield one, two


@pytest.fixture
def settings(settings: Settings, vendors: tuple[Vendor, Vendor]) -> Settings:
    return paying.set_up(settings, vendors[0].endpoint, vendors[1].endpoint)


@pytest.fixture
def payment(hers: Holder, office: Office) -> Payment:
    application = filing.confirm(proved(hers, office.agency, en=1), hers.actor)
    return ordering.begin(application, hers.actor, "wechat", phone=False)


def tell(app: Flask, notice: tuple[dict, bytes], way: str = "wechat") -> int:
    return app.test_client().post(f"/payments/{way}", headers=notice[0], data=notice[1]).status_code


def now(payment: Payment) -> tuple[str, str]:
    fresh = Payment.get_by_id(payment.id)
    return fresh.state, fresh.application.state


def deeds(action: str) -> int:
    return Event.select().where(Event.action == action).count()


@pytest.mark.req("PAY-04", "PAY-05")
def test_the_same_notice_from_everywhere_at_once_pays_once_and_is_always_answered(app: Flask, payment: Payment):
    notice, many = wechat_notice(about(payment.number, Sold(payment.fen, "SUCCESS"))), 100

    def once(_n: int) -> int:
        try:
            return tell(app, notice)
        finally:
            database.close()

    with ThreadPoolExecutor(many) as crowd:
        assert list(crowd.map(once, range(many))) == [204] * many
    assert now(payment) == ("paid", "filed")
    assert (deeds("payment.pay"), deeds("application.settle")) == (1, 1)
    assert payment.application.locked().paid == clock.now()


@pytest.mark.req("PAY-04")
def test_what_does_not_fit_or_nobody_signed_moves_nothing_and_is_an_event(app: Flask, payment: Payment):
    right = about(payment.number, Sold(payment.fen, "SUCCESS"))
    headers, body = wechat_notice(right)
    seconds = clock.seconds(clock.now())
    wrong = {
        "amount": [right | {"amount": {"total": payment.fen + one, "currency": "CNY"}} for one in (-1, 1)],
        "currency": [right | {"amount": {"total": payment.fen, "currency": "USD"}}],
        "owner": [right | {"mchid": "1900000110"}, right | {"appid": "wx0000000000000000"}],
        "unknown": [right | {"out_trade_no": "20261116100000000000000"}],
    }
    for n, one in enumerate(one for group in wrong.values() for one in group):
        assert tell(app, wechat_notice(one, name=f"EV-{n}")) == 500
    verdicts = sorted(event.detail.split('"verdict":"')[1].split('"')[0] for event in odd())
    assert verdicts == ["amount", "amount", "currency", "owner", "owner", "unknown"]
    for forged in (
        wechat_notice(right, by="forger"),
        wechat_notice(right, at=seconds - 301),
        wechat_notice(right, at=seconds + 301),
        (headers, body.replace(b",", b", ")),
        (headers, b"{}"),
        ({}, b""),
    ):
        assert tell(app, forged) == 403
    assert tell(app, ({}, alipay_notice(payment.number, payment.fen)), "alipay") == 200, "no such order: it reads the word"
    assert deeds("payment.forged") == 1, "one an hour, or anybody could fill the history"
    assert tell(app, (headers, b"x" * 20_000)) == 413
    assert now(payment) == ("waiting", "paying")
    assert tell(app, wechat_notice(right, name="EV-right")) == 204
    assert now(payment) == ("paid", "filed")


def odd() -> list[Event]:
    return list(Event.select().where(Event.action == "payment.odd_notice"))


@pytest.mark.req("PAY-04")
def test_a_form_of_the_other_vendor_is_signed_field_by_field(app: Flask, hers: Holder, payment: Payment):
    order = ordering.begin(payment.application, hers.actor, "alipay", phone=True)
    answers = []
    for body in (
        alipay_notice(order.number, order.fen, by="forger"),
        alipay_notice(order.number, order.fen + 1, notify_id="a"),
        alipay_notice(order.number, order.fen, notify_id="b", app_id="2021000000000002"),
        alipay_notice(order.number, order.fen, notify_id="c"),
        alipay_notice(order.number, order.fen, notify_id="d", trade_status="TRADE_FINISHED"),
    ):
        sent = app.test_client().post("/payments/alipay", data=body, content_type="application/x-www-form-urlencoded")
        answers.append((sent.status_code, sent.text if sent.status_code == 200 else ""))
    assert answers == [(403, ""), (200, "fail"), (200, "fail"), (200, "success"), (200, "success")]
    assert now(order) == ("paid", "filed")


@pytest.mark.req("PAY-04", "PAY-06")
@pytest.mark.parametrize("order", ["pay first", "refund first"])
def test_pay_and_refund_notices_end_the_same_in_either_order(
    app: Flask, world: World, hers: Holder, payment: Payment, vendors: tuple[Vendor, Vendor], order: str
):
    sold = vendors[0].orders[payment.number] = Sold(payment.fen, "SUCCESS")
    paid = wechat_notice(about(payment.number, sold), name="P")
    world.wait(minutes=3)
    assert ask_after_orders(world.worker.outside) == 1, "the vendor was silent and is asked"
    application = APPLICATION.move(Application.get_by_id(payment.application_id), "cancel", hers.actor)
    vendors[0].slow = True
    with transaction():
        journal.promise("payments.refund", key=application.key)
    world.work()
    back = Refund.get()
    about_it = {
        "mchid": paying.MERCHANT,
        "out_trade_no": payment.number,
        "transaction_id": sold.transaction,
        "out_refund_no": back.number,
        "refund_status": "SUCCESS",
        "amount": {"total": payment.fen, "refund": back.fen},
    }
    refunded = wechat_notice(about_it, "REFUND.SUCCESS", "R")
    for notice in (paid, refunded) if order == "pay first" else (refunded, paid):
        assert tell(app, wechat_notice(about(payment.number, sold), name="P") if notice is paid else notice) in (204, 500)
    world.work()
    world.wait(minutes=11)
    ask_after_refunds(world.worker.outside)
    assert now(payment) == ("refunded", "cancelled")
    assert sold.refunds == {back.number: payment.fen}, "the vendor was asked more than once and gave it back once"
    assert Refund.get().done
    assert not Job.select().where((Job.name == "payments.refund") & (Job.state != "done")).exists()


@pytest.mark.req("PAY-03", "PAY-04")
def test_an_order_is_closed_at_its_vendor_before_it_is_closed_here(
    world: World, hers: Holder, payment: Payment, vendors: tuple[Vendor, Vendor]
):
    sold = vendors[0].orders[payment.number] = Sold(payment.fen)
    world.wait(hours=25)
    vendors[0].mode = "500"
    assert close_late(world.worker.outside) == 0
    assert now(payment) == ("waiting", "paying"), "nobody knows whether it was paid"
    vendors[0].mode = "ok"
    assert close_late(world.worker.outside) == 1
    assert (sold.state, now(payment)) == ("CLOSED", ("closed", "lapsed"))
    fresh = ordering.begin(Application.get_by_id(payment.application_id), hers.actor, "wechat", phone=False)
    vendors[0].orders[fresh.number] = Sold(fresh.fen, "SUCCESS")
    world.wait(hours=25)
    close_late(world.worker.outside)
    assert now(fresh) == ("paid", "filed"), "it was paid in the last minute, and the vendor said so when it was asked"


@pytest.mark.req("PAY-02")
def test_the_payer_scans_asks_and_reads_that_it_is_paid(
    visitor: Callable, world: World, hers: Holder, payment: Payment, vendors: tuple[Vendor, Vendor]
):
    at = f"/applications/{payment.application.key}/pay"
    her = world.log_in(visitor(), hers.account)
    her.visit(at).sees("微信支付", "支付宝", "在浏览器打开").press("微信支付").sees("打开微信支付付款", "等支付结果")
    her.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0"
    her.visit(at).press("微信支付").sees("用微信扫一扫")
    assert her.page.find(class_="qr").find("svg")
    her.press("支付宝").sees("打开支付宝付款")
    assert her._link("打开支付宝付款")["href"].startswith(f"{vendors[1].endpoint}/gateway.do?")
    for sold in vendors[0].orders.values():
        sold.state = "SUCCESS"
    her.press("已经付了").sees("已支付", "支付时间")
    assert Payment.select().where(Payment.state == "paid").count() == 1
    close_late(world.worker.outside)
    world.work()
    assert Application.get().state == "filed"
