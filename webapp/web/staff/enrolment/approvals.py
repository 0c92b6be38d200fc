"""报省审核 from the school's side: what was flagged, what is with the province, and what it said (R-SCH-07, R-SCH-09)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField

from webapp.domain.enrolment import approvals as approval
from webapp.domain.enrolment.approvals import APPROVAL
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.enrolment import Approval
from webapp.web import access
from webapp.web import words as sentences
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.enrolment import province, words
from webapp.web.staff.enrolment.blueprint import bp
from webapp.web.staff.enrolment.moves import stripped
from webapp.web.staff.moments import lately


class SendForm(Form):
    which = SelectMultipleField(_l("学生"), validate_choice=False)
    paper = StringField(_l("报送文号"), filters=[stripped])


@bp.get("/enrolment/approvals")
@allow(Can.ENROL)
def approvals() -> Response:
    return _list(SendForm())


@bp.post("/enrolment/approvals")
@allow(Can.ENROL)
def send() -> Response:
    """Send those up that are ticked, under one letter."""
    form, actor = SendForm(), access.actor()
    if not form.which.data:
        form.form_errors.append(sentences.say(Refused("nobody_ticked")))
        return _list(form, 422)
    if form.validate_on_submit():
        try:
            approval.send_all(actor, form.which.data, form.paper.data)
            return go(url_for("staff_enrolment.approvals"))
        except Refused as refused:
            form.refuse(refused)
    return _list(form, 422)


@bp.post("/enrolment/approvals/<key>/recall")
@allow(Can.ENROL)
def recall(key: str) -> Response:
    """Take one back that the province has not decided."""
    found = _found(key)
    if Form().validate():
        APPROVAL.move(found, "recall", access.actor())
    return go(url_for("staff_enrolment.approvals"))


@bp.get("/enrolment/approvals/<key>")
@allow(Can.ENROL)
def case(key: str) -> Response:
    """One case; where the decision is left to the school, a second officer makes it here."""
    return province.opened(_found(key), url_for("staff_enrolment.approvals"))


@bp.post("/enrolment/approvals/<key>")
@allow(Can.ENROL)
def decide_case(key: str) -> Response:
    return province.decided(_found(key), url_for("staff_enrolment.approvals"))


def _found(key: str) -> Approval:
    return approval.find(access.actor().where(Can.ENROL), key) or abort(404)


def _list(form: SendForm, code: int = 200) -> Response:
    rows = approval.listed(access.actor().where(Can.ENROL), ("flagged", "waiting", "refused"))
    return show("staff/enrolment/approvals.html", code, form=form, rows=rows, words=words, lately=lately)
