"""当面核验 for who lost the phone and the password: two officers give the account back, with a new one.

One answer to everybody: whether there is such an account, the officers learn and not the page.
"""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import drafts, in_person
from webapp.domain.identity import phones
from webapp.domain.recovery import at_desk, resetting
from webapp.domain.refused import Refused
from webapp.models.in_person import Meeting
from webapp.models.journal import Draft
from webapp.web import captcha, language, visits
from webapp.web import in_person as pages
from webapp.web.access import public
from webapp.web.accounts.entry import sends_sms
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, bp, draft, keep


class SayWho(captcha.CaptchaFields, Form):
    name = StringField(_l("姓名"))
    number = StringField(_l("证件号码"))


class NewPhone(captcha.CaptchaFields, Form):
    phone = StringField(_l("新手机号"))


class TypeCode(Form):
    code = StringField(_l("短信验证码"))


@bp.get("/in-person")
@public(WHY)
def in_person_start() -> Response:
    meeting = _mine()
    if meeting is None or not (in_person.is_live(meeting) or meeting.closed):
        return show("recovery/in_person.html", form=SayWho(), over=meeting is not None)
    onward = {"back": url_for("recovery.none"), "onward": None, "anew": url_for("recovery.in_person_anew")}
    return pages.page(meeting, url_for("recovery.in_person_number"), **onward)


@bp.post("/in-person")
@public(WHY)
def in_person_begin() -> Response:
    form = SayWho()
    if form.validate() and captcha.check(form):
        try:
            meeting = at_desk.begin(form.name.data, form.number.data)
            keep(draft(), meeting=meeting.key)
            return go(url_for("recovery.in_person_start"))
        except Refused as refusal:
            form.refuse(refusal, "number")
    return show("recovery/in_person.html", 422, form=form, over=False)


@bp.get("/in-person/number")
@public(WHY)
def in_person_number() -> Response:
    """The part of the page that moves."""
    return pages.moving(_mine(), url_for("recovery.in_person_start"), url_for("recovery.in_person_number"))


@bp.post("/in-person/anew")
@public(WHY)
def in_person_anew() -> Response:
    """On to the new phone and password where both officers agreed; else from the beginning."""
    meeting, mine = _mine(), draft()
    if not Form().validate() or meeting is None:
        return go(url_for("recovery.in_person_start"))
    account = at_desk.take_up(meeting)
    if account is None:
        keep(mine, meeting=None)
        return go(url_for("recovery.in_person_start"))
    resetting.keep(keep(mine, meeting=None), account, "desk")
    return go(url_for("recovery.in_person_phone"))


@bp.get("/in-person/phone")
@public(WHY)
def in_person_phone() -> Response:
    """The phone is lost: which one shall be the account's from now on. A code proves it, or the office where none is sent."""
    mine = draft()
    proves = sends_sms() or at_desk.way_of(mine) == "desk"
    return _ask_phone(NewPhone()) if at_desk.account_of(mine) and proves else go(url_for("recovery.new"))


@bp.post("/in-person/phone")
@public(WHY)
def in_person_send() -> Response:
    form, mine, sms = NewPhone(), draft(), sends_sms()
    if form.validate() and captcha.check(form):
        try:
            if sms:
                at_desk.send_code(mine, form.phone.data or "", visits.network(), language.chosen())
            else:
                at_desk.tell(mine, form.phone.data or "")
            return go(url_for("recovery.in_person_code" if sms else "recovery.new"))
        except Refused as refusal:
            form.refuse(refusal, "phone")
    return _ask_phone(form, 422)


def _ask_phone(form: NewPhone, status: int = 200) -> Response:
    return show("recovery/in_person_phone.html", status, form=form, sms=sends_sms(), way=at_desk.way_of(draft()))


@bp.get("/in-person/code")
@public(WHY)
def in_person_code() -> Response:
    mine = draft()
    return _type(mine, TypeCode()) if _asked(mine) else go(url_for("recovery.in_person_phone"))


@bp.post("/in-person/code")
@public(WHY)
def in_person_prove() -> Response:
    form, mine = TypeCode(), draft()
    if not _asked(mine):
        return go(url_for("recovery.in_person_phone"))
    if form.validate():
        try:
            at_desk.prove_code(mine, form.code.data or "")
            return go(url_for("recovery.new"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return _type(mine, form, 422)


def _asked(mine: Draft) -> bool:
    return at_desk.account_of(mine) is not None and at_desk.asked_of(mine) is not None


def _type(mine: Draft, form: TypeCode, status: int = 200) -> Response:
    return show("recovery/in_person_code.html", status, form=form, phone=phones.grouped(at_desk.asked_of(mine)))


def _mine() -> Meeting | None:
    key = drafts.answers(draft()).get("meeting")
    return Meeting.by_key(str(key)) if key else None
