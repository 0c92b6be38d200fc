"""When a record is not shown: the explanation with one press that tells the office, and the search by certificate."""

from flask import redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from webapp.domain import no_record, records, windows
from webapp.domain.certification import following
from webapp.domain.identity import certificates
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.records.blueprint import ahead_of_gate, bp
from webapp.web.records.listing import identity


class NoRecordForm(Form):
    """What the office needs besides name and document, which go along by themselves."""

    school = StringField(_l("学校名称"))
    student_number = StringField(_l("学号"))
    note = TextAreaField(_l("补充说明"))


@bp.get("/records/none")
@allow(Can.OWN_RECORD)
def none() -> Response:
    """查不到学籍: why that may be, whom to ask, and 问题反馈 in one press (R-BND-08)."""
    return _none(NoRecordForm(), 200)


@bp.post("/records/none")
@allow(Can.OWN_RECORD)
def tell() -> Response:
    form = NoRecordForm()
    try:
        no_record.tell(
            access.account(), (form.school.data or "").strip(), form.student_number.data or "", (form.note.data or "").strip()
        )
    except Refused as refused:
        form.refuse(refused, "student_number" if refused.code.startswith("student_number") else None)
        return _none(form, 422)
    return go(url_for("records.none"))


def _none(form: NoRecordForm, status: int) -> Response:
    note = no_record.newest(access.account())
    several = no_record.the_only_unit() is None
    facts = {"note": note, "several": several, "offices": windows.offices(), "who": identity(), "most": no_record.NOTE}
    facts["owned"], facts["unconfirmed"] = records.owned(access.account()), following.unconfirmed(access.account())
    return show("records/none.html", status, form=form, **facts)


class AddForm(Form):
    certificate = StringField(_l("证书编号"))
    year = StringField(_l("毕业年份"))
    school = StringField(_l("毕业学校"))


@bp.get("/records/add")
@allow(Can.OWN_RECORD)
def add() -> Response:
    """我还有学历没显示出来: 证书编号, 毕业年份, 毕业学校 (R-BND-05)."""
    return ahead_of_gate() or show("records/add.html", form=AddForm())


@bp.post("/records/add")
@allow(Can.OWN_RECORD)
def bind_by_certificate() -> Response:
    if first := ahead_of_gate():
        return first
    form = AddForm()
    year = (form.year.data or "").strip()
    if not certificates.clean(form.certificate.data or ""):
        form.refuse(Refused("certificate_empty"), "certificate")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        form.refuse(Refused("year_format"), "year")
    if not (form.school.data or "").strip():
        form.refuse(Refused("school_empty"), "school")
    if not form.errors:
        try:
            found = records.bind_by_certificate(access.account(), form.certificate.data, int(year), form.school.data)
            return redirect(url_for("records.record", key=found.key), 303)
        except Refused as refused:
            form.refuse(refused)
    return show("records/add.html", 422, form=form)
