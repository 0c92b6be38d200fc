"""实人验证 of an application, on the device where it is filled in: the ways, and waiting for the other device (UX 56).

Not here: the device with the camera (`telephone.py`, `camera.py`, `photo.py`).
"""

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain.identity import phones
from webapp.domain.liveness import asking, handing
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.web import access
from webapp.web.access import allow
from webapp.web.liveness import start
from webapp.web.liveness.blueprint import bp
from webapp.web.page import go, leave
from webapp.web.words import say

OPEN = ("proving", "proved")
"""States of an application in which this page is a step of it."""


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
    return start.here(asking.begin(_by_the_holder(key)))


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
    return go(_onward(application) if application.state == "proved" else url_for("liveness.person", key=key))


@bp.get("/applications/<key>/person/state")
@allow(Can.APPLY)
def waiting(key: str) -> Response:
    """The moving part of a page that waits for the other device: it moves on by itself."""
    application = _own(key)
    if application.state == "proved":
        return leave(_onward(application))
    return start.moved(asking.of(application), url_for("liveness.person", key=key))


def _own(key: str) -> Application:
    mine = (Application.key == key) & (Application.account == access.account())
    found = Application.get_or_none(mine)
    return found if found is not None and found.state in OPEN else abort(404)


def _by_the_holder(key: str) -> Application:
    """The camera of a unit shows nobody: its holder has another way."""
    application = _own(key)
    return application if application.nature != "unit" else abort(404)


def _screen(application: Application, status: int = 200, said: str = "") -> Response:
    proved, unit = application.state == "proved", application.nature == "unit"
    return start.screen(
        "application",
        asking.of(application),
        url_for("liveness.person", key=application.key),
        status,
        application=application,
        holder=application.holder_name,
        moving=not proved,
        telephone=True,
        said=said,
        phone=phones.grouped(application.holder_phone) if unit and application.holder_phone else "",
        onward=_onward(application),
    )


def _onward(application: Application) -> str:
    """Where the applicant goes on once the holder was there."""
    return url_for("applying.confirm", key=application.key)
