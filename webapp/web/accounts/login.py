"""Log in with a password, and out again. The code that a new browser needs is `code_login.py`."""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from webapp.domain import login, sessions
from webapp.domain.identity import passwords
from webapp.domain.refused import Refused
from webapp.web import captcha, visits
from webapp.web.access import public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form
from webapp.web.line import hashes, later
from webapp.web.page import go, show

LONGEST = 254
"""Characters of the longest name that one can log in with: an e-mail address."""


class LogIn(Form):
    login = StringField(_l("手机号、证件号码或邮箱"))
    password = PasswordField(_l("密码"))

    def filled(self) -> bool:
        """Both fields stand, and neither is longer than anything that could be right."""
        typed, password = self.login.data or "", self.password.data or ""
        if not typed.strip():
            self.refuse(Refused("login_empty"), "login")
        if not password:
            self.refuse(Refused("password_empty"), "password")
        if len(typed) > LONGEST or len(password) > passwords.LONGEST:
            self.refuse(Refused("login_wrong"))
        return not self.errors


class LogInAgain(captcha.CaptchaFields, LogIn):
    """After a failure a captcha comes with it."""


@bp.get("/login", endpoint="login")
@public("whoever has an account comes in here")
def ask() -> Response:
    if current_user.is_authenticated and current_user.kind == "student":
        return go(url_for("accounts.go_on"))
    return _show(LogInAgain() if session.get("login_failed") else LogIn())


@bp.post("/login")
@public("whoever has an account comes in here")
@hashes
def try_password() -> Response:
    form = LogIn()
    if not form.validate() or not form.filled():
        return _show(_again(form) if session.get("login_failed") else form, 422)
    visit = visits.here()
    whom = login.whom(form.login.data, visit)
    if login.suspicious(whom, visit):
        session["login_failed"] = True
        form = _again(form)
        if not captcha.check(form):
            return _show(form, 422)
    try:
        with login.proved(whom, form.password.data, visit) as account:
            if not login.needs_code(account, whom, entry.sends_sms()):
                return entry.enter(account, "password")
            login.code_asked(account, visit)
            entry.half("password", account)
            return go(url_for("accounts.device"))
    except Refused as refusal:
        return _refused(form, refusal)


def _refused(form: LogIn, refusal: Refused) -> Response:
    if refusal.code == "busy":
        form.refuse(refusal)
        return later(_show(form, 503))
    session["login_failed"] = True
    form = _again(form)
    form.refuse(refusal)
    return _show(form, 422)


def _again(form: LogIn) -> LogIn:
    """The same answers in a form that has a captcha."""
    if isinstance(form, LogInAgain):
        return form
    longer = LogInAgain()
    longer.form_errors = [*form.form_errors]
    for field in form:
        longer[field.name].errors = field.errors
    return longer


def _show(form: LogIn, status: int = 200) -> Response:
    return show("accounts/login/login.html", status, form=form, sms=entry.sends_sms(), register=mounted("register.start"))


@bp.post("/logout")
@public("whoever is not logged in is out already")
def logout() -> Response:
    if current_user.is_authenticated:
        sessions.end(current_user.session)
    return entry.leave_account(url_for("home.home"))
