"""The pages of money: ways to pay, what the agency takes by hand, refunds, invoices."""

from collections.abc import Callable

import pytest

from tests.certifying import Office, begun, filed, held, proved
from tests.person import Person
from tests.reporting import Holder
from tests.world import World
from webapp.domain import journal
from webapp.domain.certification import deciding, filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.pay_port import Told
from webapp.domain.payments import by_hand, notices, ordering, refunding
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem
from webapp.models.journal import Job
from webapp.models.messages import Notice
from webapp.models.payments import Invoice, Payment

PDF = b"%PDF-1.7 made up"


def billed(hers: Holder, office: Office) -> Application:
    return filing.confirm(proved(hers, office.agency, en=2), hers.actor)


def paid(hers: Holder, office: Office, reference: str = "R1") -> ApplicationItem:
    application = billed(hers, office)
    by_hand.vouch(by_hand.mark(application, office.actor(), reference), office.actor("other"))
    return ApplicationItem.get(ApplicationItem.application == application)


@pytest.mark.req("PAY-02", "PAY-10", "PAY-11")
def test_who_pays_reads_what_it_costs_and_where_to_pay(
    person: Callable[..., Person], world: World, hers: Holder, office: Office
):
    application = billed(hers, office)
    her = world.log_in(person(), hers.account)
    her.visit(f"/applications/{application.key}/pay").sees("300.00", "线下付款", office.agency.phone, application.number)
    her.post(f"/applications/{application.key}/pay", {"way": "cash"}).sees("这个付款方式现在用不了")
    assert not Payment.select().exists()
    her.press("支付宝").sees("等支付结果").follow("打开支付宝付款").sees("模拟支付宝", "300.00").press("付款").sees("已支付")
    free = filed(hers, office.agency)
    her.visit(f"/applications/{free.application.key}/pay").sees("免费").sees_not("我的发票")
    her.visit(f"/applications/{begun(hers, office.agency).key}/pay")
    assert her.status == 404


@pytest.mark.req("PAY-02")
def test_two_people_of_the_agency_count_money_that_came_by_hand(
    person: Callable[..., Person], world: World, hers: Holder, office: Office
):
    application = billed(hers, office)
    one, two = (world.log_in(person(), who) for who in (office.certifier, office.other))
    one.visit("/staff/payments").sees(application.number, hers.account.name).follow(application.number)
    one.fill("凭证号", "2026 收 0017").press("登记收到").sees("支付中", "2026 收 0017")
    one.sees("等另一个人确认").sees_not("我也核对过")
    one.post(f"{one.path}/{Payment.get().key}/vouch").sees("申请和确认要由两个人")
    two.visit("/staff/payments").follow(application.number).press("我也核对过").sees("已支付", office.other.name)
    world.log_in(person(), hers.account).visit(f"/applications/{application.key}/pay").sees("已支付", "支付时间")


@pytest.mark.req("PAY-06", "CRT-33")
def test_cancelling_gives_the_money_back(visitor: Callable[..., Person], world: World, hers: Holder, office: Office):
    item = paid(hers, office)
    application = APPLICATION.move(item.application, "cancel", hers.actor)
    with transaction():
        journal.promise("payments.refund", key=application.key)
    world.work()
    lead = world.log_in(visitor(), office.lead)
    lead.visit("/staff/payments").follow(application.number).sees("退款中", "取消申请")
    lead.fill("凭证号", "退 0003").press("登记已经退了").sees("已退款")
    her = world.log_in(visitor(), hers.account)
    her.visit(f"/applications/{application.key}/pay").sees("申请已取消", "已退款", "300.00")
    assert not Job.select().where(Job.state != "done").exists()


@pytest.mark.req("PAY-06")
def test_the_lead_decides_a_later_refund(visitor: Callable[..., Person], world: World, hers: Holder, office: Office):
    item = paid(hers, office)
    at = f"/staff/payments/{item.application.key}"
    world.log_in(visitor(), office.certifier).visit(at).sees("已支付").sees_not("最多 300.00")
    deciding.accept(held(item, office), office.actor())
    lead = world.log_in(visitor(), office.lead)
    lead.visit(at).fill("退款（元）", "300.01").fill("原因", "只办了一份").press("退款")
    assert lead.errors() == ["退款要大于 0，最多 300.00 元"]
    lead.fill("退款（元）", "150").fill("原因", "只办了一份").press("退款").sees("退款中", "150.00", "只办了一份")


@pytest.mark.req("PAY-07", "PAY-08")
def test_an_invoice_is_asked_for_once_brought_by_the_agency_and_reversed_once(
    person: Callable[..., Person], world: World, hers: Holder, office: Office
):
    item = paid(hers, office)
    her = world.log_in(person(), hers.account)
    her.visit("/invoices").sees("高等学历认证 300.00", "可以开票").follow("高等学历认证")
    her.tick("单位").fill("发票抬头", "青溪市某某公司").fill("纳税人识别号", "91110105MA00000000").fill("中国大陆手机号", "")
    her.press("申请开票")
    assert her.errors() == ["如需要开具发票，必须填写中国大陆地区手机号"]
    her.fill("中国大陆手机号", "13800001234").press("申请开票")
    assert len(her.errors()) == 1
    second = {"csrf_token": her.token(), "kind": "person", "name": "林", "email": "a@example.edu.cn", "phone": "13800001234"}
    her.tick("个人").fill("发票抬头", "林晓溪").press("申请开票").sees("开票中")
    her.post(f"/invoices/{item.key}", second).sees("已开具发票")

    desk = world.log_in(person(), office.certifier)
    desk.visit("/staff/payments").sees("要开的发票").follow("高等学历认证").sees("林晓溪")
    desk.fill("发票号码", "26110105000000000001").attach("税务平台给的 PDF", "x.pdf", b"<html>").press("登记已开票")
    desk.sees("选税务平台给的 PDF 文件")
    desk.fill("发票号码", "26110105000000000001").attach("税务平台给的 PDF", "x.pdf", PDF).press("登记已开票").sees("已开票")
    her.visit(f"/invoices/{item.key}").sees("已开票", "26110105000000000001").follow("下载 PDF")
    assert her.client.get(her.path).data == PDF

    desk.fill("红字发票号码", "26110105000000000002").press("登记红冲").sees("已红冲")
    her.visit(f"/invoices/{item.key}").sees("已红冲").fill("发票抬头", "林晓溪").press("申请开票").sees("开票中")
    desk.visit(desk.path).fill("发票号码", "26110105000000000003").attach("税务平台给的 PDF", "x.pdf", PDF).press("登记已开票")
    desk.fill("红字发票号码", "26110105000000000004").press("登记红冲").sees("红冲过一次")
    assert [one.state for one in Invoice.select().order_by(Invoice.id)] == ["reversed", "issued"]


@pytest.mark.req("PAY-07")
def test_what_was_given_back_or_cost_nothing_has_no_invoice(
    visitor: Callable[..., Person], world: World, hers: Holder, office: Office
):
    free, item = filed(hers, office.agency), paid(hers, office)
    her = world.log_in(visitor(), hers.account)
    her.visit(f"/invoices/{free.key}")
    assert her.status == 404
    APPLICATION.move(item.application, "cancel", hers.actor)
    her.visit("/invoices").sees("已退款").follow("高等学历认证").sees("这一项已经退款，不能开发票")


@pytest.mark.req("PAY-07")
def test_no_invoice_is_asked_for_nor_brought_while_a_refund_is_under_way(
    visitor: Callable[..., Person], world: World, hers: Holder, office: Office
):
    item = paid(hers, office)
    her, at = world.log_in(visitor(), hers.account), f"/invoices/{item.key}"
    about = {"kind": "person", "name": "林", "email": "a@example.edu.cn", "phone": "13800001234"}
    her.visit(at).fill("发票抬头", "林晓溪").press("申请开票").sees("开票中")
    other = paid(hers, office, "R2")
    for one in (item, other):
        deciding.accept(held(one, office), office.actor())
        refunding.decide(Payment.get(Payment.application == one.application), office.actor("lead"), 15_000, "只办了一份")
    her.visit("/invoices").sees("退款中").follow("退款中").sees("这一项正在退款，退款的时候不能开发票")
    her.post(her.path, about).sees("这一项正在退款，退款的时候不能开发票")
    desk = world.log_in(visitor(), office.certifier).visit("/staff/payments").sees_not("开的发票 1")
    desk.visit(f"/staff/payments/{item.application.key}").fill("发票号码", "26110105000000000001")
    desk.attach("税务平台给的 PDF", "x.pdf", PDF).press("登记已开票").sees("这一项正在退款")
    assert Invoice.get().state == "asked"


@pytest.mark.req("PAY-06")
def test_the_holder_is_told_of_a_refund_that_begins_gets_stuck_and_is_done(
    visitor: Callable[..., Person], world: World, hers: Holder, office: Office
):
    application = billed(hers, office)
    payment = ordering.begin(application, hers.actor, "wechat", phone=False)
    notices.take("wechat", Told("paid", payment.number, "T1", "E1", payment.fen))
    refunding.of_cancelled(APPLICATION.move(Application.get_by_id(application.id), "cancel", hers.actor))
    for _ in range(2):
        refunding.stuck(refunding.of(payment), "NOT_ENOUGH")
    refunding.hand_back(Payment.get_by_id(payment.id), office.actor("lead"), "退 0003")
    about = Notice.select().where(Notice.template.startswith("refund_")).order_by(Notice.id)
    assert [one.template for one in about] == ["refund_asked", "refund_stuck", "refund_done"]
    assert {one.link for one in about} == {f"/applications/{application.key}/pay"}
    her = world.log_in(visitor(), hers.account).visit("/messages").sees("开始退款", "退款没有退成", "退款完成")
    her.press("退款完成").sees("300.00 元已经退回")
    her.visit(about[0].link).sees("申请已取消", "已退款")


@pytest.mark.req("PAY-04")
def test_what_a_vendor_said_that_does_not_fit_is_settled_on_the_page(
    person: Callable[..., Person], world: World, hers: Holder, office: Office
):
    application = billed(hers, office)
    payment = ordering.begin(application, hers.actor, "alipay", phone=False)
    notices.learn(payment, Told("paid", payment.number, "T1", "", payment.fen + 1))
    desk = world.log_in(person(), office.certifier)
    desk.visit("/staff/payments").sees("对不上的支付", "金额对不上").follow(application.number)
    desk.sees("支付宝说这一笔付了，但是金额对不上").press("处理好了，划掉").sees_not("金额对不上").sees("已关闭")
    desk.visit("/staff/payments").sees_not("对不上的支付")
