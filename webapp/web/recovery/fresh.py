"""After the proof: the new password, or the wait until it may be set; and the link with which the holder says no."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import PasswordField

from webapp.domain.recovery import cases, resetting
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web import told, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, bp, draft, leave

NOTICE = "the link comes from a notice, and who reads it may be unable to log in"


class FreshPassword(Form):
    BESIDE = dict.fromkeys(("password_length", "password_common", "password_personal"), "new")

    new = PasswordField(_l("新密码"))
    again = PasswordField(_l("密码确认"))

    def filled(self) -> bool:
        if not self.new.data:
            self.refuse(Refused("password_empty"), "new")
        elif self.new.data != self.again.data:
            self.refuse(Refused("password_differs"), "again")
        return not self.errors


@bp.get("/new")
@public(WHY)
def new() -> Response:
    mine = draft()
    return _otherwise(mine) or show("recovery/new.html", form=FreshPassword())


@bp.post("/new")
@public(WHY)
@hashes
def set_new() -> Response:
    mine, form = draft(), FreshPassword()
    if away := _otherwise(mine):
        return away
    if form.validate() and form.filled():
        try:
            resetting.reset(mine, form.new.data, visits.here())
            leave()
            return go(url_for("recovery.done"))
        except Refused as refusal:
            form.refuse(refusal)
    return show("recovery/new.html", 422, form=form)


def _otherwise(mine: Draft) -> Response | None:
    """Where to go without a proof that holds now."""
    if resetting.proof(mine) is not None:
        return None
    return go(url_for("recovery.wait" if resetting.waits(mine) else "recovery.who"))


@bp.get("/wait")
@public(WHY)
def wait() -> Response:
    mine = draft()
    case = resetting.waits(mine)
    if case is None or resetting.proof(mine) is not None:
        return go(url_for("recovery.new"))
    return show("recovery/wait.html", way=case.way, ripens=told.moment(case.ripens), ends=told.moment(case.ends))


@bp.get("/done")
@public(WHY)
def done() -> Response:
    return show("recovery/done.html")


@bp.get("/stop/<token>")
@public(NOTICE)
def stop(token: str) -> Response:
    if cases.linked(token) is None:
        return show("recovery/over.html", 404)
    return show("recovery/stop.html", form=Form())


@bp.post("/stop/<token>")
@public(NOTICE)
def stop_it(token: str) -> Response:
    form = Form()
    if not form.validate():
        return show("recovery/stop.html", 422, form=form)
    try:
        cases.stop(token)
    except Refused:
        return go(url_for("recovery.stop", token=token))
    return go(url_for("recovery.stopped"))


@bp.get("/stopped")
@public(NOTICE)
def stopped() -> Response:
    return show("recovery/stopped.html")
