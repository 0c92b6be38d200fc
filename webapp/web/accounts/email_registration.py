"""邮箱注册, and 没有大陆手机号: an address and a password, the mailed link, and going on elsewhere (R-ACC-30, 54).

What is asked after the link is `email_identity.py`.
"""

from typing import Any

from flask import Blueprint, abort, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, PasswordField, StringField, ValidationError

from webapp.domain import defaults
from webapp.domain.identity import emails
from webapp.domain.identity import passwords as rules
from webapp.domain.refused import Refused
from webapp.domain.signups import links
from webapp.models.signups import Signup
from webapp.web import captcha, language, visits, words
from webapp.web.access import public
from webapp.web.accounts.steps import consented, filled
from webapp.web.forms import Form, rule
from webapp.web.line import hashes
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show

WHY = "whoever registers has no account yet"

bp = Blueprint("signup", __name__, url_prefix="/register")


class BeginForm(captcha.CaptchaFields, Form):
    BESIDE = {**dict.fromkeys(("password_length", "password_common", "password_personal"), "password"), "email_limit": "email"}

    email = StringField(_l("邮箱"), [rule(lambda typed: emails.check(emails.clean(typed)))])
    password = PasswordField(_l("密码"), [rule(filled("password_empty")), rule(rules.check)])
    confirm = PasswordField(_l("密码确认"))
    consent = BooleanField(_l("我已阅读并同意《用户协议》、《隐私政策》"), [rule(consented)])

    def validate_confirm(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError(words.say(Refused("password_differs")))

    def validate(self, extra_validators: Any = None) -> bool:
        return all([super().validate(extra_validators), captcha.check(self)])


class ResumeForm(captcha.CaptchaFields, Form):
    email = StringField(_l("邮箱"))
    password = PasswordField(_l("密码"))


class AgainForm(captcha.CaptchaFields, Form):
    pass


def offered(way: str) -> None:
    """404 for a way to register that this site does not have."""
    if not links.is_open(way):
        abort(404)


@bp.get("/<any(email,overseas):way>")
@public(WHY)
def begin(way: str) -> Response:
    offered(way)
    return _ask(way, BeginForm())


@bp.post("/<any(email,overseas):way>")
@public(WHY)
@hashes
def mail_link(way: str) -> Response:
    """The same page follows whether the address has an account or not; the mail alone says."""
    offered(way)
    form = BeginForm()
    if not form.validate():
        return _ask(way, form, 422)
    try:
        signup = links.begin(way, form.email.data, form.password.data, language.chosen(), visits.network())
    except Refused as refusal:
        form.refuse(refusal)
        return _ask(way, form, 422)
    session["signup_mailed"] = signup.key if signup else ""
    session["signup_way"] = way
    return go(url_for("signup.sent"))


def _ask(way: str, form: BeginForm, status: int = 200) -> Response:
    return show("accounts/signup/begin.html", status, form=form, way=way, face=faces().online())


@bp.get("/email/sent")
@public(WHY)
def sent() -> Response:
    if "signup_mailed" not in session:
        return go(url_for("register.start"))
    return _sent(AgainForm())


@bp.post("/email/sent")
@public(WHY)
def send_again() -> Response:
    form = AgainForm()
    if "signup_mailed" not in session:
        return go(url_for("register.start"))
    if not form.validate() or not captcha.check(form):
        return _sent(form, 422)
    try:
        if signup := Signup.by_key(session["signup_mailed"]):
            links.send_again(signup)
    except Refused as refusal:
        form.refuse(refusal)
        return _sent(form, 422)
    return _sent(AgainForm(), again=True)


def _sent(form: AgainForm, status: int = 200, again: bool = False) -> Response:
    hours = defaults.value("acc.activation_hours")
    return show("accounts/signup/sent.html", status, form=form, hours=hours, again=again)


@bp.get("/email/open/<token>")
@public("the link comes from a mail, which is often read on another device")
def link(token: str) -> Response:
    """One button: a mail scanner that follows links opens nothing."""
    signup = links.read(token)
    if signup is None:
        return show("accounts/signup/over.html", 404)
    return show("accounts/signup/link.html", form=Form(), address=emails.masked(signup.email))


@bp.post("/email/open/<token>")
@public("the link comes from a mail, which is often read on another device")
def open_link(token: str) -> Response:
    form = Form()
    try:
        if not form.validate():
            raise Refused("signup_link")
        signup = links.open(token)
    except Refused:
        return show("accounts/signup/over.html", 404)
    return carry_on(signup)


def carry_on(signup: Signup) -> Response:
    """This browser goes on with the sign-up."""
    session.permanent = True
    session["signup"] = signup.key
    session.pop("signup_mailed", None)
    return go(url_for("signup.waiting" if signup.state == "waiting" else "signup.identity"))


@bp.get("/email/resume")
@public(WHY)
def ask_resume() -> Response:
    return _ask_resume(ResumeForm())


@bp.post("/email/resume")
@public(WHY)
@hashes
def resume() -> Response:
    form = ResumeForm()
    if form.validate() and captcha.check(form):
        try:
            return carry_on(links.resume(form.email.data or "", form.password.data or ""))
        except Refused as refusal:
            form.refuse(refusal)
    return _ask_resume(form, 422)


def _ask_resume(form: ResumeForm, status: int = 200) -> Response:
    if not any(links.is_open(way) for way in links.SWITCHES):
        abort(404)
    return show("accounts/signup/resume.html", status, form=form)
