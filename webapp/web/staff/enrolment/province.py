"""省级审核: the province's queue of special students and of 疑似双学籍, and its word on each (R-SCH-07, R-SCH-09)."""

from flask import Blueprint, abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from webapp.domain.enrolment import approvals, deciding
from webapp.domain.identity import documents
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.enrolment import Approval
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.enrolment import words
from webapp.web.staff.enrolment.moves import stripped
from webapp.web.staff.moments import lately

bp = Blueprint("staff_approvals", __name__, url_prefix="/staff/approvals")


class DecideForm(Form):
    verdict = RadioField(
        _l("结论"),
        [InputRequired(_l("选择通过或不通过"))],
        choices=choices([("approve", _l("通过，学生注册学籍")), ("refuse", _l("不通过"))]),
    )
    word = StringField(_l("批文文号，或者不通过的原因"), filters=[stripped])


@bp.get("")
@allow(Can.DECIDE)
def index() -> Response:
    rows = approvals.listed(access.actor().where(Can.DECIDE), ("waiting",))
    return show("staff/enrolment/province.html", rows=rows, words=words, lately=lately)


@bp.get("/<key>")
@allow(Can.DECIDE)
def one(key: str) -> Response:
    return opened(_found(key), url_for("staff_approvals.index"))


@bp.post("/<key>")
@allow(Can.DECIDE)
def decide(key: str) -> Response:
    return decided(_found(key), url_for("staff_approvals.index"))


def _found(key: str) -> Approval:
    """What a school sent up; one that it only marked, or took back, is its own."""
    found = approvals.find(access.actor().where(Can.DECIDE), key)
    return found if found is not None and found.state not in ("flagged", "withdrawn") else abort(404)


def opened(found: Approval, back: str) -> Response:
    """The student's case for who decides; looking at it is history."""
    approvals.look(access.actor(), found)
    return _one(found, DecideForm(), back)


def decided(found: Approval, back: str) -> Response:
    form = DecideForm()
    if form.validate_on_submit():
        try:
            verb = deciding.approve if form.verdict.data == "approve" else deciding.refuse
            verb(access.actor(), found, form.word.data)
            return go(back)
        except Refused as refused:
            form.refuse(refused, "word" if refused.code in ("paper_missing", "why_missing") else None)
    return _one(found, form, back, 422)


def _one(found: Approval, form: DecideForm, back: str, code: int = 200) -> Response:
    record = found.record
    return show(
        "staff/enrolment/decide.html",
        code,
        approval=found,
        record=record,
        form=form,
        back=back,
        may=approvals.may_decide(access.actor(), found),
        number=documents.masked(record.document or ""),
        other=found.other if found.other_id else None,
        words=words,
        told=told,
    )
