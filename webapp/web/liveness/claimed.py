"""实人验证 as 途径1 of 证件号码重复: its first page, for who claims a number that is taken (R-DUP-01, R-DUP-04, R-DUP-05).

Not here: the other ways (`web/duplicates/`), and what a pass decides (`domain/duplicates/by_face.py`).
"""

from flask import abort, url_for

from webapp.domain.liveness import claims, purposes
from webapp.domain.permissions import Can
from webapp.models.duplicates import Party
from webapp.models.liveness import PersonCheck
from webapp.web.access import allow
from webapp.web.duplicates.blueprint import claimant, first_choose
from webapp.web.liveness.blueprint import faces
from webapp.web.liveness.journey import Journey, mount


def _enter(party: Party | None) -> Party:
    """Without a provider this way is not offered; who has not chosen goes back to the choice."""
    if not faces().online():
        abort(404)
    return party or abort(first_choose())


def _onward(party: Party, check: PersonCheck | None) -> str:
    """Where no try is left, 人工审核 opens by itself; a pass that did what it is for leads to the case."""
    if claims.failed(party):
        return url_for("duplicates.photos")
    over = check is not None and check.state == "passed" and not purposes.waits(check)
    return url_for("duplicates.status") if over else ""


mount(
    Journey(
        name="claimed",
        purpose="duplicate",
        address="/duplicate/person",
        guard=allow(Can.CLAIM),
        thing=claimant,
        enter=_enter,
        find=claims.of,
        begin=claims.begin,
        onward=_onward,
        facts=lambda party: {"holder": party.account.name, "instead": url_for("duplicates.choose")},
    )
)
