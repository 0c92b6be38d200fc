"""报告查询: a 报告编号 and the holder's name tell the conclusion; the QR tells what stands on the paper (R-CRT-36, 37).

Not here: what counts as right (`domain/certification/inquiring.py`), nor whether a PDF is the issued one (`verify/file.py`).
"""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock
from webapp.domain.certification import inquiring, paper
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.web import captcha, language, told, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("certified", __name__, url_prefix="/verify/certified")

WHY = "whoever was given a report may check it"

ASKED = "certified"
"""In the visit: the item that the last question found, if any, with its moment."""

SHOWN = 600
"""Seconds for which the answer to the last question stands on the page."""


class CertifiedForm(captcha.CaptchaFields, Form):
    number = StringField(_l("报告编号"))
    name = StringField(_l("证书持有人姓名"))


@bp.after_request
def keep_out(answer: Response) -> Response:
    """Search engines keep none of it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@bp.get("")
@public(WHY)
def ask() -> Response:
    held = session.get(ASKED) or {}
    return _screen(CertifiedForm(), held if held.get("at", 0) > clock.seconds(clock.now()) - SHOWN else {})


@bp.post("", endpoint="look_up")
@public(WHY)
def look_up() -> Response:
    """The answer waits in the visit's signed cookie for the page that tells it: no name ever stands in an address."""
    form, network = CertifiedForm(), visits.network()
    if form.validate() and (not inquiring.is_busy(network) or captcha.check(form)):
        try:
            found = inquiring.by_number(form.number.data, form.name.data, network)
            session[ASKED] = {"at": clock.seconds(clock.now()), "key": found.key if found else ""}
            return go(url_for("certified.ask"))
        except Refused as refused:
            form.refuse(refused)
    return _screen(form, {}, 422)


@bp.get("/<token>")
@public(WHY)
def scanned(token: str) -> Response:
    """The address in the QR: everything that stands on the paper, to be compared with it."""
    found = inquiring.by_token(token) or abort(404)
    return show("applications/scanned.html", **_told(found), rows=paper.rows(found, language.chosen()), host=host())


def host() -> str:
    """The site's own address as one types it."""
    return urlsplit(current_app.config["SETTINGS"].url).netloc


def _screen(form: CertifiedForm, held: dict, status: int = 200) -> Response:
    found = ApplicationItem.by_key(held["key"]) if held.get("key") else None
    return show(
        "applications/certified.html",
        status,
        form=form,
        busy=inquiring.is_busy(visits.network()),
        at=told.moment(clock.moment(held["at"])) if held else "",
        found=_told(found) if found is not None and found.state == "issued" else None,
        host=host(),
    )


def _told(found: ApplicationItem) -> dict[str, object]:
    spoken = language.chosen()
    return {
        "name": paper.title(found, spoken),
        "number": found.report,
        "agency": paper.issuer(found.agency, spoken),
        "day": told.day(clock.shown(found.decided).date()),
        "signed": paper.signatory(found, spoken),
        "asked": told.moment(clock.now()),
    }
