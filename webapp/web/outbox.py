"""The demo's outbox: SMS and mails that would have left, answers of captchas, second factors of its staff.

Elsewhere there is no such page.
"""

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
    written = outbox.lines(settings.data_dir / outbox.NAME)
    codes = current_app.extensions.get("demo_codes", list)()
    return show("outbox/outbox.html", lines=written, codes=[(login, f"{code[:3]} {code[3:]}") for login, code in codes])
