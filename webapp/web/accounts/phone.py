"""更换手机号: a code to the old number and one to the new; with the old one lost, a face or the office for its code (R-ACC-44).

What is proved is kept by `domain/changes/phone.py`; these pages only ask.
"""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults
from webapp.domain.changes import by_face, requests
from webapp.domain.changes import phone as changing
from webapp.domain.identity import phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.changes import Amendment
from webapp.web import captcha, language, told, visits
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.change_words import REASONS
from webapp.web.forms import Form
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show


class AskCode(captcha.CaptchaFields, Form):
    pass


class NewPhone(captcha.CaptchaFields, Form):
    phone = StringField(_l("新手机号"))


class TypeCode(Form):
    code = StringField(_l("短信验证码"))


@bp.get("/me/phone")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def phone() -> Response:
    mine = account()
    if (change := requests.pending(mine, "phone")) is not None:
        return _asked(change)
    return _ask_old(AskCode()) if mine.phone else go(url_for("accounts.lost_phone"))


def _asked(change: Amendment) -> Response:
    """A change that a person or a face decides is on its way."""
    facts = {"number": phones.grouped(requests.wanted(change)["phone"]), "face": faces().online() and by_face.waits(change)}
    return show("accounts/me/phone_asked.html", form=Form(), change=change, moment=told.moment, **facts)


def _ask_old(form: AskCode, status: int = 200) -> Response:
    last = requests.last(account(), "phone")
    refused = REASONS.get(last.reason) if last and last.state == "refused" else None
    phone = phones.masked(account().phone)
    return show("accounts/me/phone.html", status, form=form, phone=phone, refused=refused, sms=entry.sends_sms())


@bp.post("/me/phone")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def send_to_old_phone() -> Response:
    form, mine = AskCode(), account()
    if requests.pending(mine, "phone") is not None or mine.phone is None:
        return go(url_for("accounts.phone"))
    if form.validate() and captcha.check(form):
        try:
            _sends()
            changing.send_old(mine, visits.network(), language.chosen())
            return go(url_for("accounts.old_phone"))
        except Refused as refusal:
            form.refuse(refusal)
    return _ask_old(form, 422)


def _sends() -> None:
    if not entry.sends_sms():
        raise Refused("sms_off")


@bp.get("/me/phone/old")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def old_phone() -> Response:
    return _type_old(TypeCode()) if account().phone else go(url_for("accounts.phone"))


@bp.post("/me/phone/old")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def prove_old_phone() -> Response:
    form = TypeCode()
    if form.validate():
        try:
            changing.prove_old(account(), form.code.data or "")
            return go(url_for("accounts.new_phone"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return _type_old(form, 422)


def _type_old(form: TypeCode, status: int = 200) -> Response:
    mine = account()
    number = phones.masked(mine.phone) if mine.phone else ""
    return show("accounts/me/phone_code.html", status, form=form, phone=number, before=url_for("accounts.phone"), last=False)


@bp.get("/me/phone/lost")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def lost_phone() -> Response:
    """What it takes without the old phone, before anything is asked."""
    hours = defaults.value("acc.change_hold_hours")
    facts = {"hours": hours, "has_phone": account().phone is not None, "face": faces().online()}
    return show("accounts/me/phone_lost.html", form=Form(), **facts)


@bp.post("/me/phone/lost")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def lose_phone() -> Response:
    changing.lose_old(account())
    return go(url_for("accounts.new_phone"))


@bp.get("/me/phone/new")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def new_phone() -> Response:
    if changing.step(account()) == "old":
        return go(url_for("accounts.phone"))
    return _ask_new(NewPhone())


@bp.post("/me/phone/new")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def send_to_new_phone() -> Response:
    form = NewPhone()
    if form.validate() and captcha.check(form):
        try:
            _sends()
            changing.send_new(account(), form.phone.data or "", visits.network(), language.chosen())
            return go(url_for("accounts.check_phone"))
        except Refused as refusal:
            form.refuse(refusal, "phone")
    return _ask_new(form, 422)


def _ask_new(form: NewPhone, status: int = 200) -> Response:
    return show("accounts/me/phone_new.html", status, form=form, sent=changing.waits_for(account()) is not None)


@bp.get("/me/phone/check")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def check_phone() -> Response:
    if changing.step(account()) != "check":
        return go(url_for("accounts.phone"))
    return _type_new(TypeCode())


@bp.post("/me/phone/check")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def change_phone() -> Response:
    form, mine = TypeCode(), account()
    if form.validate():
        try:
            token = changing.prove_new(mine, form.code.data or "", current_user.session)
            return entry.again(token, url_for("accounts.me")) if token else go(url_for("accounts.phone"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return _type_new(form, 422)


def _type_new(form: TypeCode, status: int = 200) -> Response:
    before = url_for("accounts.new_phone")
    number = phones.grouped(changing.waits_for(account()) or "")
    return show("accounts/me/phone_code.html", status, form=form, phone=number, before=before, last=True)


@bp.post("/me/phone/withdraw")
@allow(Can.OWN_ACCOUNT)
def withdraw_phone() -> Response:
    requests.withdraw(account(), "phone")
    return go(url_for("accounts.me"))
