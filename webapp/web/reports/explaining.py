"""如何申请 and 报告特点: what a report is, how one gets it, and what it is good for (R-RPT-17)."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import defaults
from webapp.domain.reports import orders
from webapp.web import language, told
from webapp.web.access import public
from webapp.web.page import show
from webapp.web.reports.blueprint import bp


@bp.get("/reports/how")
@public("read before registering")
def how() -> Response:
    return _text(_("如何申请"), "report_how")


@bp.get("/reports/features")
@public("read by who is shown a report")
def features() -> Response:
    return _text(_("报告特点"), "report_features")


def _text(name: str, text: str) -> Response:
    return show(
        "home/text.html",
        name=name,
        text=f"texts/{language.chosen()}/{text}.html",
        fee=told.yuan(orders.fee()) if orders.fee() else "",
        hours=defaults.value("crt.pay_hours"),
        workdays=defaults.value("rpt.english_workdays"),
    )
