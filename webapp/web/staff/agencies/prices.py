"""Prices with their days, of one agency or of the whole site, and what a copy costs on a day (R-PAY-09).

Not here: which price counts (`domain/certification/prices.py`).
"""

from datetime import date

from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.certification import prices as counting
from webapp.domain.certification import pricing
from webapp.domain.certification.catalogue import LANGUAGES, OPEN
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency, Price
from webapp.web import access, told
from webapp.web import certification_words as words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.agencies.blueprint import bp, reached, site_only
from webapp.web.staff.agencies.forms import PriceForm, WhenForm

SITE = "site"
"""What stands in an address for the prices of all agencies; no agency's key is so short."""


@bp.get("/<key>/prices")
@allow(Can.OWN_AGENCY)
def prices(key: str) -> Response:
    return _prices(_whose(key), _form())


@bp.post("/<key>/prices")
@allow(Can.OWN_AGENCY)
def set_price(key: str) -> Response:
    agency, form = _whose(key), PriceForm()
    try:
        if form.validate_on_submit():
            what = form.purpose.data, form.kind.data, form.language.data
            pricing.begin(access.actor(), agency, *what, form.fen(), form.starts.data)
            return go(url_for("staff_agencies.prices", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _prices(agency, form, 422)


@bp.post("/<key>/prices/<price>/close")
@allow(Can.OWN_AGENCY)
def close_price(key: str, price: str) -> Response:
    agency, form = _whose(key), Form()
    found = pricing.find(agency, price) or abort(404)
    try:
        if form.validate_on_submit():
            pricing.close(access.actor(), found)
            return go(url_for("staff_agencies.prices", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _prices(agency, _form(), 422, form)


def _whose(key: str) -> Agency | None:
    """The agency; None for the whole site, which only the administrator keeps."""
    if key == SITE:
        site_only()
        return None
    return reached(key)


def _form() -> PriceForm:
    return PriceForm(formdata=None, starts=clock.today())


def _prices(agency: Agency | None, form: PriceForm, status: int = 200, closing: Form | None = None) -> Response:
    when = WhenForm(request.args)
    when.validate()
    purpose, day = when.use.data, when.day.data or clock.today()
    when.day.data = day
    return show(
        "staff/agencies/prices.html",
        status,
        found=agency,
        key=agency.key if agency else SITE,
        form=form,
        closing=closing or Form(formdata=None),
        prices=[(one, *_told(one)) for one in pricing.listed(agency)],
        when=when,
        day=told.day(day),
        shown=[(words.KINDS[kind], *_row(purpose, kind, agency, day)) for kind in OPEN],
        yuan=yuan,
    )


def _row(purpose: str, kind: str, agency: Agency | None, day: date) -> list[str]:
    return [yuan(counting.of(purpose, kind, language, agency, day)) for language in LANGUAGES]


def yuan(fen: int) -> str:
    """150.00."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def _told(price: Price) -> tuple[str, str, str, str, bool]:
    """What it is for, from when until when, the kind of its pill with its words, and may it be ended."""
    today = clock.today()
    what = _("，").join(
        str(one)
        for one in (
            words.KINDS[price.kind],
            words.LANGUAGES[price.language],
            words.PURPOSES[price.purpose] if price.purpose else _("所有目的"),
        )
    )
    days = _("%(starts)s 起", starts=told.day(price.starts))
    if price.ends is not None:
        days = _("%(starts)s 起，到 %(ends)s 前", starts=told.day(price.starts), ends=told.day(price.ends))
    if price.ends is not None and price.ends <= max(today, price.starts):
        return what, days, "", _("已结束"), False
    if price.starts > today:
        return what, days, "info", _("还没开始"), True
    return what, days, "ok", _("现在的价格"), price.ends is None
