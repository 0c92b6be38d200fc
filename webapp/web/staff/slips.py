"""注册码纸条: printing them for a class, and which of them did not fit (R-SCH-33).

Not here: registering with one (`web/accounts/slip.py`).
"""

import segno
from flask import Blueprint, abort, current_app, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.domain import defaults, slips
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.school import Class, College
from webapp.models.slips import Slip
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.moments import lately

bp = Blueprint("staff_slips", __name__, url_prefix="/staff/slips")


@bp.get("")
@allow(Can.SLIPS)
def index() -> Response:
    return show("staff/slips/index.html", colleges=slips.colleges(access.actor().where(Can.SLIPS)))


@bp.get("/colleges/<key>")
@allow(Can.SLIPS)
def college(key: str) -> Response:
    grants = access.actor().where(Can.SLIPS)
    found = next((one for one in slips.colleges(grants) if one.key == key), None) or abort(404)
    return show("staff/slips/college.html", college=found, rows=slips.classes(grants, found))


@bp.get("/classes/<key>")
@allow(Can.SLIPS)
def klass(key: str) -> Response:
    return _klass(_found(key))


@bp.post("/classes/<key>")
@allow(Can.SLIPS)
def print_class(key: str) -> Response:
    """New codes; the sheet with them opens for an hour."""
    found = _found(key)
    if not Form().validate():
        return _klass(found, 422)
    try:
        return go(url_for("staff_slips.sheet", printing=slips.print_class(found, access.actor())))
    except Refused as refusal:
        return _klass(found, 409, words.say(refusal))


@bp.get("/sheets/<printing>")
@allow(Can.SLIPS)
def sheet(printing: str) -> Response:
    """The slips to cut out: eight or ten to a page of A4, each with its QR, which holds the address and the code alone."""
    found = slips.sheet(access.actor(), printing) or abort(404)
    url = current_app.config["SETTINGS"].url.rstrip("/")
    lines = [(slip, slips.grouped(slips.code(slip)), _qr(url, slip)) for slip in found]
    of = found[0].record.klass
    until = told.day(found[0].expires.date())
    where = url + url_for("slip.ask")
    return show("staff/slips/sheet.html", lines=lines, klass=of, until=until, url=where, site_name=defaults.value("site.name"))


def _qr(url: str, slip: Slip) -> Markup:
    code = segno.make(url + url_for("slip.scanned", code=slips.code(slip)), error="m", micro=False)
    return Markup(code.svg_inline(scale=2, border=2, light="#fff"))  # noqa: S704 (drawn here, from digits and letters)


def _found(key: str) -> Class:
    return scope.klass(access.actor().where(Can.SLIPS), key) or abort(404)


def _klass(found: Class, status: int = 200, said: str = "") -> Response:
    college: College = found.college
    facts = {"students": slips.students(found), "misfits": slips.misfits(found), "most": slips.MISFITS, "lately": lately}
    return show("staff/slips/class.html", status, form=Form(), klass=found, college=college, said=said, **facts)
