"""The blueprint of the agencies' pages, and the way to one that somebody keeps or leads."""

from flask import Blueprint, abort

from webapp.domain.certification import keeping
from webapp.domain.permissions import Can
from webapp.models.certification import Agency
from webapp.web import access

bp = Blueprint("staff_agencies", __name__, url_prefix="/staff/agencies")


@bp.before_request
def has_one() -> None:
    """Agencies belong to no school: who keeps one school among several has nothing here."""
    actor = access.actor()
    if not (keeping.whole_site(actor) or actor.may(Can.LEAD)):
        abort(404)


def site_only() -> None:
    """What a lead does not do: 404, as for what does not exist."""
    if not keeping.whole_site(access.actor()):
        abort(404)


def reached(key: str) -> Agency:
    return keeping.find(access.actor(), key) or abort(404)
