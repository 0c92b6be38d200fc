"""The first page of 实人验证, of whatever it is asked for: the ways, the code for the phone, and waiting for it (UX 56).

Not here: whose page it is (`asked.py`, and each `Journey`), and the device with the camera (`telephone.py`, `camera.py`).
"""

import segno
from flask import request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults
from webapp.domain.liveness import asking, handing
from webapp.models.liveness import Handoff, PersonCheck
from webapp.web.forms import Form
from webapp.web.liveness import words
from webapp.web.liveness.blueprint import PLACE, faces, online
from webapp.web.page import go, leave, show, swap
from webapp.web.words import told


def here(check: PersonCheck) -> Response:
    """在这台设备上做: to the camera, or to the photo where that was pressed. Raises moved_on."""
    session[PLACE] = handing.here(check).key
    return go(url_for("liveness.photo" if request.form.get("to") == "photo" else "liveness.face"))


def moved(check: PersonCheck | None, at: str) -> Response:
    """The moving part of the page at this address: as it stands, or the page anew where something else came."""
    if check is None or request.args.get("was") != _mark(check, handing.shown(check)):
        return leave(at)
    return swap("liveness/_waiting.html", at, at=at, moving=True, **_waiting(check))


def screen(purpose: str, check: PersonCheck | None, at: str, status: int = 200, **facts: object) -> Response:
    """`facts` are `holder`, the name of who is to come, `moving`: does the page wait, `telephone`: may another device do it;
    those of an application: `application`, `onward`, `said`, `phone`; of anything else `instead`, where the ways without a
    face are, or `back`, where the visitor came from: its address and what it is called."""
    waiting = _waiting(check)
    shown = waiting["shown"]
    live = shown is not None and not (shown.opened or shown.ended or waiting["late"]) and check.state == "open"
    return show(
        "liveness/person.html",
        status,
        form=Form(formdata=None),
        at=at,
        live=live,
        qr=_qr(shown) if live and shown.way == "code" else None,
        host=request.host,
        online=online(check),
        provided=faces().online(),
        left=asking.left(check) if check is not None else defaults.value("rpv.online_tries"),
        most=defaults.value("rpv.online_tries"),
        minutes=defaults.value("rpv.qr_minutes"),
        days=defaults.value("rpv.workdays"),
        states=words.STATES,
        ways=words.WAYS,
        fault=words.fault(check) if check is not None else "",
        lead=words.LEADS[purpose],
        **waiting,
        **facts,
    )


def _mark(check: PersonCheck, shown: Handoff | None) -> str:
    """What the page shows, in a word: another one, and the page is asked for anew."""
    way = "" if shown is None else "ended" if shown.ended else "open" if shown.opened else "late" if _late(shown) else "shown"
    return f"{check.state}-{check.tries}-{way}"


def _late(shown: Handoff) -> bool:
    return shown.until <= clock.now()


def _waiting(check: PersonCheck | None) -> dict[str, object]:
    shown = handing.shown(check) if check is not None else None
    return {
        "check": check,
        "shown": shown,
        "late": shown is not None and _late(shown),
        "mark": _mark(check, shown) if check is not None else "",
        "until": told,
    }


def _qr(shown: Handoff) -> Markup:
    address = url_for("liveness.scanned", token=shown.token, _external=True)
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=5, border=3))  # noqa: S704 (ours)
