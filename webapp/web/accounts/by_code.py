"""A code to the phone in the place of the password, before a page that changes who can get in (R-ACC-46)."""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import codes, sessions
from webapp.domain.identity import phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import captcha, language, visits
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, inside, show


class AskCode(captcha.CaptchaFields, Form):
    pass


class TypeCode(Form):
    code = StringField(_l("短信验证码"))


def is_offered() -> bool:
    return entry.sends_sms() and account().phone is not None


def stands_for_password() -> bool:
    """Did a code take the place of the password in this session, just now?"""
    return session.get("sure_code") == current_user.session.id and sessions.is_sure(current_user.session)


@bp.get("/me/sure/code")
@allow(Can.OWN_ACCOUNT)
def sure_code() -> Response:
    return _ask(AskCode()) if is_offered() else go(url_for("accounts.ask_sure"))


@bp.post("/me/sure/code")
@allow(Can.OWN_ACCOUNT)
def send_sure_code() -> Response:
    if not is_offered():
        return go(url_for("accounts.ask_sure"))
    form = AskCode()
    if form.validate() and captcha.check(form):
        try:
            codes.request(account().phone, "sure", visits.network(), language=language.chosen())
            return go(url_for("accounts.check_sure_code"))
        except Refused as refusal:
            form.refuse(refusal)
    return _ask(form, 422)


def _ask(form: AskCode, status: int = 200) -> Response:
    return show("accounts/me/sure_code.html", status, form=form, phone=phones.masked(account().phone))


@bp.get("/me/sure/code/check")
@allow(Can.OWN_ACCOUNT)
def check_sure_code() -> Response:
    return _type(TypeCode()) if is_offered() else go(url_for("accounts.ask_sure"))


@bp.post("/me/sure/code/check")
@allow(Can.OWN_ACCOUNT)
def prove_sure_code() -> Response:
    form = TypeCode()
    if is_offered() and form.validate():
        try:
            codes.prove(account().phone, "sure", form.code.data or "")
        except Refused as refusal:
            form.refuse(refusal, "code")
        else:
            return _sure()
    return _type(form, 422)


def _sure() -> Response:
    token = sessions.renew(current_user.session)
    session["sure_code"] = sessions.find(token).id
    return entry.again(token, inside(session.pop("sure_next", None), url_for("accounts.password")))


def _type(form: TypeCode, status: int = 200) -> Response:
    phone, before = phones.masked(account().phone or ""), url_for("accounts.sure_code")
    return show("accounts/me/phone_code.html", status, form=form, phone=phone, before=before, last=False)
