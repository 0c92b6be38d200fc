"""学校曾用名: former names of the school, with days and what became of them (R-SCH-30)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from webapp.domain.enrolment import schools
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.blueprint import bp, units
from webapp.web.staff.enrolment.moves import stripped
from webapp.web.staff.fields import Day


class NameForm(Form):
    unit = SelectField(_l("现在的学校"))
    name = StringField(_l("曾用名"), [InputRequired(_l("填写曾用名"))], filters=[stripped])
    english = StringField(_l("英文名"), [Optional()], filters=[stripped])
    since = Day(_l("从哪天起"), [Optional()])
    until = Day(_l("到哪天止"), [Optional()])
    how = RadioField(
        _l("后来"),
        [InputRequired(_l("选择更名或并入"))],
        choices=choices([("renamed", _l("更名为现在的学校")), ("merged", _l("并入现在的学校"))]),
    )

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.unit.choices = choices((unit.key, unit.name) for unit in units())


@bp.get("/enrolment/names")
@allow(Can.ENROL)
def names() -> Response:
    return _names(NameForm())


@bp.post("/enrolment/names")
@allow(Can.ENROL)
def add_name() -> Response:
    form = NameForm()
    if form.validate_on_submit():
        unit = next(unit for unit in units() if unit.key == form.unit.data)
        try:
            schools.add(
                access.actor(), unit, form.name.data, form.english.data, form.since.data, form.until.data, form.how.data
            )
            return go(url_for("staff_enrolment.names"))
        except Refused as refused:
            form.refuse(refused)
    return _names(form, 422)


@bp.post("/enrolment/names/<key>/drop")
@allow(Can.ENROL)
def drop_name(key: str) -> Response:
    row = schools.find(access.actor(), key) or abort(404)
    if Form().validate():
        schools.drop(access.actor(), row)
    return go(url_for("staff_enrolment.names"))


def _names(form: NameForm, code: int = 200) -> Response:
    return show("staff/enrolment/names.html", code, form=form, rows=schools.former(units()), how=words.HOW, day=told.day)
