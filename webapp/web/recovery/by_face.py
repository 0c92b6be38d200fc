"""找回 by 实人验证: who it is about, the camera, and on to the new phone and password (R-REC-11).

One answer to everybody until the person was there. No other device is sent for: a code that leads into somebody's account
would be worth stealing, so it is begun where the camera is.
"""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain.liveness import purposes
from webapp.domain.recovery import by_face, resetting
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.models.liveness import PersonCheck
from webapp.web import captcha
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.liveness.blueprint import faces
from webapp.web.liveness.journey import Journey, mount
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, bp, draft, keep, leave


class SayWho(captcha.CaptchaFields, Form):
    BESIDE = {"meeting_who": "number", "face_tries_day": "number"}

    name = StringField(_l("姓名"))
    number = StringField(_l("证件号码"))


@bp.get("/face")
@public(WHY)
def face() -> Response:
    _offered()
    return show("recovery/face.html", form=SayWho())


@bp.post("/face")
@public(WHY)
def say_whose_face() -> Response:
    _offered()
    form = SayWho()
    if form.validate() and captcha.check(form):
        if by_face.is_begun(draft()):
            leave()
        try:
            by_face.say_who(keep(draft()), form.name.data or "", form.number.data or "")
            return go(url_for("recovery.face_check"))
        except Refused as refusal:
            form.refuse(refusal)
    return show("recovery/face.html", 422, form=form)


@bp.get("/face/on")
@public(WHY)
def face_passed() -> Response:
    return show("recovery/face_on.html", form=Form()) if by_face.is_through(draft()) else go(url_for("recovery.face"))


@bp.post("/face/on")
@public(WHY)
def face_on() -> Response:
    """On to the new phone and password. Only who was there learns that there is no such account."""
    mine = draft()
    if not by_face.is_through(mine):
        return go(url_for("recovery.face"))
    account = by_face.take_up(mine)
    if account is None:
        return show("recovery/face_nobody.html")
    resetting.keep(mine, account, "face")
    return go(url_for("recovery.in_person_phone"))


def _offered() -> None:
    """Without a provider this way is not there."""
    if not faces().online():
        abort(404)


def _named(answers: Draft) -> Draft:
    """Who has said whose account it is about."""
    _offered()
    return answers if purposes.named_in(answers) is not None else abort(go(url_for("recovery.face")))


def _onward(answers: Draft, check: PersonCheck | None) -> str:
    return url_for("recovery.face_passed") if check is not None and check.state == "passed" else ""


mount(
    Journey(
        name="face_check",
        purpose="recovery",
        address="/face/check",
        room=bp,
        guard=public(WHY),
        thing=draft,
        enter=_named,
        find=by_face.of,
        begin=by_face.begin,
        onward=_onward,
        facts=lambda answers: {"holder": purposes.named_in(answers).name, "instead": url_for("recovery.in_person_start")},
        telephone=False,
    )
)
