"""Papers that a student asked for. What they look like on the way is `paper.py`."""

from flask import Blueprint, Response

from webapp.domain import papers
from webapp.domain.permissions import Can
from webapp.models.papers import Paper
from webapp.web import access
from webapp.web import paper as shown
from webapp.web.access import allow

bp = Blueprint("papers", __name__, url_prefix="/papers")


@bp.get("/<key>")
@allow(Can.OWN_RECORD)
def paper(key: str) -> Response:
    return shown.screen(_own(key))


@bp.get("/<key>/progress")
@allow(Can.OWN_RECORD)
def progress(key: str) -> Response:
    return shown.progress(_own(key))


@bp.get("/<key>/file")
@allow(Can.OWN_RECORD)
def file(key: str) -> Response:
    return shown.file(_own(key))


def _own(key: str) -> Paper | None:
    return papers.find(access.account(), key)
