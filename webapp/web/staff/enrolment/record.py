"""One student's enrolment: registering, editing what is not key, special category, and the whole history (R-SCH-20)."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain.enrolment import admissions, alterations, approvals, editing, fields, life, registering, years
from webapp.domain.enrolment.lifecycle import ENROLLED, ENROLMENT
from webapp.domain.identity import phones, tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.blueprint import bp, found
from webapp.web.staff.enrolment.moves import stripped


class OneForm(Form):
    move = RadioField(_l("登记为"), [InputRequired(_l("选择登记成什么"))])
    why = StringField(_l("原因"), filters=[stripped])

    @classmethod
    def of(cls, record: Record) -> "OneForm":
        form = cls()
        form.move.choices = choices(
            (name, words.MOVES[name]) for name in registering.MOVES if record.status in ENROLMENT.moves[name].leaves
        )
        return form


class YearForm(Form):
    outcome = RadioField(_l("这一学年"), [InputRequired(_l("选择登记成什么"))])
    note = StringField(_l("备注"), filters=[stripped])

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.outcome.choices = choices([(code, told.label("statuses", code)) for code in years.OUTCOMES])


class SpecialForm(Form):
    special = SelectField(_l("特殊类别"))
    paper = StringField(_l("报送文号"), filters=[stripped])

    @classmethod
    def of(cls, record: Record) -> "SpecialForm":
        form = cls(data={"special": approvals.category(record)})
        form.special.choices = choices([("", _l("不是")), *((one.code, words.special(one.code)) for one in tables.SPECIALS)])
        return form


class EditForm(Form):
    """What the office changes by itself, as text."""

    why = TextAreaField(_l("原因"), filters=[stripped])

    def boxes(self) -> list:
        return [self[name] for name in fields.EDITED]


for _field in fields.EDITED:
    setattr(EditForm, _field, StringField(told.COLUMNS[_field], filters=[stripped]))


@bp.get("/records/<key>/enrolment")
@allow(Can.ENROL)
def record(key: str) -> Response:
    return _record(found(key))


@bp.post("/records/<key>/enrolment")
@allow(Can.ENROL)
def admit(key: str) -> Response:
    one = found(key)
    form = OneForm.of(one)
    if form.validate_on_submit():
        try:
            registering.admit(access.actor(), one, form.move.data, form.why.data)
            return go(url_for("staff_enrolment.record", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _record(one, admit=form)


@bp.post("/records/<key>/enrolment/year")
@allow(Can.ENROL)
def register_year(key: str) -> Response:
    one, form = found(key), YearForm()
    if form.validate_on_submit():
        try:
            years.register(access.actor(), one, years.this_year(), form.outcome.data, form.note.data)
            return go(url_for("staff_enrolment.record", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _record(one, year=form)


@bp.post("/records/<key>/enrolment/special")
@allow(Can.ENROL)
def send_special(key: str) -> Response:
    """Say which category, and send the student up; without one the category is taken away."""
    one = found(key)
    form = SpecialForm.of(one)
    if form.validate_on_submit():
        try:
            approvals.name_special(access.actor(), one, form.special.data, form.paper.data)
            return go(url_for("staff_enrolment.record", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _record(one, special=form)


@bp.get("/records/<key>/edit")
@allow(Can.ENROL)
def edit(key: str) -> Response:
    one = found(key)
    return _edit(one, EditForm(data={name: _typed(one, name) for name in fields.EDITED}))


@bp.post("/records/<key>/edit")
@allow(Can.ENROL)
def keep_edit(key: str) -> Response:
    one, form = found(key), EditForm()
    if form.validate_on_submit():
        try:
            changed = [name for name in fields.EDITED if form[name].data != _typed(one, name)]
            values = {name: fields.read(one, name, form[name].data) for name in changed}
            editing.edit(access.actor(), one, values, form.why.data)
            return go(url_for("staff_enrolment.record", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _edit(one, form, 422)


@bp.get("/records/<key>/history")
@allow(Can.RECORDS)
def history(key: str) -> Response:
    one = found(key)
    entries = life.of(one)
    names = life.names(entries)
    return show("staff/enrolment/history.html", record=one, entries=entries, names=names, words=words, told=told)


def _typed(record: Record, name: str) -> str:
    """A value as its field shows it."""
    text = fields.text_of(getattr(record, name))
    if name == "phone":
        return phones.grouped(text) if text else ""
    return words.value(name, text)


def _edit(record: Record, form: EditForm, code: int = 200) -> Response:
    return show("staff/enrolment/edit.html", code, record=record, form=form)


def _record(one: Record, **wrong: Form) -> Response:
    admission = admissions.of(one)
    this = years.this_year()
    registered = years.of(one.id)
    return show(
        "staff/enrolment/record.html",
        422 if wrong else 200,
        record=one,
        standing=told.label("statuses", one.status),
        admit=wrong.get("admit") or OneForm.of(one),
        year_form=wrong.get("year") or YearForm(),
        special=wrong.get("special") or SpecialForm.of(one),
        wrong=next(iter(wrong.values()), None),
        year=this,
        due=one.status in ENROLLED and not (one.enrolled_on and one.enrolled_on.year >= this),
        years=[row for row in registered if row.current],
        alterations=alterations.of(one),
        approvals=approvals.of(one),
        admission=admission,
        differs=[words.column(field) for field in admission.differs.split()] if admission else [],
        words=words,
        told=told,
    )
