"""自查回执 on the screen: proof to show the class adviser, for who confirmed or opened the record."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, records
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show

bp = Blueprint("checks", __name__)


@bp.get("/records/<key>/receipt")
@allow(Can.OWN_RECORD)
def receipt(key: str) -> Response:
    """Masked name, class, state and times. A record that was not opened yet has none: its page comes first."""
    if records.gate_due(access.account()):
        return redirect(url_for("records.gate"), 303)
    found = records.find(key, access.account(), access.actor()) or abort(404)
    if found.check_key is None or found.seen is None:
        return redirect(url_for("records.record", key=key), 303)
    last = checks.moved(found, found.held_since, found.held_days)
    late = last is not None and clock.shown(found.seen).date() > last
    return show("checks/receipt.html", record=found, name=names.masked(found.name), late=late, last=last)
