"""归档的账号: what was put away in the last thirty days; one asks for it back, another restores it (R-DUP-21).

Not here: how it comes back (`domain/duplicates/effect.py`).
"""

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain.duplicates import effect, put_away
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import Archive
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.moments import lately
from webapp.web.staff.review.blueprint import bp


@bp.get("/archives")
@allow(Can.SECOND)
def archives() -> Response:
    page = put_away.restorable(access.actor(), paging.place(Archive))
    return show(
        "staff/review/archives.html",
        page=page,
        neighbours=paging.neighbours(page, "staff_review.archives"),
        lately=lately,
    )


@bp.get("/archives/<key>")
@allow(Can.SECOND)
def archive(key: str) -> Response:
    return _archive(_found(key))


@bp.post("/archives/<key>")
@allow(Can.SECOND)
def restore(key: str) -> Response:
    """The first asks, the second restores: which of the two it is follows from who asked before."""
    found, actor = _found(key), access.actor()
    try:
        if found.asked_by is None:
            effect.ask_restore(found, current_user.staff, actor)
        else:
            effect.restore(found, current_user.staff, actor)
    except Refused as refusal:
        return _archive(found, 409, words.say(refusal))
    return go(url_for("staff_review.archive", key=key))


@bp.post("/archives/<key>/winner")
@allow(Can.REVIEW)
def let_claim_again(key: str) -> Response:
    found = _found(key)
    try:
        effect.let_claim_again(found, access.actor())
    except Refused as refusal:
        return _archive(found, 409, words.say(refusal))
    return go(url_for("staff_review.archive", key=key))


def _found(key: str) -> Archive:
    return put_away.of(access.actor(), key) or abort(404)


def _archive(found: Archive, status: int = 200, said: str = "") -> Response:
    return show(
        "staff/review/archive.html",
        status,
        archive=found,
        told=told,
        said=said,
        moved=put_away.moved(found),
        frozen=effect.may_claim_again(found) if access.actor().may(Can.REVIEW) else None,
    )
