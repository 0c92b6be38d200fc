"""新生注册: the list of who is 待注册, for those ticked at once, or for everybody who is filtered out (R-SCH-08)."""

from typing import Self

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from webapp.domain import clock, filters
from webapp.domain.enrolment import registering
from webapp.domain.enrolment.registering import Choice
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web import words as sentences
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.blueprint import bp, units

ANY = ("", _l("全部"))
YEARS = 10


class ChooseForm(Form):
    """Which new students; nothing that names a person, so it may stand in the address."""

    year = SelectField(_l("年级"))
    college = SelectField(_l("学院"), validate_choice=False)
    klass = SelectField(_l("班级"), validate_choice=False)
    level = SelectField(_l("层次"))
    status = SelectField(_l("学籍状态"))

    @classmethod
    def standing(cls, choice: Choice) -> Self:
        form = cls(data={name: getattr(choice, name) for name in Choice.__dataclass_fields__})
        grants, this = access.actor().where(Can.ENROL), clock.today().year
        form.year.choices = choices([ANY, *((str(year), str(year)) for year in range(this + 1, this - YEARS, -1))])
        form.college.choices = choices([ANY, *((one.key, one.name) for one in filters.colleges(grants))])
        chosen = filters.classes(grants, form.college.data or "")
        form.klass.choices = choices([ANY, *((one.key, one.name) for one in chosen)])
        form.level.choices = choices([ANY, *((one.code, told.label("levels", one.code)) for one in tables.LEVELS)])
        form.status.choices = choices([(code, told.label("statuses", code)) for code in ("N0", "N1", "N2", "N3")])
        return form


class MoveForm(Form):
    """What becomes of those ticked."""

    who = SelectMultipleField(_l("学生"), validate_choice=False)
    move = RadioField(_l("登记为"), [InputRequired(_l("选择登记成什么"))], choices=choices(words.MOVES.items()))
    why = StringField(_l("原因"), filters=[lambda text: (text or "").strip()])


@bp.get("/enrolment/new")
@allow(Can.ENROL)
def new() -> Response:
    return _new(MoveForm())


@bp.post("/enrolment/new")
@allow(Can.ENROL)
def choose_new() -> Response:
    form = ChooseForm.standing(Choice())
    chosen = {name: form[name].data for name in Choice.__dataclass_fields__ if form[name].data}
    return go(url_for("staff_enrolment.new", **chosen))


@bp.post("/enrolment/new/some")
@allow(Can.ENROL)
def admit_some() -> Response:
    """Those ticked. Who is refused is named with the reason, the others are done."""
    form = MoveForm()
    if not form.who.data:
        form.form_errors.append(sentences.say(Refused("nobody_ticked")))
        return _new(form, 422)
    if not form.validate_on_submit():
        return _new(form, 422)
    actor = access.actor()
    records = registering.named(actor, form.who.data)
    try:
        done, left = registering.admit_all(actor, records, form.move.data, form.why.data)
    except Refused as refused:
        form.refuse(refused)
        return _new(form, 422)
    return show(
        "staff/enrolment/done.html",
        done=done,
        left=[(one.record, sentences.say(one.refused)) for one in left],
        move=words.MOVES[form.move.data],
    )


@bp.get("/enrolment/new/all")
@allow(Can.ENROL)
def ask_all() -> Response:
    """How many it would be, before the button."""
    choice = _choice()
    grants = access.actor().where(Can.ENROL)
    return show("staff/enrolment/all.html", form=Form(), count=registering.count(grants, choice), address=_address(choice))


@bp.post("/enrolment/new/all")
@allow(Can.ENROL)
def admit_all() -> Response:
    choice = _choice()
    if not Form().validate():
        return go(url_for("staff_enrolment.ask_all", **_address(choice)))
    for unit in units():
        registering.ask_all(access.actor(), unit, "register", choice)
    return show("staff/enrolment/all_asked.html")


def _choice() -> Choice:
    known = Choice.__dataclass_fields__
    return Choice(**{name: request.args[name][:40] for name in known if name in request.args})


def _address(choice: Choice) -> dict[str, str]:
    return {name: getattr(choice, name) for name in Choice.__dataclass_fields__ if getattr(choice, name)}


def _new(form: MoveForm, code: int = 200) -> Response:
    choice, grants = _choice(), access.actor().where(Can.ENROL)
    page = registering.page(grants, choice, paging.place(Record))
    return show(
        "staff/enrolment/new.html",
        code,
        filters=ChooseForm.standing(choice),
        form=form,
        page=page,
        count=registering.count(grants, choice),
        address=_address(choice),
        neighbours=paging.neighbours(page, "staff_enrolment.new", **_address(choice)),
        label=told.label,
        open_ones=choice.status == "N0",
    )
