"""The other device arrives: the scanned or typed code, 是你吗, and for a unit's holder a code to the own phone (UX 57).

Not here: the camera (`camera.py`) and the photo (`photo.py`).
"""

from flask import abort, request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import codes
from webapp.domain.liveness import handing, purposes
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.liveness import Handoff
from webapp.web import access, captcha, language, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.liveness import words
from webapp.web.liveness.blueprint import PLACE, bp
from webapp.web.page import go, show
from webapp.web.words import say

WHY = "a phone that scans a code is not logged in; the code opens the way, the face or the photo proves who is there"


class TypedForm(captcha.CaptchaFields, Form):
    code = StringField(_l("电脑上显示的 7 位代码"))


class ProofForm(captcha.CaptchaFields, Form):
    code = StringField(_l("短信验证码"))


@bp.get("/m")
@public(WHY)
def typed() -> Response:
    return _typed(TypedForm())


@bp.post("/m")
@public(WHY)
def type_code() -> Response:
    form = TypedForm()
    try:
        if form.validate() and (not handing.is_busy(visits.network()) or captcha.check(form)):
            return go(url_for("liveness.scanned", token=handing.typed(form.code.data, visits.network()).token))
    except Refused as refused:
        form.refuse(refused, "code")
    return _typed(form, 422)


def _typed(form: TypedForm, status: int = 200) -> Response:
    return show("liveness/typed.html", status, form=form, busy=handing.is_busy(visits.network()))


@bp.get("/m/<token>")
@public(WHY)
def scanned(token: str) -> Response:
    """是你吗: a look changes nothing, the button does."""
    try:
        found = handing.find(token)
        handing.check_open(found)
        handing.check_account(found, _account())
    except Refused as refused:
        return _over(refused)
    return _ask(found)


@bp.post("/m/<token>")
@public(WHY)
def answer(token: str) -> Response:
    try:
        found = handing.find(token)
        if request.form.get("is") != "me":
            handing.deny(found, access.actor())
            return show("liveness/denied.html", way=found.way)
        opened = handing.open_(found, request.form.get("match", ""), _account(), access.actor())
    except Refused as refused:
        return _over(refused)
    session[PLACE] = opened.key
    return go(url_for("liveness.proof" if opened.way == "link" else "liveness.face"))


@bp.get("/m/proof")
@public(WHY)
def proof() -> Response:
    return _proof(_unproved(), ProofForm())


@bp.post("/m/proof")
@public(WHY)
def prove() -> Response:
    """Send a code to the holder's phone, or take the one that came."""
    mine, form = _unproved(), ProofForm()
    try:
        if "again" in request.form or "send" in request.form:
            if form.validate() and captcha.check(form):
                codes.request(handing.phone_of(mine), "person", visits.network(), language=language.chosen())
                return go(url_for("liveness.proof"))
        elif form.validate():
            handing.prove(mine, form.code.data, access.actor())
            return go(url_for("liveness.face"))
    except Refused as refused:
        form.refuse(refused, "code")
    return _proof(mine, form, 422)


def mine() -> Handoff:
    """The way that this browser opened; who has none types a code first. Raises handoff_gone, handoff_account."""
    found = handing.of(session.get(PLACE))
    if found is None or purposes.is_gone(found.check_row):
        raise Refused("handoff_gone")
    handing.check_account(found, _account())
    return found


def proved() -> Handoff:
    """As `mine`; a unit's holder has typed the code of the own phone."""
    found = mine()
    if found.way == "link" and found.proved is None:
        abort(go(url_for("liveness.proof")))
    return found


def _unproved() -> Handoff:
    found = mine()
    if found.way != "link" or found.proved is not None:
        abort(go(url_for("liveness.face")))
    return found


def _account() -> Account | None:
    """Who is logged in here. A member of staff is nobody whom a check knows."""
    visitor = access.visitor()
    if visitor is not None and visitor.account is None:
        raise Refused("handoff_account")
    return visitor.account if visitor is not None else None


def _over(refused: Refused) -> Response:
    return show("liveness/over.html", 409, reason=say(refused))


def _ask(found: Handoff) -> Response:
    check = found.check_row
    device = visits.said(found.session.device) if found.session is not None else ""
    asked = str(words.IS_IT_YOU[check.purpose]) % {"device": device}
    unit = purposes.application_of(check).unit_name if found.way == "link" else ""
    return show("liveness/is_it_you.html", form=Form(formdata=None), found=found, asked=asked, unit=unit)


def _proof(found: Handoff, form: ProofForm, status: int = 200) -> Response:
    number = handing.phone_of(found)
    sent = codes.live(number, "person") is not None
    masked = f"{number[:3]} **** {number[-4:]}"
    return show("liveness/proof.html", status, form=form, phone=masked, sent=sent, wait=codes.wait(number))
