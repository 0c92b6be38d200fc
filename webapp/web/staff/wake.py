"""Waking up an account that slept: after both steps of the door, a code to the work phone (R-SYS-10)."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from webapp.domain import codes, staff
from webapp.domain.identity import phones
from webapp.domain.refused import Refused
from webapp.models.staff import Staff
from webapp.web import visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import bp, half


class SendForm(Form):
    pass


class WakeForm(Form):
    code = StringField(_l("短信验证码"), [InputRequired(_l("填写短信验证码"))])


@bp.get("/wake")
@public("who passed both steps of the door and sleeps")
def wake() -> Response:
    person = half.person(proved=True)
    return go(url_for("staff.login")) if person is None else _explain(person, SendForm())


@bp.post("/wake")
@public("who passed both steps of the door and sleeps")
def send_code() -> Response:
    person = half.person(proved=True)
    if person is None:
        return go(url_for("staff.login"))
    form = SendForm()
    if form.validate_on_submit():
        try:
            staff.send_code(person, visits.network())
            half.remember(person, proved=True)
            return go(url_for("staff.wake_code"))
        except Refused as refusal:
            form.refuse(refusal)
    return _explain(person, form, 422)


@bp.get("/wake/code")
@public("who passed both steps of the door and sleeps")
def wake_code() -> Response:
    person = half.person(proved=True)
    return go(url_for("staff.login")) if person is None else _ask(person, WakeForm())


@bp.post("/wake/code")
@public("who passed both steps of the door and sleeps")
def wake_up() -> Response:
    person = half.person(proved=True)
    if person is None:
        return go(url_for("staff.login"))
    form = WakeForm()
    if form.validate_on_submit():
        try:
            return half.let_in(staff.wake(person, form.code.data))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return _ask(person, form, 422)


def _explain(person: Staff, form: SendForm, status: int = 200) -> Response:
    return show("staff/wake.html", status, form=form, phone=phones.masked(person.phone) if person.phone else None)


def _ask(person: Staff, form: WakeForm, status: int = 200) -> Response:
    if person.phone is None:
        return go(url_for("staff.wake"))
    return show(
        "staff/wake_code.html",
        status,
        form=form,
        send=SendForm(),
        phone=phones.masked(person.phone),
        seconds=codes.wait(person.phone),
    )
