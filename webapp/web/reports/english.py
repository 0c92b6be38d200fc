"""The step of an English report: every value as it will stand, the holder's own spelling of the name (R-RPT-20, R-RPT-21).

Not here: what is asked before it (`making.py`).
"""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from webapp.domain import clock, defaults, workdays
from webapp.domain.identity.romanised import is_chinese
from webapp.domain.payments import bills
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import english, issuing, orders
from webapp.domain.reports.issuing import Wish
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.reports.blueprint import bp, called, own_record

LENGTHS = frozenset(map(str, range(1, 7)))
"""Months that can be told at all; which of them a school allows the verb says."""


class SpellingForm(Form):
    """What was chosen on the page before goes along; the PIN too, which nothing keeps before there is a report.

    These fields have names of their own: what is refused of them is told above the form, where it can be read.
    """

    validity = HiddenField()
    extras = HiddenField()
    secret = HiddenField()
    price = HiddenField()
    spelling = StringField(_l("姓名的拼写"))


def confirm(record: Record, wish: Wish) -> Response:
    """The page, where there is nothing to refuse: raises what `issuing.check` raises."""
    issuing.check(access.account(), record, wish)
    form = SpellingForm(formdata=None, data=_kept(wish) | {"spelling": english.proposed(access.account(), record)})
    return _confirm(record, wish, form)


@bp.post("/reports/new/<record>/english")
@allow(Can.OWN_RECORD)
def issue_english(record: str) -> Response:
    found, form = own_record(record), SpellingForm()
    months = int(form.validity.data) if form.validity.data in LENGTHS else 0
    wish = Wish("en", months, tuple(form.extras.data.split()), form.secret.data)
    try:
        if form.validate():
            return go(_asked(found, wish, form))
    except Refused as refused:
        form.refuse(refused)
        form.price.data = str(orders.fee())
    return _confirm(found, wish, form, 422)


def _asked(record: Record, wish: Wish, form: SpellingForm) -> str:
    """Where it goes on: at the report, or first at its payment where it costs what the page said."""
    about = access.account(), access.actor(), record, wish, form.spelling.data
    if not orders.fee():
        return url_for("reports.report", key=english.issue(*about).key)
    price = form.price.data or ""
    return bills.page(orders.ask(*about, seen=int(price) if price.isdecimal() and len(price) < 10 else 0))


def _kept(wish: Wish) -> dict[str, str]:
    return {"validity": str(wish.months), "extras": " ".join(wish.shows), "secret": wish.pin, "price": str(orders.fee())}


def _confirm(record: Record, wish: Wish, form: SpellingForm, status: int = 200) -> Response:
    said = english.compose(record, wish.shows, "")
    due = workdays.due(clock.now(), defaults.value("rpt.english_workdays"))
    return show(
        "reports/english.html",
        status,
        form=form,
        record=record,
        name=called(record.kind),
        spelt=is_chinese(record.name),
        rows=english.preview(record, wish.shows, said),
        missing=dict(said.missing),
        due=told.short_day(clock.shown(due).date()),
        alone=english.needs_chinese(access.account(), record),
        workdays=defaults.value("rpt.english_workdays"),
        fee=told.yuan(orders.fee()) if orders.fee() else "",
    )
