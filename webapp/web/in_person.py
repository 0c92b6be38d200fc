"""当面核验 on the student's own phone: a number that changes every half minute, and how far the office is (R-DUP-30).

Not here: the officers' side (`staff/in_person.py`).
"""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from webapp.domain import in_person
from webapp.domain.changes import requests
from webapp.domain.duplicates import cases
from webapp.domain.in_person_effects import is_free
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.duplicates import Party
from webapp.models.in_person import Meeting
from webapp.web import access, words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap

bp = Blueprint("in_person", __name__)


@bp.get("/duplicate/in-person")
@allow(Can.CLAIM)
def duplicate() -> Response:
    """What to bring, then the number; a claimant who has not read 重要提示 does that first."""
    if _claimant() is None:
        return go(url_for("duplicates.choose"))
    return _duplicate(in_person.last(access.account(), "duplicate"))


@bp.post("/duplicate/in-person")
@allow(Can.CLAIM)
def begin_duplicate() -> Response:
    party = _claimant()
    if party is None:
        return go(url_for("duplicates.choose"))
    if Form().validate():
        try:
            is_free(party.claim)
            unit = party.claim.unit or requests.unit_of(party.account)
            in_person.begin("duplicate", party.account, unit, party.claim.key)
        except Refused as refusal:
            return _duplicate(None, 409, words.say(refusal))
    return go(url_for("in_person.duplicate"))


@bp.get("/duplicate/in-person/number")
@allow(Can.CLAIM)
def duplicate_number() -> Response:
    """The part of the page that moves."""
    return moving(_mine(access.account()), url_for("in_person.duplicate"), url_for("in_person.duplicate_number"))


def _claimant() -> Party | None:
    party = cases.of(access.account())
    return party if party is not None and party.warned is not None else None


def _mine(account: Account) -> Meeting | None:
    return in_person.last(account, "duplicate")


def _duplicate(meeting: Meeting | None, status: int = 200, said: str = "") -> Response:
    places = {"back": url_for("duplicates.choose"), "onward": url_for("duplicates.status")}
    return page(meeting, url_for("in_person.duplicate_number"), status, said=said, **places)


def page(meeting: Meeting | None, moves_at: str, status: int = 200, **more: object) -> Response:
    """The page of a meeting: how it goes, its number while it shows one, what came of it."""
    return show("in_person/meeting.html", status, form=Form(), moves_at=moves_at, **_facts(meeting), **more)


def moving(meeting: Meeting | None, whole: str, moves_at: str) -> Response:
    """The moving part alone, while the meeting goes on; what ended shows on the whole page."""
    if meeting is None or not in_person.is_live(meeting):
        return leave(whole)
    return swap("in_person/_number.html", whole, moves_at=moves_at, whole=whole, **_facts(meeting))


def _facts(meeting: Meeting | None) -> dict[str, object]:
    live = meeting is not None and in_person.is_live(meeting)
    state = "none" if meeting is None else meeting.state if live or meeting.closed else "expired"
    number = in_person.number(meeting) if state == "open" else ""
    return {"state": state, "number": f"{number[:3]} {number[3:]}", "seconds": in_person.changes_in()}
