"""当面核验 for who lost the phone and the password: two officers give the account back, and the new password is set here.

One answer to everybody: whether there is such an account, the officers learn and not the page.
"""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import drafts, in_person
from webapp.domain.recovery import at_desk, resetting
from webapp.domain.refused import Refused
from webapp.models.in_person import Meeting
from webapp.web import captcha
from webapp.web import in_person as pages
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, bp, draft, keep


class SayWho(captcha.CaptchaFields, Form):
    name = StringField(_l("姓名"))
    number = StringField(_l("证件号码"))


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
    """On to the new password where both officers agreed; else from the beginning."""
    meeting, mine = _mine(), draft()
    if not Form().validate() or meeting is None:
        return go(url_for("recovery.in_person_start"))
    account = at_desk.take_up(meeting)
    if account is None:
        keep(mine, meeting=None)
        return go(url_for("recovery.in_person_start"))
    resetting.keep(keep(mine, meeting=None), account, "desk")
    return go(url_for("recovery.new"))


def _mine() -> Meeting | None:
    key = drafts.answers(draft()).get("meeting")
    return Meeting.by_key(str(key)) if key else None
