"""开窗体检: one page that names what a campaign would stumble over (R-CHK-18)."""

from flask import Blueprint, Response, abort, current_app

from webapp.domain import campaigns, checks, clock, defaults, rehearsal
from webapp.domain.permissions import Can
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff.moments import lately

bp = Blueprint("staff_rehearsal", __name__, url_prefix="/staff/campaigns/<key>/rehearsal")


@bp.get("")
@allow(Can.CAMPAIGNS)
def page(key: str) -> Response:
    found = campaigns.find(access.actor(), key) or abort(404)
    seen = rehearsal.rehearse(found, current_app.extensions["worker"].outside.pdf.undrawable)
    return show(
        "staff/campaigns/rehearsal.html",
        campaign=found,
        phase=checks.phase(found),
        found=seen,
        holidays=[told.short_day(day) for day in seen.days.holidays] if seen.days else [],
        per_hour=defaults.value("sms.per_hour"),
        price=defaults.value("sms.price"),
        sends=current_app.config["SETTINGS"].sms not in ("outbox", "none"),
        points=_points,
        now=lately(clock.now()),
        day=told.short_day,
    )


def _points(characters: str) -> str:
    """Characters that no font draws, by their numbers, as they are looked up."""
    return " ".join(f"U+{ord(character):04X}" for character in characters)
