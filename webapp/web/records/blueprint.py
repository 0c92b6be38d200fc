"""The blueprint of the records' pages and who may pass to them; `pages.py` is where they all are."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.domain import records
from webapp.domain.changes import overseas
from webapp.models.own_record import OwnRecord
from webapp.web import access, gate
from webapp.web.access import Visitor

bp = Blueprint("records", __name__)


def own(key: str, who: Visitor) -> OwnRecord:
    """The visitor's record under that address. Another's, and none, are 404 alike; before the gate there is nothing."""
    gate.behind(who.account)
    return records.find(key, who.account, who.actor) or abort(404)


def ahead_of_gate() -> Response | None:
    """Where to go first, if the visitor has not named the school yet (R-BND-11). Raises phone_mainland."""
    overseas.check(access.account())
    return redirect(url_for("records.gate"), 303) if records.gate_stands(access.account()) else None
