"""实人验证 of an application, on the device where it is filled in: the ways, and waiting for the other device (UX 56).

Not here: the device with the camera (`telephone.py`, `camera.py`, `photo.py`).
"""

import segno
from flask import abort, request, session, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults
from webapp.domain.identity import phones
from webapp.domain.liveness import asking, handing
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.models.liveness import Handoff, PersonCheck
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.liveness import words
from webapp.web.liveness.blueprint import bp, faces, online, onward
from webapp.web.page import go, leave, show, swap
from webapp.web.words import say, told

OPEN = ("proving", "proved")
"""States of an application in which this page is a step of it."""

PLACE = "person"
"""Under which name a visit keeps the way that it opened."""


@bp.get("/applications/<key>/person")
@allow(Can.APPLY)
def person(key: str) -> Response:
    return _screen(_own(key))


@bp.post("/applications/<key>/person/code")
@allow(Can.APPLY)
def show_code(key: str) -> Response:
    """用手机做: a new code for this computer."""
    application = _by_the_holder(key)
    handing.show(asking.begin(application), current_user.session)
    return go(url_for("liveness.person", key=key))


@bp.post("/applications/<key>/person/here")
@allow(Can.APPLY)
def here(key: str) -> Response:
    """在这台设备上做: to the camera, or to the photo where that was pressed."""
    made = handing.here(asking.begin(_by_the_holder(key)))
    session[PLACE] = made.key
    return go(url_for("liveness.photo" if request.form.get("to") == "photo" else "liveness.face"))


@bp.post("/applications/<key>/person/send")
@allow(Can.APPLY)
def send(key: str) -> Response:
    """A unit sends the request to the holder's own phone (R-CRT-46)."""
    application = _own(key)
    if application.nature != "unit":
        abort(404)
    try:
        handing.send(asking.begin(application), application.holder_phone)
    except Refused as refused:
        return _screen(application, 422, say(refused))
    return go(url_for("liveness.person", key=key))


@bp.post("/applications/<key>/person")
@allow(Can.APPLY)
def done(key: str) -> Response:
    """手机上已完成，继续: without scripts, and where a pass was there before the answers were changed."""
    application = _own(key)
    asking.take_up(application)
    application = _own(key)
    return go(onward(application) if application.state == "proved" else url_for("liveness.person", key=key))


@bp.get("/applications/<key>/person/state")
@allow(Can.APPLY)
def waiting(key: str) -> Response:
    """The moving part of a page that waits for the other device: it moves on by itself."""
    application, place = _own(key), url_for("liveness.person", key=key)
    check = asking.of(application)
    if application.state == "proved":
        return leave(onward(application))
    if check is None or request.args.get("was") != _mark(check, handing.shown(check)):
        return leave(place)
    return swap("liveness/_waiting.html", place, **_waiting(application, check))


def _own(key: str) -> Application:
    mine = (Application.key == key) & (Application.account == access.account())
    found = Application.get_or_none(mine)
    return found if found is not None and found.state in OPEN else abort(404)


def _by_the_holder(key: str) -> Application:
    """The camera of a unit shows nobody: its holder has another way."""
    application = _own(key)
    return application if application.nature != "unit" else abort(404)


def _mark(check: PersonCheck, shown: Handoff | None) -> str:
    """What the page shows, in a word: another one, and the page is asked for anew."""
    way = "" if shown is None else "ended" if shown.ended else "open" if shown.opened else "late" if _late(shown) else "shown"
    return f"{check.state}-{check.tries}-{way}"


def _late(shown: Handoff) -> bool:
    return shown.until <= clock.now()


def _waiting(application: Application, check: PersonCheck | None) -> dict[str, object]:
    shown = handing.shown(check) if check is not None else None
    return {
        "application": application,
        "check": check,
        "shown": shown,
        "late": shown is not None and _late(shown),
        "mark": _mark(check, shown) if check is not None else "",
        "until": told,
    }


def _screen(application: Application, status: int = 200, said: str = "") -> Response:
    check = asking.of(application)
    facts = _waiting(application, check)
    shown = facts["shown"]
    live = shown is not None and not (shown.opened or shown.ended or facts["late"]) and check.state == "open"
    return show(
        "liveness/person.html",
        status,
        form=Form(formdata=None),
        said=said,
        live=live,
        qr=_qr(shown) if live and shown.way == "code" else None,
        host=request.host,
        online=online(check),
        provided=faces().online(),
        left=asking.left(check) if check is not None else defaults.value("rpv.online_tries"),
        most=defaults.value("rpv.online_tries"),
        minutes=defaults.value("rpv.qr_minutes"),
        days=defaults.value("rpv.workdays"),
        phone=phones.grouped(application.holder_phone) if application.nature == "unit" and application.holder_phone else "",
        states=words.STATES,
        ways=words.WAYS,
        faults=words.FAULTS | words.EXCUSES,
        onward=onward(application),
        **facts,
    )


def _qr(shown: Handoff) -> Markup:
    address = url_for("liveness.scanned", token=shown.token, _external=True)
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=5, border=3))  # noqa: S704 (ours)
