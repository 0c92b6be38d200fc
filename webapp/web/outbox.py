"""The demo's outbox: what SMS and mail would have been sent, and the answers of captchas. Elsewhere there is no such page."""

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response

from webapp.providers import outbox
from webapp.web.access import public
from webapp.web.page import show

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@public("made-up people only; 404 outside the demo")
def lines() -> Response:
    settings = current_app.config["SETTINGS"]
    if not settings.demo:
        abort(404)
    return show("outbox/outbox.html", lines=outbox.lines(settings.data_dir / outbox.NAME))
