"""录取信息核对: where a record differs from the admission data, and the school's reason (R-SCH-10)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain import lookup
from webapp.domain.enrolment import admissions as admission_data
from webapp.domain.enrolment import fields
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.enrolment import Admission
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.blueprint import bp
from webapp.web.staff.enrolment.moves import stripped


class ReasonForm(Form):
    why = TextAreaField(_l("原因"), filters=[stripped])


@bp.get("/enrolment/admissions")
@allow(Can.ENROL)
def admissions() -> Response:
    rows = admission_data.open_ones(access.actor().where(Can.ENROL))
    lines = [(one, [words.column(field) for field in one.differs.split()]) for one in rows]
    return show("staff/enrolment/admissions.html", lines=lines)


@bp.get("/enrolment/admissions/<key>")
@allow(Can.ENROL)
def admission(key: str) -> Response:
    found = _found(key)
    lookup.look(access.actor(), found.record)
    return _one(found, ReasonForm())


@bp.post("/enrolment/admissions/<key>")
@allow(Can.ENROL)
def explain(key: str) -> Response:
    found, form = _found(key), ReasonForm()
    if form.validate_on_submit():
        try:
            admission_data.explain(access.actor(), found, form.why.data)
            return go(url_for("staff_enrolment.admissions"))
        except Refused as refused:
            form.refuse(refused)
    return _one(found, form, 422)


def _found(key: str) -> Admission:
    return admission_data.find(access.actor(), key) or abort(404)


def _one(found: Admission, form: ReasonForm, code: int = 200) -> Response:
    said, differs = admission_data.values(found), set(found.differs.split())
    lines = [
        (words.column(name), words.value(name, said[name]), words.value(name, has) or "—", name in differs)
        for name, has in ((name, fields.text_of(getattr(found.record, name))) for name in admission_data.COMPARED)
        if said.get(name)
    ]
    return show("staff/enrolment/admission.html", code, admission=found, record=found.record, lines=lines, form=form)
