"""当面核验 before a correction: somebody must have seen that the holder is who the account says (R-COR-02).

Not here: the officers' side (`staff/in_person.py`).
"""

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain import in_person
from webapp.domain.changes import requests
from webapp.domain.permissions import Can
from webapp.web import access
from webapp.web import in_person as meetings
from webapp.web.access import allow
from webapp.web.corrections.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go

PURPOSE = "level"


@bp.get("/corrections/prove")
@allow(Can.OWN_RECORD)
def prove() -> Response:
    back, moves_at = url_for("corrections.new"), url_for("corrections.prove_number")
    return meetings.page(in_person.last(access.account(), PURPOSE), moves_at, back=back, onward=back)


@bp.post("/corrections/prove")
@allow(Can.OWN_RECORD)
def begin_proving() -> Response:
    if Form().validate():
        in_person.begin(PURPOSE, access.account(), requests.unit_of(access.account()))
    return go(url_for("corrections.prove"))


@bp.get("/corrections/prove/number")
@allow(Can.OWN_RECORD)
def prove_number() -> Response:
    """The part of the page that moves."""
    found = in_person.last(access.account(), PURPOSE)
    return meetings.moving(found, url_for("corrections.prove"), url_for("corrections.prove_number"))
