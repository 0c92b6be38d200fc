"""Pages for what went wrong: what happened, the way on, and a reference that support can look up (R-SYS-17)."""

import logging
import secrets

from flask import Flask, Response, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp.domain.refused import Refused
from webapp.web import words
from webapp.web.line import later
from webapp.web.page import show

log = logging.getLogger("xuedang.web")

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

SCREENS = {400, 403, 404, 409, 413, 429, 500, 503}
STANDS_FOR = {405: 404, 414: 404, 431: 400, 502: 503}
"""Rare kinds and the screen that says the same to a person."""


WAYS_ON = {
    "identity_in_doubt": ("duplicates.choose", _l("解决办法")),
    "phone_mainland": ("accounts.phone", _l("绑定大陆手机号")),
    "handoff_gone": ("liveness.typed", _l("输入电脑上的代码")),
}
"""Refusals that have a page of their own to go on to."""


def init(app: Flask) -> None:
    app.register_error_handler(CSRFError, lambda fault: show("errors/400.html", 400))
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, bug)


def refused(refusal: Refused) -> Response:
    """A refusal that no form caught: 403 when it is about rights, 503 in a rush, else 409, with its sentence."""
    if refusal.code == "not_allowed":
        return show("errors/403.html", 403)
    if refusal.code == "busy":
        return later(show("errors/503.html", 503, reason=words.say(refusal)))
    endpoint, label = WAYS_ON.get(refusal.code, ("", ""))
    way = (url_for(endpoint), str(label)) if endpoint else None
    return show("errors/409.html", 409, reason=words.say(refusal), way=way)


def http(fault: HTTPException) -> Response:
    if fault.code is None or fault.code < 400:
        return fault.get_response()
    kind = STANDS_FOR.get(fault.code, fault.code)
    return show(f"errors/{kind if kind in SCREENS else 400}.html", fault.code)


def bug(fault: Exception) -> Response:
    """A fault of ours: logged whole under a short reference, shown as the reference alone."""
    reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
    log.error("reference %s", reference, exc_info=fault)
    answer = show("errors/500.html", 500, reference=reference)
    answer.headers["X-Reference"] = reference  # htmx does not swap a 500: the form stays, and a note names this
    return answer
