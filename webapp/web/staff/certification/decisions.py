"""What is decided about an item: each a POST that leads back to its page, or on to the list.

Not here: what a decision is (`domain/certification/deciding.py`).
"""

from collections.abc import Callable

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain.certification import deciding, desk
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import go
from webapp.web.staff.certification.blueprint import bp
from webapp.web.staff.certification.item import FORMS, done, found, screen


@bp.post("/<key>/accept")
@allow(Can.CERTIFY)
def accept(key: str) -> Response:
    return done(found(key), deciding.accept)


@bp.post("/<key>/ask")
@allow(Can.CERTIFY)
def ask(key: str) -> Response:
    return _say(key, "ask", lambda item, actor, form: deciding.ask(item, actor, tuple(form.reasons.data or ()), form.note.data))


@bp.post("/<key>/delay")
@allow(Can.CERTIFY)
def delay(key: str) -> Response:
    """The item stays in hand: it is only told that it takes longer."""
    return _say(key, "delay", lambda item, actor, form: deciding.delay(item, actor, form.reasons.data or "", form.note.data))


@bp.post("/<key>/issue")
@allow(Can.CERTIFY)
def issue(key: str) -> Response:
    return done(found(key), deciding.issue, on=True)


@bp.post("/<key>/refusal")
@allow(Can.CERTIFY)
def refusal(key: str) -> Response:
    return _say(
        key, "refusal", lambda item, actor, form: deciding.want_refusal(item, actor, form.reasons.data or "", form.note.data)
    )


@bp.post("/<key>/confirm")
@allow(Can.LEAD)
def confirm(key: str) -> Response:
    return done(found(key), deciding.confirm, on=True)


@bp.post("/<key>/send-back")
@allow(Can.LEAD)
def send_back(key: str) -> Response:
    return _say(key, "back", lambda item, actor, form: deciding.send_back(item, actor, form.note.data))


@bp.post("/<key>/uphold")
@allow(Can.CERTIFY)
def uphold(key: str) -> Response:
    return _say(key, "uphold", lambda item, actor, form: deciding.uphold(item, actor, form.note.data))


def _say(key: str, name: str, deed: Callable[..., ApplicationItem]) -> Response:
    """A decision with words: done, and on to the list where the item left one's hands; or the page again with what is wrong."""
    there, actor, form = found(key), access.actor(), FORMS[name](prefix=name)
    try:
        if form.validate():
            moved = deed(there, actor, form)
            return go(url_for(".item", key=key) if desk.holds(moved, actor) else url_for(".queue"))
    except Refused as refused:
        form.refuse(refused)
    return screen(found(key), 422, **{name: form})
