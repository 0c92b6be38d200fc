"""Papers that a member of staff asked for. What they look like on the way is `web/paper.py`."""

from flask import Blueprint, Response
from flask_login import current_user

from webapp.domain import papers
from webapp.domain.permissions import Can
from webapp.models.papers import Paper
from webapp.web import paper as shown
from webapp.web.access import allow

bp = Blueprint("staff_papers", __name__, url_prefix="/staff/papers")


@bp.get("/<key>")
@allow(Can.STAFF_HOME)
def paper(key: str) -> Response:
    return shown.screen(_own(key))


@bp.get("/<key>/progress")
@allow(Can.STAFF_HOME)
def progress(key: str) -> Response:
    return shown.progress(_own(key))


@bp.get("/<key>/file")
@allow(Can.STAFF_HOME)
def file(key: str) -> Response:
    return shown.file(_own(key))


def _own(key: str) -> Paper | None:
    return papers.find(current_user.staff, key)
