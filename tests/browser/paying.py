"""The screens of money: paying in each state, 我的发票, and the agency's page of it."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK
from tests.certifying import proved
from tests.people import make_colleague
from tests.reporting import Holder
from webapp.domain import defaults, sessions
from webapp.domain.certification import filing, standing_still
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.payments import by_hand, invoicing, ordering
from webapp.domain.permissions import SYSTEM, Actor, Can, student
from webapp.models.certification import Agency, AgencyMember, Application
from webapp.models.payments import Payment
from webapp.models.records import Record
from webapp.models.report_orders import ReportOrder
from webapp.models.staff import Staff


def paying(guide: Guide) -> Iterator[Shot]:
    application = _billed(guide, 0)
    me = guide.open(application.account).visit(f"/applications/{application.key}/pay")
    yield "pay", me
    yield "pay-waiting", me.press("支付宝")
    yield "outbox-pay", me.follow("打开%(way)s付款", way=me.say("支付宝"))
    yield "pay-paid", me.press("付款")
    yield "invoices", me.visit("/invoices")
    line = application.items[0]
    yield "invoice-errors", me.visit(f"/invoices/{line.key}").fill("中国大陆手机号", "1").press("申请开票")
    late = _billed(guide, 1)
    ordering.begin(late, student(late.account.key), "wechat", phone=False)
    Payment.update(state="closed").where(Payment.application == late).execute()
    Application.update(pay_until=late.confirmed).where(Application.id == late.id).execute()
    APPLICATION.move(Application.get_by_id(late.id), "lapse", SYSTEM)
    yield "pay-lapsed", guide.open(late.account).visit(f"/applications/{late.key}/pay")
    Application.update(pay_until=late.confirmed - timedelta(days=31)).where(Application.id == late.id).execute()
    standing_still.sweep()
    yield "application-expired", guide.open(late.account).visit(f"/applications/{late.key}")


def buying_a_report(guide: Guide) -> Iterator[Shot]:
    """In a hurry: what differs from paying for an application."""
    defaults.change("rpt.english_fee", 3_000, SYSTEM)
    record = _somebody(guide, 4)
    me = guide.open(record.account).visit(f"/reports/new/{record.key}").tick("英文").press("申请")
    yield "report-english-price", me
    yield "pay-report", me.press("去付款")
    yield "my-reports-unpaid", me.visit("/reports")
    order = ReportOrder.get(ReportOrder.record == record)
    payment = by_hand.mark(order, sessions.staff_actor(guide.staff("ni")), f"2026 收 R{order.id}")
    other = sessions.staff_actor(make_colleague(guide.unit, f"ke-{guide.language}", "R"))
    Record.update(major="汉服设计").where(Record.id == record.id).execute()
    by_hand.vouch(payment, other)
    desk = guide.open(guide.staff("ni"), DESK).visit(f"/staff/payments/{order.key}")
    yield "staff-payment-report", desk
    desk.open("翻译不了，全部退款").fill("原因", "没有正式的英文名称").press("不翻译，退款")
    yield "pay-report-refused", me.visit(f"/reports/orders/{order.key}/pay")
    Record.update(major=record.major).where(Record.id == record.id).execute()
    defaults.change("rpt.english_fee", 0, SYSTEM)


def counting(guide: Guide) -> Iterator[Shot]:
    application = _billed(guide, 2)
    one, two = _people(application)
    by_hand.vouch(by_hand.mark(application, one, f"2026 收 {application.id}"), two)
    line = application.items[0]
    about = ("unit", "青溪贸易公司", "91110105MA0000000Y", "lin@example.edu.cn", "13800001234")
    invoicing.ask(line, student(application.account.key), *about)
    waits = _billed(guide, 3)
    by_hand.mark(waits, one, f"2026 收 {waits.id}")
    desk = guide.open(Staff.by_key(two.key), DESK)
    yield "staff-payments", desk.visit("/staff/payments")
    yield "staff-payment-marked", desk.visit(f"/staff/payments/{waits.key}")
    yield "staff-payment-errors", desk.visit(f"/staff/payments/{application.key}").press("登记已开票")


def _people(application: Application) -> list[Actor]:
    """Two people of the agency, the lead last."""
    found = Staff.select().join(AgencyMember).where(AgencyMember.agency == application.agency).order_by(AgencyMember.id)
    people = sorted((sessions.staff_actor(one) for one in found), key=lambda one: one.may(Can.LEAD))
    return [people[0], people[-1]]


def _billed(guide: Guide, n: int) -> Application:
    """An application that waits for its payment, another one in each language."""
    record = _somebody(guide, n)
    me = Holder(record.account, student(record.account.key), record)
    return filing.confirm(proved(me, Agency.get(), en=1), me.actor)


def _somebody(guide: Guide, n: int) -> Record:
    """Who has a record, another one in each language."""
    return guide.several("confirmed", 90)[70 + 2 * n + (guide.language == "en")]


STUDENTS: tuple[Tour, ...] = (paying, buying_a_report)
STAFF: tuple[Tour, ...] = (counting,)
