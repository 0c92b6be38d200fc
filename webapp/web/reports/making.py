"""申请在线验证报告: of which record, and one form (R-RPT-01 to 04).

Not here: what an English report asks besides (`english.py`).
"""

from flask import redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from webapp.domain import defaults, records
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import content, issuing, orders
from webapp.domain.reports.issuing import Wish
from webapp.models.records import Record
from webapp.web import access, gate, language, told, words
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.reports import english
from webapp.web.reports.blueprint import bp, called, number, own_record, written_in

EXTRAS = {
    "document": _l("证件号码，只留头尾各一位"),
    "student_number": _l("学号"),
    "klass": _l("班级"),
    "photo": _l("本人照片"),
}


class WishForm(Form):
    """What the holder chooses; whether it holds is the verb's to say."""

    language = RadioField(_l("语言"), validate_choice=False)
    months = RadioField(_l("有效几个月"), coerce=number, validate_choice=False)
    shows = SelectMultipleField(_l("另外写上"), option_widget=CheckboxInput(), validate_choice=False)
    pin = StringField(_l("查看密码"), [Optional()], filters=[lambda typed: (typed or "").strip()])


@bp.get("/reports/new")
@allow(Can.OWN_RECORD)
def new() -> Response:
    """Of which record; one alone is not asked for. One of which no report may be had says why."""
    gate.behind(access.account())
    rows = [(one, _fault(one)) for one in records.mine(access.account())]
    if len(rows) == 1 and not rows[0][1]:
        return redirect(url_for("reports.make", record=rows[0][0].key), 303)
    return show("reports/new.html", rows=[_choice(*row) for row in rows])


def _fault(record: Record) -> str:
    try:
        issuing.fits(access.account(), record)
    except Refused as refused:
        return words.say(refused)
    return ""


def _choice(record: Record, fault: str) -> tuple[str | None, str, str, str]:
    """Address or none, title, what it is of, and what stands against it."""
    place = None if fault else url_for("reports.make", record=record.key)
    of = f"{record.unit.name} {told.label('levels', record.level)} {record.major}"
    return place, called(record.kind), of, fault


@bp.get("/reports/new/<record>")
@allow(Can.OWN_RECORD)
def make(record: str) -> Response:
    """The form; a record of which no report may be had is told of where one chooses."""
    found = own_record(record)
    return redirect(url_for("reports.new"), 303) if _fault(found) else _ask(found, _form(found))


@bp.post("/reports/new/<record>")
@allow(Can.OWN_RECORD)
def issue(record: str) -> Response:
    found = own_record(record)
    form = _form(found)
    try:
        if form.validate():
            return _issued(found, wish(form))
    except Refused as refused:
        form.refuse(refused)
    return _ask(found, form, 422)


def _issued(record: Record, wish: Wish) -> Response:
    if wish.language == "en":
        return english.confirm(record, wish)
    report = issuing.issue_once(access.account(), access.actor(), record, wish)
    return go(url_for("reports.report", key=report.key))


def wish(form: WishForm) -> Wish:
    shows = tuple(form.shows.data or ())
    return Wish("en" if form.language.data == "en" else "zh", form.months.data or 0, shows, form.pin.data)


def _form(record: Record) -> WishForm:
    """The form of this kind of record, with what is chosen unless the holder chooses otherwise."""
    form = WishForm(language="zh", months=issuing.usual())
    form.language.choices = choices((one, written_in(one)) for one in ("zh", "en"))
    form.months.choices = choices((str(one), str(one)) for one in months())
    form.shows.choices = choices((one, EXTRAS[one]) for one in content.extras(record.kind))
    return form


def months() -> range:
    return range(defaults.value("rpt.months_min"), defaults.value("rpt.months_max") + 1)


def _ask(record: Record, form: WishForm, status: int = 200) -> Response:
    fields = [content.FIELDS[one] for one in content.KINDS[record.kind] if one not in content.EXTRAS]
    zh = language.chosen() == "zh"
    return show(
        "reports/make.html",
        status,
        form=form,
        name=called(record.kind),
        record=record,
        fee=told.yuan(orders.fee()) if orders.fee() else "",
        fields=[one.zh if zh else one.en for one in fields],
    )
