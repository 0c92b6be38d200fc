"""The blueprint of the holders' pages of what is sent abroad, and whose transfer or transcript an address may name."""

from flask import Blueprint, Response, abort, redirect, url_for

from webapp.domain import records
from webapp.domain.changes import overseas
from webapp.domain.transfers import sending, transcripts
from webapp.models.transfers import Transcript, Transfer
from webapp.web import access

bp = Blueprint("transfers", __name__, url_prefix="/transfers")


@bp.before_request
def behind_gate() -> Response | None:
    """Who has not named the school yet does that first (R-BND-11). Raises phone_mainland."""
    overseas.check(access.account())
    return redirect(url_for("records.gate"), 303) if records.gate_due(access.account()) else None


def own(key: str) -> Transfer:
    """The visitor's transfer under that address; another's, and none, are 404 alike."""
    return sending.find(access.account(), key) or abort(404)


def own_transcript(key: str) -> Transcript:
    return transcripts.find(access.account(), key) or abort(404)
