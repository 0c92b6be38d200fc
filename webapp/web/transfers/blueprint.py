"""The blueprint of the holders' pages of what is sent abroad, and whose transfer or transcript an address may name."""

from flask import Blueprint, abort

from webapp.domain.transfers import sending, transcripts
from webapp.models.transfers import Transcript, Transfer
from webapp.web import access, gate

bp = Blueprint("transfers", __name__, url_prefix="/transfers")


@bp.before_request
def behind_gate() -> None:
    gate.behind(access.account())


def own(key: str) -> Transfer:
    """The visitor's transfer under that address; another's, and none, are 404 alike."""
    return sending.find(access.account(), key) or abort(404)


def own_transcript(key: str) -> Transcript:
    return transcripts.find(access.account(), key) or abort(404)
