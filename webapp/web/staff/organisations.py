"""会员单位: who applied, the decision, the look-ups of a day, and who acts for an organisation (R-RPT-24).

Not here: what its people look up (`checking/`), nor the form with which it applied (`web/verify/organisations.py`).
"""

from collections.abc import Callable

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain.organisations import asking, keeping
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.organisations import Organisation
from webapp.models.staff import Staff
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import paging, role_words
from webapp.web.staff.fields import Day

bp = Blueprint("staff_organisations", __name__, url_prefix="/staff/organisations")


@bp.before_request
def whole_site() -> None:
    """Organisations belong to no school: who keeps one school among several has nothing here."""
    if not access.actor().gives("E", None):
        abort(404)


STATES = {
    "applied": ("warn", _l("待审核")),
    "approved": ("ok", _l("已通过")),
    "suspended": ("bad", _l("已停用")),
    "refused": ("", _l("未通过")),
}


class ApproveForm(Form):
    contract = Day(_l("签约日期"), [InputRequired(_l("填写签约日期"))])
    login = StringField(_l("登录名"), [InputRequired(_l("填写登录名"))])


class ReasonForm(Form):
    reason = TextAreaField(_l("理由"), filters=[lambda text: (text or "").strip()])


class QuotaForm(Form):
    quota = StringField(_l("每天查几次"), filters=[lambda text: (text or "").strip()])

    def many(self) -> int | None:
        """The number; None where the field is empty. What is no number is refused as one too large."""
        text = self.quota.data
        if not text:
            return None
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else keeping.MOST + 1


class InviteForm(Form):
    name = StringField(_l("姓名"), [InputRequired(_l("填写姓名"))])
    login = StringField(_l("登录名"), [InputRequired(_l("填写登录名"))])
    email = StringField(_l("工作邮箱"), [InputRequired(_l("填写邮箱"))])


@bp.get("")
@allow(Can.ORGANISATIONS)
def index() -> Response:
    state = request.args.get("state")
    state = state if state in STATES else next(iter(STATES))
    page = keeping.listed(access.actor(), state, paging.place(Organisation))
    return show(
        "staff/organisations/index.html",
        page=page,
        lists=[
            (words, None, url_for("staff_organisations.index", state=one), one == state) for one, (_, words) in STATES.items()
        ],
        quota=keeping.quota,
        neighbours=paging.neighbours(page, "staff_organisations.index", state=state),
    )


@bp.get("/<key>")
@allow(Can.ORGANISATIONS)
def organisation(key: str) -> Response:
    return _screen(_found(key))


@bp.post("/<key>/approve")
@allow(Can.ORGANISATIONS)
def approve(key: str) -> Response:
    """Take it in; the contact's one-time link is shown by the answer itself, and never again."""
    found, form = _found(key), ApproveForm()
    if form.validate_on_submit():
        try:
            return _link(*keeping.approve(access.actor(), found, form.contract.data, form.login.data))
        except Refused as refusal:
            form.refuse(refusal)
    return _screen(found, 422, approving=form)


@bp.post("/<key>/refuse")
@allow(Can.ORGANISATIONS)
def refuse(key: str) -> Response:
    return _with_reason(_found(key), keeping.refuse)


@bp.post("/<key>/suspend")
@allow(Can.ORGANISATIONS)
def suspend(key: str) -> Response:
    return _with_reason(_found(key), keeping.suspend)


@bp.post("/<key>/resume")
@allow(Can.ORGANISATIONS)
def resume(key: str) -> Response:
    found, form = _found(key), Form()
    if form.validate_on_submit():
        try:
            keeping.resume(access.actor(), found)
            return go(url_for("staff_organisations.organisation", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _screen(found, 422, plain=form)


@bp.post("/<key>/quota")
@allow(Can.ORGANISATIONS)
def quota(key: str) -> Response:
    found, form = _found(key), QuotaForm()
    if form.validate_on_submit():
        try:
            keeping.set_quota(access.actor(), found, form.many())
            return go(url_for("staff_organisations.organisation", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _screen(found, 422, pacing=form)


@bp.post("/<key>/invite")
@allow(Can.ORGANISATIONS)
def invite(key: str) -> Response:
    found, form = _found(key), InviteForm()
    if form.validate_on_submit():
        try:
            return _link(*keeping.invite(access.actor(), found, form.login.data, form.name.data, form.email.data))
        except Refused as refusal:
            form.refuse(refusal)
    return _screen(found, 422, inviting=form)


def _with_reason(found: Organisation, verb: Callable[..., Organisation]) -> Response:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            verb(access.actor(), found, form.reason.data)
            return go(url_for("staff_organisations.organisation", key=found.key))
        except Refused as refusal:
            form.refuse(refusal)
    return _screen(found, 422, reasoning=form)


def _found(key: str) -> Organisation:
    return keeping.find(access.actor(), key) or abort(404)


def _link(person: Staff, token: str) -> Response:
    address = current_app.config["SETTINGS"].url.rstrip("/") + url_for("staff.invite", token=token)
    return show("staff/organisations/link.html", person=person, organisation=keeping.of(person), address=address)


def _screen(found: Organisation, status: int = 200, **typed: Form) -> Response:
    """Its page with every form that its state allows; `typed` is the one that came back with something wrong."""
    fresh = {
        "approving": ApproveForm(formdata=None, login=found.email),
        "reasoning": ReasonForm(formdata=None),
        "pacing": QuotaForm(formdata=None, quota="" if found.quota is None else str(found.quota)),
        "inviting": InviteForm(formdata=None),
        "plain": Form(formdata=None),
    }
    return show(
        "staff/organisations/organisation.html",
        status,
        found=found,
        wrong_form=next(iter(typed.values()), None),
        state=STATES[found.state],
        people=[(one, role_words.STATES[one.state]) for one in keeping.people(found)],
        many=keeping.quota(found),
        left=asking.remaining(found),
        day=told.day,
        **{**fresh, **typed},
    )
