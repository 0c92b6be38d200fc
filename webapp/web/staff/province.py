"""省级: the schools of a province with their rates, and one school by college; nothing to change (R-SCH-25)."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, province
from webapp.domain.permissions import Can
from webapp.models.school import Unit
from webapp.models.staff import Grant
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import paging

bp = Blueprint("staff_province", __name__, url_prefix="/staff/province")


@bp.get("")
@allow(Can.SUPERVISE)
def index() -> Response:
    page = province.schools(_grants(), paging.place(Unit))
    return show(
        "staff/province/index.html",
        page=page,
        total=province.total(_grants()),
        day=told.short_day,
        neighbours=paging.neighbours(page._replace(rows=[one.unit for one in page.rows]), "staff_province.index"),
    )


@bp.get("/<key>")
@allow(Can.SUPERVISE)
def school(key: str) -> Response:
    unit = province.school(_grants(), key) or abort(404)
    found = province.campaigns(unit)
    wanted = request.args.get("campaign")
    campaign = next((one for one in found if wanted in (None, one.key)), None)
    if campaign is None and (found or wanted):
        abort(404)
    rates, lines = province.rates(campaign) if campaign else (None, [])
    return show(
        "staff/province/school.html",
        unit=unit,
        campaigns=found,
        campaign=campaign,
        phase=checks.phase(campaign) if campaign else None,
        rates=rates,
        lines=[(name or _("没有填学院"), counts) for name, counts in lines],
        now=clock.shown(clock.now()),
    )


def _grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.SUPERVISE)
