"""我的在线验证报告: the list, with what there is to do at each."""

from flask import request, url_for
from werkzeug.wrappers import Response

from webapp.domain.identity import verification_codes
from webapp.domain.payments import bills
from webapp.domain.permissions import Can
from webapp.domain.reports import holding, issuing, orders
from webapp.models.keyset import FIRST, Place
from webapp.models.reports import OnlineReport
from webapp.web import access, gate, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import show
from webapp.web.reports import words as own_words
from webapp.web.reports.blueprint import bp, called, written_in


@bp.get("/reports")
@allow(Can.OWN_RECORD)
def index() -> Response:
    gate.behind(access.account())
    page = holding.page(access.account(), _place())
    before = url_for("reports.index", before=page.rows[0].key) if page.rows and page.before else None
    after = url_for("reports.index", after=page.rows[-1].key) if page.rows and page.after else None
    return show(
        "reports/index.html",
        rows=[_row(one) for one in page.rows],
        unpaid=[(called(one.record.kind), bills.page(one), one) for one in orders.mine(access.account())],
        fee=orders.fee(),
        moment=told.moment,
        neighbours=(before, after),
        size=holding.SIZE,
        months=issuing.usual(),
        form=Form(),
    )


def _place() -> Place:
    for name in ("after", "before"):
        if (key := request.args.get(name)) and (row := holding.find(access.account(), key)):
            return Place(row, name == "before")
    return FIRST


def _row(report: OnlineReport) -> dict[str, object]:
    """What the list says of one; its code only where somebody may be told it."""
    standing = holding.standing(report)
    said = standing not in holding.UNTOLD
    return {
        "key": report.key,
        "title": called(report.kind),
        "school": report.record.unit.name,
        "language": written_in(report.language),
        "ends": report.ends,
        "standing": standing,
        "pill": own_words.STATES[standing],
        "code": verification_codes.grouped(report.code) if said else "",
    }
