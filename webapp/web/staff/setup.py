"""Setting up: the one-time link sets the password, a QR code the second factor, and ten recovery codes are shown once."""

import segno
from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from webapp.domain import defaults, second_factor, staff
from webapp.domain.refused import Refused
from webapp.models.staff import Staff
from webapp.web import access
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show
from webapp.web.staff import bp, half
from webapp.web.words import say


class InviteForm(Form):
    password = PasswordField(_l("密码"), [InputRequired(_l("设一个密码"))])
    repeat = PasswordField(_l("密码确认"), [InputRequired(_l("再输一遍密码"))])

    def validate(self, extra_validators: dict | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.repeat.data != self.password.data:
            self.repeat.errors = [_("两次输入的密码不一样")]
            return False
        return True


class SetupForm(Form):
    code = StringField(_l("动态码"), [InputRequired(_l("填写手机上显示的 6 位动态码"))])


@bp.get("/invite/<token>")
@public("who holds the one-time link sets up the account")
def invite(token: str) -> Response:
    return _invite(token, InviteForm())


@bp.post("/invite/<token>")
@public("who holds the one-time link sets up the account")
@hashes
def accept(token: str) -> Response:
    form = InviteForm()
    if staff.invited(token) is not None and form.validate_on_submit():
        try:
            half.remember(staff.accept(token, form.password.data))
            return go(url_for("staff.setup"))
        except Refused as refusal:
            form.refuse(refusal, "password")
    return _invite(token, form, 422)


def _invite(token: str, form: InviteForm, status: int = 200) -> Response:
    person = staff.invited(token)
    if person is None:
        return show("staff/invite_over.html", 404, sentence=say(Refused("invite_over")))
    return show("staff/invite.html", status, form=form, person=person, least=staff.shortest(person))


@bp.get("/setup")
@public("who has set a password, or is in and changes the app, sets up the second factor")
def setup() -> Response:
    person = _who()
    return go(url_for("staff.login")) if person is None else _setup(person, SetupForm())


@bp.post("/setup")
@public("who has set a password, or is in and changes the app, sets up the second factor")
def set_up() -> Response:
    person = _who()
    if person is None:
        return go(url_for("staff.login"))
    form = SetupForm()
    if form.validate_on_submit():
        try:
            codes = staff.set_up(person, form.code.data)
        except Refused as refusal:
            form.refuse(refusal, "code")
        else:
            return _first_codes(person, codes)
    return _setup(person, form, 422)


def _who() -> Staff | None:
    """Somebody with a secret that waits: half-way in without a second factor yet, or in and changing to another app."""
    if current_user.is_authenticated and current_user.staff is not None:
        return current_user.staff if current_user.staff.totp_next else None
    person = half.person()
    return person if person is not None and person.totp is None and person.totp_next else None


def _setup(person: Staff, form: SetupForm, status: int = 200) -> Response:
    secret = person.totp_next
    code = segno.make(second_factor.address(secret, person.login, defaults.value("site.name")), error="m", micro=False)
    return show(
        "staff/setup.html",
        status,
        form=form,
        first=person.totp is None,
        qr=Markup(code.svg_inline(scale=5, border=4, light="#fff")),  # noqa: S704 (drawn here, from digits and letters)
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    )


def _first_codes(person: Staff, codes: list[str]) -> Response:
    """The codes are shown by the answer to the form itself: nothing else ever holds them in clear."""
    if current_user.is_authenticated:
        return show("staff/recovery_codes.html", codes=codes, onward=url_for("staff.me"))
    try:
        token = half.enter(person)
    except Refused as refusal:
        half.remember(person, proved=True)
        onward = "staff.wake" if refusal.code == "staff_asleep" else "staff.login"
        return show("staff/recovery_codes.html", first=True, codes=codes, onward=url_for(onward))
    answer = show("staff/recovery_codes.html", first=True, codes=codes, onward=url_for("staff.home"))
    return access.set_session(answer, token)
