"""The own work account: where one is logged in, the password, the second factor, recovery codes."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from webapp.domain import clock, second_factor, sessions, staff
from webapp.domain.identity import emails, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import visits
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show
from webapp.web.staff import bp
from webapp.web.staff.role_words import told


class PasswordForm(Form):
    current = PasswordField(_l("当前密码"), [InputRequired(_l("填写当前密码"))])
    password = PasswordField(_l("新密码"), [InputRequired(_l("设一个新密码"))])


class ProofForm(Form):
    code = StringField(_l("动态码或恢复码"), [InputRequired(_l("填写动态码或恢复码"))])


@bp.get("/me")
@allow(Can.STAFF_HOME)
def me() -> Response:
    person = current_user.staff
    return show(
        "staff/me.html",
        person=person,
        phone=phones.grouped(person.phone) if person.phone else None,
        email=emails.masked(person.email) if person.email else None,
        roles=[told(grant) for grant in current_user.actor.grants],
        codes=second_factor.recovery_left(person),
        browser=visits.said(current_user.session.device),
        since=clock.shown(current_user.session.created),
        idle=sessions.PACES[current_user.session.kind].idle,
    )


@bp.get("/me/password")
@allow(Can.STAFF_HOME)
def password() -> Response:
    return show("staff/password.html", form=PasswordForm(), least=staff.shortest(current_user.staff))


@bp.post("/me/password")
@allow(Can.STAFF_HOME)
@hashes
def change_password() -> Response:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            staff.change_password(current_user.staff, form.current.data, form.password.data, current_user.session)
            return go(url_for("staff.me"))
        except Refused as refusal:
            form.refuse(refusal, refusal.facts.get("field", "password"))
    return show("staff/password.html", 422, form=form, least=staff.shortest(current_user.staff))


@bp.get("/me/codes")
@allow(Can.STAFF_HOME)
def codes() -> Response:
    return show("staff/codes.html", form=ProofForm())


@bp.post("/me/codes")
@allow(Can.STAFF_HOME)
def new_codes() -> Response:
    form = ProofForm()
    if form.validate_on_submit():
        try:
            made = staff.new_recovery_codes(current_user.staff, form.code.data)
            return show("staff/recovery_codes.html", codes=made, onward=url_for("staff.me"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return show("staff/codes.html", 422, form=form)


@bp.get("/me/second")
@allow(Can.STAFF_HOME)
def factor() -> Response:
    return show("staff/factor.html", form=ProofForm())


@bp.post("/me/second")
@allow(Can.STAFF_HOME)
def new_factor() -> Response:
    form = ProofForm()
    if form.validate_on_submit():
        try:
            staff.begin_new_factor(current_user.staff, form.code.data)
            return go(url_for("staff.setup"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return show("staff/factor.html", 422, form=form)
