"""实人验证 as 途径1 of 证件号码重复: its first page, for who claims a number that is taken (R-DUP-01, R-DUP-04, R-DUP-05).

Not here: the other ways (`web/duplicates/`), and what a pass decides (`domain/duplicates/by_face.py`).
"""

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain.liveness import claims, handing, purposes
from webapp.domain.permissions import Can
from webapp.models.duplicates import Party
from webapp.models.liveness import PersonCheck
from webapp.web.access import allow
from webapp.web.duplicates.blueprint import claimant, first_choose
from webapp.web.liveness import start
from webapp.web.liveness.blueprint import bp, faces
from webapp.web.page import go, leave


@bp.get("/duplicate/person")
@allow(Can.CLAIM)
def claimed() -> Response:
    """Where no try is left, 人工审核 opens by itself."""
    party = _party()
    check = claims.of(party)
    if claims.failed(party):
        return go(url_for("duplicates.photos"))
    if check is not None and _is_over(check):
        return go(url_for("duplicates.status"))
    facts = {"holder": party.account.name, "moving": True, "instead": url_for("duplicates.choose")}
    return start.screen(check, url_for("liveness.claimed"), **facts)


@bp.post("/duplicate/person/code")
@allow(Can.CLAIM)
def claimed_code() -> Response:
    """用手机做: a new code for this computer."""
    handing.show(claims.begin(_party()), current_user.session)
    return go(url_for("liveness.claimed"))


@bp.post("/duplicate/person/here")
@allow(Can.CLAIM)
def claimed_here() -> Response:
    """在这台设备上做."""
    return start.here(claims.begin(_party()))


@bp.post("/duplicate/person")
@allow(Can.CLAIM)
def claimed_done() -> Response:
    """手机上已完成，继续: without scripts, and where the case was decided when the pass came, and is open again."""
    check = claims.of(_party())
    if check is not None:
        claims.take_up(check)
    return go(url_for("liveness.claimed"))


@bp.get("/duplicate/person/state")
@allow(Can.CLAIM)
def claimed_state() -> Response:
    """The moving part of a page that waits for the other device."""
    party, place = claimant(), url_for("liveness.claimed")
    check = claims.of(party) if party is not None else None
    return leave(place) if check is None or _is_over(check) else start.moved(check, place)


def _party() -> Party:
    """The case of the visitor. Without a provider this way is not offered; who has not chosen goes back to the choice."""
    if not faces().online():
        abort(404)
    return claimant() or abort(first_choose())


def _is_over(check: PersonCheck) -> bool:
    """Did the pass do what it is for?"""
    return check.state == "passed" and not purposes.waits(check)
