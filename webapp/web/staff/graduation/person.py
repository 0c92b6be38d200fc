"""One graduate: what the certificate says, what stands against it, and taking back or off the list."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from webapp.domain import lookup
from webapp.domain.graduation import preparing, registering
from webapp.domain.identity import certificates, tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduate
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.fields import Day
from webapp.web.staff.graduation import words
from webapp.web.staff.graduation.blueprint import bp, one
from webapp.web.staff.graduation.years import stripped


class GraduateForm(Form):
    """What one certificate says; a number may be typed until one was given."""

    conclusion = RadioField(_l("毕（结）业结论"), [InputRequired(_l("选择毕业、结业或肄业"))])
    day = Day(_l("毕业日期"), [InputRequired(_l("填写毕业日期"))])
    president = StringField(_l("校（院）长姓名"), filters=[stripped])
    certificate = StringField(_l("证书编号"), filters=[lambda text: certificates.clean(text or "")])
    prior_school = StringField(_l("原专科学校"), filters=[stripped])
    prior = StringField(_l("原专科证书编号"), filters=[lambda text: certificates.clean(text or "")])

    FIELDS = ("conclusion", "day", "president", "certificate", "prior_school", "prior")

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.conclusion.choices = choices([(row.code, told.label("conclusions", row.code)) for row in tables.CONCLUSIONS])


@bp.get("/person/<key>")
@allow(Can.ENROL)
def person(key: str) -> Response:
    found = one(key)
    lookup.look(access.actor(), found.record)
    return _person(found, GraduateForm(data={field: getattr(found, field) for field in GraduateForm.FIELDS}))


@bp.post("/person/<key>")
@allow(Can.ENROL)
def change(key: str) -> Response:
    found, form = one(key), GraduateForm()
    if form.validate_on_submit():
        hers = GraduateForm.FIELDS if found.record.level == "top_up" else GraduateForm.FIELDS[:4]
        try:
            preparing.change(access.actor(), found, {field: form[field].data for field in hers})
            return go(url_for("staff_graduation.person", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _person(found, form, 422)


@bp.post("/person/<key>/remove")
@allow(Can.ENROL)
def remove(key: str) -> Response:
    found, form = one(key), Form()
    place = url_for("staff_graduation.year", key=found.graduation.key)
    if form.validate():
        preparing.remove(access.actor(), found)
    return go(place)


@bp.post("/person/<key>/back")
@allow(Can.ENROL)
def take_back(key: str) -> Response:
    """撤回注册."""
    found = one(key)
    if Form().validate():
        registering.take_back(access.actor(), found)
    return go(url_for("staff_graduation.person", key=key))


def _person(found: Graduate, form: GraduateForm, code: int = 200) -> Response:
    return show(
        "staff/graduation/person.html",
        code,
        found=found,
        record=found.record,
        row=found.graduation,
        form=form,
        faults=[("bad", words.FAULTS[code]) for code in preparing.faults(found)],
        words=words,
        label=told.label,
        day=told.day,
    )
