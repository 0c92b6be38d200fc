"""学籍异动: what waits for its day, and entering one for a student (R-SCH-12)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain.enrolment import alterations, fields
from webapp.domain.enrolment.kinds import KINDS
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.records import Record
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.blueprint import bp, found
from webapp.web.staff.fields import Day


def stripped(text: str | None) -> str:
    return " ".join((text or "").split())


class AlterationForm(Form):
    """An alteration; fields that its kind does not change are left out before the verb sees them."""

    kind = SelectField(
        _l("异动类型"),
        [InputRequired(_l("选一种异动类型"))],
        choices=choices([("", _l("选一种")), *words.KINDS.items()]),
    )
    day = Day(_l("生效日期"), [InputRequired(_l("填写生效日期"))])
    paper = StringField(_l("文号"), [InputRequired(_l("填写文号"))], filters=[stripped])
    why = TextAreaField(_l("原因"), [InputRequired(_l("填写原因"))], filters=[stripped])
    major = StringField(_l("新专业"), filters=[stripped])
    major_code = StringField(_l("新专业代码"), filters=[stripped])
    college = StringField(_l("新学院"), filters=[stripped])
    klass = StringField(_l("新班级"), filters=[stripped])
    student_number = StringField(_l("新学号"), filters=[stripped])
    expected_on = StringField(_l("新的预计毕业日期"), filters=[stripped])

    MORE = ("major", "major_code", "college", "klass", "student_number", "expected_on")

    def more(self) -> list[Field]:
        return [self[name] for name in self.MORE]

    def values(self, record: Record) -> dict[str, object]:
        """What changes with this kind. Raises Refused, with the field."""
        wanted = KINDS[self.kind.data].fields if self.kind.data in KINDS else ()
        return {name: fields.read(record, name, self[name].data) for name in wanted if self[name].data}


@bp.get("/enrolment/moves")
@allow(Can.ENROL)
def moves() -> Response:
    rows = alterations.waiting(access.actor().where(Can.ENROL))
    return show("staff/enrolment/moves.html", rows=rows, words=words, day=told.day)


@bp.post("/enrolment/moves/<key>/withdraw")
@allow(Can.ENROL)
def withdraw_move(key: str) -> Response:
    alteration = alterations.find(access.actor(), key) or abort(404)
    if Form().validate():
        alterations.withdraw(access.actor(), alteration)
    return go(url_for("staff_enrolment.moves"))


@bp.get("/records/<key>/moves/new")
@allow(Can.ENROL)
def new_move(key: str) -> Response:
    return _new(found(key), AlterationForm())


@bp.post("/records/<key>/moves/new")
@allow(Can.ENROL)
def enter_move(key: str) -> Response:
    record, form = found(key), AlterationForm()
    if form.validate_on_submit():
        try:
            values = form.values(record)
            alterations.enter(access.actor(), record, form.kind.data, form.day.data, form.paper.data, form.why.data, values)
            return go(url_for("staff_enrolment.record", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _new(record, form, 422)


def _new(record: Record, form: AlterationForm, code: int = 200) -> Response:
    standing = told.label("statuses", record.status)
    return show("staff/enrolment/move.html", code, record=record, form=form, standing=standing)
