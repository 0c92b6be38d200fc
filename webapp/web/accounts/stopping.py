"""「不是我」 in a message about a change that is to come: one page, one button, and it is dead (T01)."""

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain.changes import requests
from webapp.domain.refused import Refused
from webapp.web.access import public
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show

WHY = "the link comes in a message, which is often read on another device"


@bp.get("/stop/<token>")
@public(WHY)
def stop(token: str) -> Response:
    change = requests.of_link(token)
    if change is None:
        return show("accounts/stop/over.html", 404)
    return show("accounts/stop/stop.html", form=Form(), kind=change.kind)


@bp.post("/stop/<token>")
@public(WHY)
def stop_change(token: str) -> Response:
    form = Form()
    if not form.validate():
        return show("accounts/stop/over.html", 422)
    try:
        requests.stop(token)
    except Refused:
        return show("accounts/stop/over.html", 409)
    return go(url_for("accounts.stopped"))


@bp.get("/stopped")
@public(WHY)
def stopped() -> Response:
    return show("accounts/stop/stopped.html")
