"""Codes to the phone on the way in: after a right password in a new browser, and as a way in of its own.

Neither page tells whether a number is known before its code was right (R-ACC-36).
"""

from flask import abort, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from webapp.domain import codes, login
from webapp.domain.identity import phones
from webapp.domain.recovery import numbers
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.codes import Code
from webapp.web import captcha, language, visits
from webapp.web.access import public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.accounts.steps import begin_with
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
    session["half_code"] = code.key
    return go(url_for("accounts.password_too"))


def _show_code(form: TypeCode, awaited: Code, status: int = 200) -> Response:
    before = url_for("accounts.device" if entry.halfway("password") else "accounts.by_code")
    return show("accounts/login/code.html", status, form=form, phone=phones.masked(awaited.phone), before=before)


@bp.get("/login/password")
@public(WHY)
def password_too() -> Response:
    """The code was right; in a new browser the password belongs to it."""
    whom = entry.halfway("code")
    if whom is None:
        return go(url_for("accounts.by_code"))
    return _show_password(TypePassword(), whom)


def _show_password(form: TypePassword, whom: Account, status: int = 200) -> Response:
    may_give_up = mounted("register.start") and _proved_number_of(whom)
    gives_up = url_for("accounts.not_mine") if may_give_up else None
    return show("accounts/login/password.html", status, form=form, gives_up=gives_up)


def _proved_number_of(whom: Account) -> bool:
    """Was it the number that the account has now which the code of this browser proved?"""
    kept = session.get("half_code")
    proved = Code.by_key(kept) if kept else None
    return proved is not None and proved.phone_index == whom.phone_index


@bp.post("/login/not-mine")
@public(WHY)
def not_mine() -> Response:
    """「这是我的新号码，原账号不是我的」: the number leaves that account, and registering begins (R-REC-14)."""
    whom = entry.halfway("code")
    if whom is None or not _proved_number_of(whom) or not Form().validate():
        return go(url_for("accounts.by_code"))
    phone = whom.phone
    numbers.give_up(phone)
    for name in ("half", "half_code"):
        session.pop(name, None)
    return begin_with(phone)


@bp.post("/login/password")
@public(WHY)
@hashes
def check_password() -> Response:
    whom, form = entry.halfway("code"), TypePassword()
    if whom is None:
        return go(url_for("accounts.by_code"))
    if not form.validate():
        return _show_password(form, whom, 422)
    visit = visits.here()
    try:
        login.prove_after_code(whom, form.password.data or "", visit)
    except Refused as refusal:
        form.refuse(refusal, "password")
        return _show_password(form, whom, 422)
    return entry.enter(whom, "code", code=True)
