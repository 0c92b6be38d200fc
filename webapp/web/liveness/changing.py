"""实人验证 of a change: for the code to a lost phone, or for the office where a passport was renewed (R-ACC-44, R-ACC-56).

Not here: the office's way (`web/in_person.py`), and which changes a face decides (`domain/changes/by_face.py`).
"""

from functools import partial

from flask import abort, url_for

from webapp.domain.changes import by_face, requests
from webapp.domain.liveness import changes
from webapp.domain.permissions import Can
from webapp.models.changes import Amendment
from webapp.web import access
from webapp.web.access import allow
from webapp.web.accounts import entry
from webapp.web.liveness.blueprint import faces
from webapp.web.liveness.journey import Journey, mount
from webapp.web.page import go


def _enter(kind: str, found: Amendment | None) -> Amendment:
    """A change that waits for a face. Where none waits for anybody, its own page tells how it stands."""
    if not faces().online():
        abort(404)
    if found is None or found.state != "open":
        abort(go(url_for(f"accounts.{kind}")))
    if not by_face.waits(found):
        abort(404)
    if (ask := entry.unsure(url_for(f"liveness.change_{kind}"))) is not None:
        abort(ask)
    return found


def _journey(kind: str) -> Journey[Amendment]:
    return Journey(
        name=f"change_{kind}",
        purpose="change",
        address=f"/me/{kind}/person",
        guard=allow(Can.OWN_ACCOUNT),
        thing=lambda: requests.pending(access.account(), kind),
        enter=partial(_enter, kind),
        find=changes.of,
        begin=changes.begin,
        onward=lambda change, check: "",
        facts=lambda change: {
            "holder": change.account.name,
            "back": (url_for(f"accounts.{kind}"), None),
            "instead": url_for("in_person.change", change=kind),
        },
    )


for one in requests.KINDS:
    mount(_journey(one))
