"""The blueprint of the holders' pages of what is sent abroad, and whose transfer or transcript an address may name."""

from flask import Blueprint, Response, abort, current_app, redirect, url_for

from webapp.domain import records
from webapp.domain.changes import overseas
from webapp.domain.ports import Missing
from webapp.domain.transfers import sending, transcripts
from webapp.models.photos import Upload
from webapp.models.transfers import Transcript, Transfer
from webapp.providers.files import Files
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


def files() -> Files:
    return Files(current_app.extensions["worker"].outside.storage)


def pdf(upload: Upload | None, name: str) -> Response:
    """The signed file as a download called `name` (ASCII, without its ending); 404 where it is not there."""
    if upload is None or upload.name is None:
        abort(404)
    try:
        data = files().read(upload)
    except Missing:
        abort(404)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
