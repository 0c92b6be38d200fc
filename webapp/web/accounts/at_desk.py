"""没有短信的注册: at the office's desk two officers see the person, in the place of the SMS (R-DUP-30).

The steps after it are `steps.py`. Not here: the officers' side (`staff/in_person.py`).
"""

from dataclasses import asdict

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from webapp.domain import accounts, in_person, seen
from webapp.domain.changes import requests
from webapp.domain.in_person_effects import identity_of
from webapp.models.in_person import Meeting
from webapp.web import captcha
from webapp.web import in_person as pages
from webapp.web.access import public
from webapp.web.accounts.identity import IdentityFields
from webapp.web.accounts.steps import answer, consented, is_known, wizard
from webapp.web.captcha import CaptchaFields
from webapp.web.forms import Form, rule
from webapp.web.page import go, show

WHY = "whoever registers has no account yet"

bp = Blueprint("desk", __name__, url_prefix="/register/in-person")


class WhoForm(CaptchaFields, IdentityFields, Form):
    consent = BooleanField(_l("我已阅读并同意《用户协议》、《隐私政策》"), [rule(consented)])


@bp.get("")
@public(WHY)
def start() -> Response:
    """A browser whose phone a code proved needs nobody."""
    if wizard.draft().phone is not None:
        return go(url_for("register.start"))
    meeting = _mine()
    if meeting is None or not (in_person.is_live(meeting) or meeting.closed):
        return _ask(WhoForm(), over=meeting is not None)
    places = {"back": url_for("slip.ask"), "onward": None, "anew": url_for("desk.go_on"), "go_on": _l("继续注册")}
    return pages.page(meeting, url_for("desk.number"), **places)


def _ask(form: WhoForm, status: int = 200, over: bool = False) -> Response:
    return show("accounts/register/in_person.html", status, form=form, over=over)


@bp.post("")
@public(WHY)
def begin() -> Response:
    form = WhoForm()
    if not all([form.validate(), captcha.check(form)]):
        return _ask(form, 422)
    who = form.identity()
    meeting = in_person.begin_unknown(seen.PURPOSE, who, requests.unit_of_identity(who.index))
    wizard.keep(wizard.draft(), meeting=meeting.key, consent=accounts.TEXTS, taken=None)
    return go(url_for("desk.start"))


@bp.get("/number")
@public(WHY)
def number() -> Response:
    """The part of the page that moves."""
    return pages.moving(_mine(), url_for("desk.start"), url_for("desk.number"))


@bp.post("/on")
@public(WHY)
def go_on() -> Response:
    """On to the password where both officers agreed; else from the beginning."""
    draft, meeting = wizard.draft(), _mine()
    if meeting is None or not Form().validate():
        return go(url_for("desk.start"))
    if seen.live(meeting.key) is None:
        wizard.keep(draft, meeting=None)
        return go(url_for("desk.start"))
    who = identity_of(meeting)
    wizard.keep(draft, meeting=None, seen=meeting.key, phone=None, slip=None, anew=None, fallback=None, **asdict(who))
    wizard.keep(draft, known=is_known(who, draft))
    return go(url_for("register.known" if answer(draft, "known") else "register.password"))


def _mine() -> Meeting | None:
    key = answer(wizard.draft(), "meeting")
    return Meeting.by_key(key) if key else None
