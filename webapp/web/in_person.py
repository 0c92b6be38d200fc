"""当面核验 on the student's own phone: a number that changes every half minute, and how far the office is (R-DUP-30).

Not here: the officers' side (`staff/in_person.py`).
"""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from webapp.domain import in_person
from webapp.domain.changes import requests
from webapp.domain.changes.identity import wanted
from webapp.domain.duplicates import cases
from webapp.domain.in_person_effects import is_free
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.changes import Amendment
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


@bp.get("/me/in-person/<any(phone, identity):change>")
@allow(Can.OWN_ACCOUNT)
def change(change: str) -> Response:
    """For a change that was asked for: a phone without the old one, a name or a document."""
    found = requests.pending(access.account(), change)
    return _change(found) if found else go(url_for(f"accounts.{change}"))


@bp.post("/me/in-person/<any(phone, identity):change>")
@allow(Can.OWN_ACCOUNT)
def begin_change(change: str) -> Response:
    found = requests.pending(access.account(), change)
    if found is not None and found.state == "open" and Form().validate():
        who = wanted(found) if change == "identity" else None
        in_person.begin("change", access.account(), found.unit, found.key, who)
    return go(url_for("in_person.change", change=change))


@bp.get("/me/in-person/<any(phone, identity):change>/number")
@allow(Can.OWN_ACCOUNT)
def change_number(change: str) -> Response:
    """The part of the page that moves."""
    found, whole = requests.pending(access.account(), change), url_for("in_person.change", change=change)
    return moving(_of_change(found) if found else None, whole, _moves(change))


def _change(found: Amendment) -> Response:
    back = url_for(f"accounts.{found.kind}")
    return page(_of_change(found), _moves(found.kind), back=back, onward=back)


def _of_change(found: Amendment) -> Meeting | None:
    return in_person.last(found.account, "change", found.key)


def _moves(change: str) -> str:
    return url_for("in_person.change_number", change=change)


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
