"""学年注册: class by class, exceptions by hand, or by a list of 学号 (R-SCH-11)."""

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain.enrolment import years
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.school import Class
from webapp.web import access, told
from webapp.web import words as sentences
from webapp.web.access import allow, takes
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.enrolment.blueprint import bp, units

LIST_BYTES = 128 * 1024
OUTCOMES = [(code, tables.STATUSES[code]) for code in years.OUTCOMES]


class ExceptionsForm(Form):
    """Those of a class who are not simply registered again."""

    who = SelectMultipleField(_l("学生"), validate_choice=False)
    outcome = RadioField(_l("登记为"), [InputRequired(_l("选择登记成什么"))])
    note = StringField(_l("备注"), filters=[lambda text: (text or "").strip()])

    def __init__(self, *told_: object, **more: object) -> None:
        super().__init__(*told_, **more)
        self.outcome.choices = choices([(code, told.label("statuses", code)) for code, _ in OUTCOMES])


class ListForm(Form):
    listed = TextAreaField(_l("名单"))


def _year() -> int:
    asked = request.args.get("year", "")
    this = years.this_year()
    return int(asked) if asked in (str(this), str(this - 1)) else this


@bp.get("/enrolment/year")
@allow(Can.ENROL)
def year() -> Response:
    chosen, this = _year(), years.this_year()
    return show(
        "staff/enrolment/year.html",
        rows=years.board(access.actor().where(Can.ENROL), chosen),
        year=chosen,
        filters=[
            (f"{one}–{one + 1}", None, url_for("staff_enrolment.year", year=one), one == chosen) for one in (this, this - 1)
        ],
    )


@bp.get("/enrolment/year/<key>")
@allow(Can.ENROL)
def year_class(key: str) -> Response:
    return _class(_found(key), ExceptionsForm())


@bp.post("/enrolment/year/<key>")
@allow(Can.ENROL)
def register_some(key: str) -> Response:
    """Those ticked, with one outcome."""
    klass, form = _found(key), ExceptionsForm()
    if not form.who.data:
        form.form_errors.append(sentences.say(Refused("nobody_ticked")))
        return _class(klass, form, 422)
    if not form.validate_on_submit():
        return _class(klass, form, 422)
    actor = access.actor()
    chosen = [one for one in years.members(actor.where(Can.ENROL), klass, _year()) if one.key in form.who.data]
    try:
        years.register_several(actor, chosen, _year(), form.outcome.data, form.note.data)
    except Refused as refused:
        form.refuse(refused)
        return _class(klass, form, 422)
    return go(url_for("staff_enrolment.year_class", key=key, year=_year()))


@bp.post("/enrolment/year/<key>/rest")
@allow(Can.ENROL)
def register_rest(key: str) -> Response:
    """Everybody else of the class, with the status they have."""
    klass = _found(key)
    if not Form().validate():
        return _class(klass, ExceptionsForm(), 422)
    years.register_class(access.actor(), klass, _year())
    return go(url_for("staff_enrolment.year_class", key=key, year=_year()))


@bp.get("/enrolment/year/list")
@allow(Can.ENROL)
def year_list() -> Response:
    return show("staff/enrolment/year_list.html", form=ListForm(), year=_year())


@bp.post("/enrolment/year/list")
@allow(Can.ENROL)
@takes(LIST_BYTES)
def register_listed() -> Response:
    """A list out of a sheet: 学号, and what for who is not 注册学籍. Lines that do not fit stay in the box."""
    form, done = ListForm(), 0
    left = (form.listed.data or "").splitlines()
    if form.validate_on_submit():
        try:
            for unit in units():
                more, left = years.register_listed(access.actor(), unit, _year(), left)
                done += more
        except Refused as refused:
            form.refuse(refused)
    form.listed.data = "\n".join(left)
    said = ngettext("%(num)s 人已注册", "%(num)s 人已注册", done)
    return show(
        "staff/enrolment/year_list.html", 422 if left or not done else 200, form=form, year=_year(), said=said, left=left
    )


def _found(key: str) -> Class:
    return scope.klass(access.actor().where(Can.ENROL), key) or abort(404)


def _class(klass: Class, form: ExceptionsForm, code: int = 200) -> Response:
    members = years.members(access.actor().where(Can.ENROL), klass, _year())
    return show(
        "staff/enrolment/year_class.html",
        code,
        klass=klass,
        form=form,
        year=_year(),
        members=members,
        left=sum(one.outcome is None and one.status in years.AS_THEY_ARE for one in members),
        label=told.label,
    )
