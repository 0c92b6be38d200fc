"""找回密码 begins here: whose account, which way, and what is left where none works; and 找回用户名.

None of these pages tells whether there is such an account.
"""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults
from webapp.domain.identity import emails, phones
from webapp.domain.recovery import naming, resetting
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web import captcha, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, begun, bp, draft, keep, open_ways

LONGEST = 254
"""Characters of the longest user name: an e-mail address."""

ANEW = dict.fromkeys(("person", "asked", "address", "proved", "case"))


class SayWho(captcha.CaptchaFields, Form):
    login = StringField(_l("手机号、证件号码或邮箱"))

    def filled(self) -> bool:
        if not 0 < len((self.login.data or "").strip()) <= LONGEST:
            self.refuse(Refused("login_empty"), "login")
        return not self.errors


class LookForName(captcha.CaptchaFields, Form):
    BESIDE = {"recovery_tries": "number"}

    name = StringField(_l("姓名"))
    number = StringField(_l("证件号码"))


@bp.get("")
@public(WHY)
def who() -> Response:
    return _show_who(SayWho())


def _show_who(form: SayWho, status: int = 200) -> Response:
    """Who has begun already is shown the way on."""
    mine = draft()
    return show("recovery/who.html", status, form=form, begun=resetting.proof(mine) or resetting.waits(mine))


@bp.post("")
@public(WHY)
def say_who() -> Response:
    form = SayWho()
    if not all([form.validate() and form.filled(), captcha.check(form)]):
        return _show_who(form, 422)
    keep(draft(), typed=form.login.data.strip(), **ANEW)
    return go(url_for("recovery.way"))


@bp.get("/way")
@public(WHY)
@begun
def way(mine: Draft) -> Response:
    return show("recovery/way.html", ways=open_ways())


@bp.get("/none")
@public(WHY)
def none() -> Response:
    """Nothing of it works any more: what is left, and what it costs."""
    return show("recovery/none.html", face=faces().online(), hours=defaults.value("dup.hold_hours"))


@bp.get("/username")
@public(WHY)
def username() -> Response:
    return show("recovery/username.html", form=LookForName())


@bp.post("/username")
@public(WHY)
def look_for_name() -> Response:
    form = LookForName()
    if form.validate() and captcha.check(form):
        try:
            naming.ask(keep(draft()), form.name.data or "", form.number.data or "")
            return go(url_for("recovery.username_told"))
        except Refused as refusal:
            form.refuse(refusal)
    return show("recovery/username.html", 422, form=form)


@bp.get("/username/told")
@public(WHY)
def username_told() -> Response:
    """The same for everybody; only a browser that the account knows is shown its contacts, masked."""
    mine = draft()
    if not naming.was_asked(mine):
        return go(url_for("recovery.username"))
    account = naming.known(mine, visits.mark())
    contacts = []
    if account is not None and account.phone:
        contacts.append((_l("手机号"), phones.masked(account.phone), None))
    if account is not None and account.email and account.email_proved:
        contacts.append((_l("安全邮箱"), emails.masked(account.email), None))
    session.permanent = True
    return show("recovery/username_told.html", contacts=contacts)
