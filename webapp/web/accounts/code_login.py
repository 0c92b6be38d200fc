"""Codes to the phone on the way in: after a right password in a new browser, and as a way in of its own.

Neither page tells whether a number is known before its code was right (R-ACC-36).
"""

from flask import abort, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from webapp.domain import codes, login
from webapp.domain.identity import phones
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.codes import Code
from webapp.web import captcha, language, visits
from webapp.web.access import public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show

WHY = "it is a step on the way in"


class AskPhone(captcha.CaptchaFields, Form):
    phone = StringField(_l("手机号"))


class AskCode(captcha.CaptchaFields, Form):
    pass


class TypeCode(Form):
    code = StringField(_l("短信验证码"))


class TypePassword(Form):
    password = PasswordField(_l("密码"))


@bp.get("/login/device")
@public(WHY)
def device() -> Response:
    """The password was right, the browser is new."""
    whom = entry.halfway("password")
    if whom is None:
        return go(url_for("accounts.login"))
    return _show_device(AskCode(), whom)


@bp.post("/login/device")
@public(WHY)
def send_to_device() -> Response:
    whom, form = entry.halfway("password"), AskCode()
    if whom is None:
        return go(url_for("accounts.login"))
    if not form.validate() or not captcha.check(form) or not _sent(form, whom.phone):
        return _show_device(form, whom, 422)
    return go(url_for("accounts.code"))


def _show_device(form: AskCode, whom: Account, status: int = 200) -> Response:
    return show("accounts/login/device.html", status, form=form, phone=phones.masked(whom.phone), sent=_has_code())


@bp.get("/login/code")
@public("whoever has an account comes in here")
def by_code() -> Response:
    if not entry.sends_sms():
        abort(404)
    session.pop("half", None)
    return _show_phone(AskPhone())


@bp.post("/login/code")
@public("whoever has an account comes in here")
def send_code() -> Response:
    if not entry.sends_sms():
        abort(404)
    form = AskPhone()
    if not form.validate() or not captcha.check(form) or not _sent(form, form.phone.data or "", "phone"):
        return _show_phone(form, 422)
    return go(url_for("accounts.code"))


def _show_phone(form: AskPhone, status: int = 200) -> Response:
    return show("accounts/login/phone.html", status, form=form, sent=_has_code())


def _sent(form: Form, phone: str, field: str | None = None) -> bool:
    """Send a code and remember which one this browser waits for. What is typed wrong stands at `field`."""
    try:
        code = codes.request(phone, "login", visits.network(), language=language.chosen())
    except Refused as refusal:
        form.refuse(refusal, field)
        return False
    session["login_code"] = code.key
    return True


def _has_code() -> bool:
    return "login_code" in session


def _awaited() -> Code | None:
    kept = session.get("login_code")
    return Code.by_key(kept) if kept else None


@bp.get("/login/code/check")
@public(WHY)
def code() -> Response:
    awaited = _awaited()
    return _show_code(TypeCode(), awaited) if awaited else go(url_for("accounts.by_code"))


@bp.post("/login/code/check")
@public(WHY)
def check_code() -> Response:
    awaited, form = _awaited(), TypeCode()
    if awaited is None:
        return go(url_for("accounts.by_code"))
    if not form.validate():
        return _show_code(form, awaited, 422)
    try:
        proved = codes.prove(awaited.phone, "login", form.code.data or "")
    except Refused as refusal:
        form.refuse(refusal, "code")
        return _show_code(form, awaited, 422)
    session.pop("login_code", None)
    return _proved(proved)


def _proved(code: Code) -> Response:
    first = entry.halfway("password")
    if first is not None and first.phone_index == code.phone_index:
        return entry.enter(first, "password", code=True)
    whom, password_too = login.by_code(code, visits.here())
    if whom is None:
        return show("accounts/login/nobody.html", register=mounted("register.start"))
    if not password_too:
        return entry.enter(whom, "code", code=True)
    entry.half("code", whom)
    return go(url_for("accounts.password_too"))


def _show_code(form: TypeCode, awaited: Code, status: int = 200) -> Response:
    before = url_for("accounts.device" if entry.halfway("password") else "accounts.by_code")
    return show("accounts/login/code.html", status, form=form, phone=phones.masked(awaited.phone), before=before)


@bp.get("/login/password")
@public(WHY)
def password_too() -> Response:
    """The code was right; in a new browser the password belongs to it."""
    if entry.halfway("code") is None:
        return go(url_for("accounts.by_code"))
    return show("accounts/login/password.html", form=TypePassword())


@bp.post("/login/password")
@public(WHY)
@hashes
def check_password() -> Response:
    whom, form = entry.halfway("code"), TypePassword()
    if whom is None:
        return go(url_for("accounts.by_code"))
    if not form.validate():
        return show("accounts/login/password.html", 422, form=form)
    visit = visits.here()
    try:
        login.prove_after_code(whom, form.password.data or "", visit)
    except Refused as refusal:
        form.refuse(refusal, "password")
        return show("accounts/login/password.html", 422, form=form)
    return entry.enter(whom, "code", code=True)
