"""查看申请: who has an expired code asks its holder to open it once more, and keeps the address of the answer (R-RPT-28).

Not here: the holder's side (`reports/`).
"""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import requests, verifying
from webapp.models import report_by_code
from webapp.models.report_requests import OpenRequest
from webapp.web import captcha, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.verify import asking, passes, result
from webapp.web.verify.blueprint import WHY, bp, host
from webapp.web.verify.passes import PinForm


class RequestForm(captcha.CaptchaFields, Form):
    name = StringField(_l("你的姓名或单位"))
    reason = TextAreaField(_l("为什么要查看"))


@bp.get("/verify/<code>/request")
@public(WHY)
def request_form(code: str) -> Response:
    try:
        return _form(verification_codes.read(code), RequestForm())
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)


@bp.post("/verify/<code>/request", endpoint="ask_holder")
@public(WHY)
def ask_holder(code: str) -> Response:
    """Whatever the code is now is told by its own page; only an expired one takes a request."""
    try:
        typed = verification_codes.read(code)
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)
    form = RequestForm()
    if not (form.validate() and captcha.check(form)):
        return _form(typed, form, 422)
    found = report_by_code.by_code(typed)
    if verifying.judge(found) != "expired":
        return go(url_for("verify.code", code=typed))
    try:
        made = requests.ask(found, form.name.data, form.reason.data)
    except Refused as refused:
        form.refuse(refused)
        return _form(typed, form, 422)
    return go(url_for("verify.request", key=made.key))


def _form(code: str, form: RequestForm, status: int = 200) -> Response:
    lengths = {"name": requests.NAME, "reason": requests.REASON}
    return show("verify/request_form.html", status, form=form, code=code, most=lengths, days=requests.OPEN.days)


@bp.get("/verify/requests/<key>", endpoint="request")
@public("who asked keeps this address")
def answer(key: str) -> Response:
    """How far the request is; once it is open, the report itself."""
    asked = OpenRequest.by_key(key) or abort(404)
    if not requests.is_open(asked):
        return show("verify/request.html", request=asked, over=asked.state == "opened", days=requests.OPEN.days, host=host())
    told = requests.look(asked, visits.network(), passes.proved())
    return result.screen(told, PinForm() if told.verdict == "pin" else None, until=asked.until)


@bp.post("/verify/requests/<key>", endpoint="open_request")
@public("who asked keeps this address")
def prove(key: str) -> Response:
    """The PIN of a report that has one."""
    asked = OpenRequest.by_key(key) or abort(404)
    if not requests.is_open(asked):
        return go(url_for("verify.request", key=key))
    form = PinForm()
    if form.validate():
        try:
            if mark := requests.prove(asked, visits.network(), form.pin.data[: passes.LONGEST]):
                passes.remember(mark)
            return go(url_for("verify.request", key=key))
        except Refused as refused:
            form.refuse(refused, "pin")
    return result.pin_page(form)
