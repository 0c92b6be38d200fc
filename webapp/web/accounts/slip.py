"""用注册码注册: a slip of paper from the school in the place of the SMS (R-SCH-33). The steps after it are `steps.py`.

Not here: printing slips (`staff/slips.py`).
"""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField

from webapp.domain import accounts, slips
from webapp.domain.identity import phones
from webapp.domain.refused import Refused
from webapp.domain.signups import links as signup_links
from webapp.models.slips import Slip
from webapp.web import captcha
from webapp.web.access import public
from webapp.web.accounts.entry import sends_sms
from webapp.web.accounts.steps import by_slip, consented, wizard
from webapp.web.captcha import CaptchaFields
from webapp.web.forms import Form, rule
from webapp.web.page import go, show

WHY = "whoever registers has no account yet"

bp = Blueprint("slip", __name__, url_prefix="/register/slip")


class SlipForm(CaptchaFields, Form):
    BESIDE = {
        **dict.fromkeys(("slip_empty", "slip_length", "slip_unknown", "slip_expired"), "code"),
        **dict.fromkeys(("slip_used", "slip_replaced", "slip_void"), "code"),
        **dict.fromkeys(("phone_taken", "slip_tries"), "phone"),
    }

    code = StringField(_l("注册码"))
    phone = StringField(_l("手机号"))
    consent = BooleanField(_l("我已阅读并同意《用户协议》、《隐私政策》"), [rule(consented)])

    def validate_phone(self, field: StringField) -> None:
        """Where no SMS is sent, nobody needs a phone to register."""
        if field.data.strip() or sends_sms():
            rule(lambda typed: phones.check(phones.clean(typed)))(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        return all([super().validate(extra_validators), captcha.check(self)])


@bp.get("")
@public(WHY)
def ask() -> Response:
    """A browser whose phone a code proved needs no slip."""
    if wizard.draft().phone is not None:
        return go(url_for("register.start"))
    return _ask(SlipForm())


@bp.get("/<code>")
@public(WHY)
def scanned(code: str) -> Response:
    """The address in the slip's QR: its code stands in the field, the button is still to be pressed."""
    form = SlipForm(formdata=None)
    form.code.data = slips.clean(code)[: slips.LENGTH]
    return _ask(form)


@bp.post("")
@public(WHY)
def take() -> Response:
    draft = wizard.draft()
    if draft.phone is not None:
        return go(url_for("register.start"))
    form = SlipForm()
    if "drop" in request.form:
        if draft.id is not None:
            wizard.keep(draft, slip=None)
        return go(url_for("register.phone"))
    if form.validate():
        try:
            slip, phone = _read(form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            wizard.keep(draft, slip=slip.key, phone=phone or None, consent=accounts.TEXTS, taken=None)
            return go(url_for("register.identity"))
    return _ask(form, 422)


def _read(form: SlipForm) -> tuple[Slip, str]:
    """The slip, and the phone that was told with it: free, but proved by nothing else."""
    slip, phone = slips.find(form.code.data), phones.clean(form.phone.data)
    if phone:
        slips.check_phone(slip, phone)
    return slip, phone


def _ask(form: SlipForm, status: int = 200) -> Response:
    sms = sends_sms()
    ways = [way for way in signup_links.SWITCHES if signup_links.is_open(way)]
    return show("accounts/register/slip.html", status, form=form, sms=sms, without=ways, under_way=by_slip(wizard.draft()))
