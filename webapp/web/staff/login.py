"""The door of the staff: login and password, then the second factor; and the way out."""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from webapp.domain import staff
from webapp.domain.refused import Refused
from webapp.web import access, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, leave, show
from webapp.web.staff import bp, half


class LoginForm(Form):
    login = StringField(_l("登录名"), [InputRequired(_l("填写登录名"))])
    password = PasswordField(_l("密码"), [InputRequired(_l("填写密码"))])


class SecondForm(Form):
    code = StringField(_l("动态码"), [InputRequired(_l("填写动态码"))])


@bp.get("/login")
@public("the door of the staff")
def login() -> Response:
    if current_user.is_authenticated and current_user.kind == "staff":
        return go(url_for("staff.home"))
    return show("staff/login.html", form=LoginForm())


@bp.post("/login")
@public("the door of the staff")
@hashes
def check_password() -> Response:
    form = LoginForm()
    if form.validate_on_submit():
        try:
            found = staff.check_password(form.login.data, form.password.data, session.get(half.DOOR, ""))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            half.remember(found)
            return go(url_for("staff.second" if found.totp else "staff.setup"))
    return show("staff/login.html", 422, form=form)


@bp.get("/login/second")
@public("the second step of the door, for who passed the first")
def second() -> Response:
    if half.person() is None:
        return go(url_for("staff.login"))
    return show("staff/second.html", form=SecondForm())


@bp.post("/login/second")
@public("the second step of the door, for who passed the first")
def check_second() -> Response:
    found = half.person()
    if found is None or found.totp is None:
        return go(url_for("staff.login"))
    form = SecondForm()
    if form.validate_on_submit():
        try:
            staff.check_second(found, form.code.data)
            return half.let_in(found)
        except Refused as refusal:
            form.refuse(refusal, "code")
    return show("staff/second.html", 422, form=form)


@bp.post("/logout")
@public("whoever is in may leave")
def logout() -> Response:
    if current_user.is_authenticated:
        staff.leave(access.actor(), current_user.session)
    half.forget()
    visits.renew()
    return access.drop_session(leave(url_for("staff.login")))
