"""The blueprint of these pages, the question that one of them is about, and its pictures."""

from flask import Blueprint, abort

from webapp.domain.permissions import Can
from webapp.domain.tickets import listing
from webapp.models.photos import Upload
from webapp.models.staff import Grant
from webapp.models.tickets import Ticket
from webapp.web import access

bp = Blueprint("staff_tickets", __name__, url_prefix="/staff/tickets")


def grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.SUPPORT)


def reached(key: str) -> Ticket:
    return listing.reach(grants(), key) or abort(404)


def pictures(ticket: Ticket) -> list[Upload]:
    """The pictures of its thread that can be opened, oldest first."""
    return [one for some in listing.files(ticket).values() for one in some if one.state == "clean"]
