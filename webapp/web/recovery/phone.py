"""By SMS: name, document and phone as the account has them, then the code that came.

Until the code was right nobody learns whether they are.
"""

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain.identity import phones
from webapp.domain.recovery import asking, resetting
from webapp.domain.recovery.asking import Person
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web import captcha, language, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, begun, bp, open_ways


class SayPerson(captcha.CaptchaFields, Form):
    BESIDE = dict.fromkeys(("sms_too_soon", "recovery_tries"), "phone")

    name = StringField(_l("姓名"))
    number = StringField(_l("证件号码"))
    phone = StringField(_l("手机号"))

    def filled(self) -> bool:
        for field, code in (("name", "name_empty"), ("number", "document_empty")):
            if not (self[field].data or "").strip():
                self.refuse(Refused(code), field)
        try:
            phones.check(phones.clean(self.phone.data or ""))
        except Refused as refusal:
            self.refuse(refusal, "phone")
        return not self.errors


class TypeCode(captcha.CaptchaFields, Form):
    BESIDE = dict.fromkeys(("code_empty", "code_length", "recovery_mismatch"), "code")

    code = StringField(_l("短信验证码"))


@bp.get("/phone")
@public(WHY)
@begun
def phone(mine: Draft) -> Response:
    return _show_person(mine, SayPerson())


@bp.post("/phone")
@public(WHY)
@begun
def say_person(mine: Draft) -> Response:
    form = SayPerson()
    if all([form.validate() and form.filled(), captcha.check(form)]):
        typed = Person.read(*(form[field].data or "" for field in ("name", "number", "phone")))
        if _asked(mine, typed, form):
            return go(url_for("recovery.code"))
    return _show_person(mine, form, 422)


def _show_person(mine: Draft, form: SayPerson, status: int = 200) -> Response:
    if "phone" not in open_ways():
        abort(404)
    return show("recovery/phone.html", status, form=form, asked=asking.person_of(mine) is not None)


def _asked(mine: Draft, typed: Person, form: Form) -> bool:
    try:
        asking.ask_code(mine, typed, visits.network(), language.chosen())
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@bp.get("/phone/code")
@public(WHY)
@begun
def code(mine: Draft) -> Response:
    return _show_code(mine, TypeCode()) if asking.person_of(mine) else go(url_for("recovery.phone"))


@bp.post("/phone/code")
@public(WHY)
@begun
def check_code(mine: Draft) -> Response:
    form, person = TypeCode(), asking.person_of(mine)
    if person is None:
        return go(url_for("recovery.phone"))
    if "again" in request.form:
        sent = form.validate() and captcha.check(form) and _asked(mine, person, form)
        return go(url_for("recovery.code")) if sent else _show_code(mine, form, 422)
    if form.validate():
        try:
            resetting.keep(mine, asking.prove_code(mine, form.code.data or ""), "phone")
            return go(url_for("recovery.new"))
        except Refused as refusal:
            form.refuse(refusal)
    return _show_code(mine, form, 422)


def _show_code(mine: Draft, form: TypeCode, status: int = 200) -> Response:
    number = phones.grouped(asking.person_of(mine).phone)
    return show("recovery/code.html", status, form=form, phone=number, wait=asking.wait(mine))
