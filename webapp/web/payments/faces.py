"""What the pages of money say of each kind of bill, and where they lead from there.

Not here: what money does to a bill (`domain/payments/bills.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from webapp.domain.certification import prices
from webapp.domain.payments import bills
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Bill
from webapp.models.report_orders import ReportOrder
from webapp.web import certification_words, told

Row = tuple[str, str, None]


@dataclass(frozen=True, slots=True)
class Face:
    """`subject` is what a vendor shows of it, and names nobody. `tail` ends the names of its endpoints.

    `onward` are address and words of where one goes once it is settled.
    """

    tail: str
    subject: Callable[[], str]
    called: Callable[[Bill], str]
    back: Callable[[Bill], str]
    lines: Callable[[Bill], list[Row]]
    paid: Callable[[Bill], str]
    cancelled: Callable[[Bill], tuple[str, str | None]]
    by_hand: Callable[[Bill], str]
    taker: Callable[[Bill], list[Row]]
    onward: Callable[[Bill], list[tuple[str, str]]]

    def url(self, deed: str, bill: Bill) -> str:
        """The address of pay, look or waiting."""
        return url_for(f"payments.{deed}{self.tail}", key=bill.key)


def of(bill: Bill) -> Face:
    return FACES[bills.name(bill)]


def _line(item: ApplicationItem) -> Row:
    """小计 of one item."""
    facts = {"copies": item.zh + item.en, "fen": told.yuan(prices.subtotal(item))}
    return str(certification_words.KINDS[item.kind]), _("%(copies)s 份，%(fen)s 元", **facts), None


def _application(application: Application) -> str:
    return url_for("applications.application", key=application.key)


def _agency(application: Application) -> list[Row]:
    agency = application.agency
    rows = ((_("受理机构"), agency.name), (_("地址"), agency.address), (_("电话"), agency.phone), (_("时间"), agency.hours))
    return [(name, value or "—", None) for name, value in rows]


def _after_application(application: Application) -> list[tuple[str, str]]:
    seen = [(_application(application), _("看申请单"))]
    invoiced = application.total and application.state == "filed"
    return [*seen, (url_for("payments.invoices"), _("我的发票"))] if invoiced else seen


def _report(order: ReportOrder) -> str:
    return url_for("reports.index") if order.report is None else url_for("reports.report", key=order.report.key)


def _why_no_report(order: ReportOrder) -> tuple[str, str]:
    if order.note:
        return _("学校没有翻译这份报告"), _("原因：%(note)s。付的钱全部退回。", note=order.note.rstrip("。."))
    return _("报告没有申请成"), _("这条学籍现在不能申请报告，付的钱全部退回。") if order.paid else _("订单过期很久，已经取消。")


FACES = {
    "application": Face(
        tail="",
        subject=lambda: _("学历认证"),
        called=lambda application: _("申请单 %(number)s", number=application.number),
        back=_application,
        lines=lambda application: [_line(one) for one in prices.items(application)],
        paid=lambda application: _("支付时间 %(at)s，申请已经交给受理机构。", at=told.moment(application.paid)),
        cancelled=lambda application: (_("申请已取消"), None),
        by_hand=lambda application: _(
            "到受理机构付款，或者按机构告诉你的账户汇款，写上申请单编号 %(number)s。机构两个人核对以后，这里显示已支付。",
            number=application.number,
        ),
        taker=_agency,
        onward=_after_application,
    ),
    "report": Face(
        tail="_report",
        subject=lambda: _("英文报告"),
        called=lambda order: _("英文报告，订单 %(number)s", number=order.number),
        back=_report,
        lines=lambda order: [(_("英文报告"), _("%(fen)s 元", fen=told.yuan(order.total)), None)],
        paid=lambda order: _("支付时间 %(at)s，报告已经申请。", at=told.moment(order.paid)),
        cancelled=_why_no_report,
        by_hand=lambda order: _(
            "到学校付款，或者按学校告诉你的账户汇款，写上订单号 %(number)s。学校两个人核对以后，这里显示已支付。",
            number=order.number,
        ),
        taker=lambda order: [(_("学校"), order.unit.name, None)],
        onward=lambda order: [(_report(order), _("看报告"))],
    ),
}
"""By kind of bill."""
