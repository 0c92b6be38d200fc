"""没有大陆手机号: the sign-up waits for its person to come, and shows the number at the office's desk (R-ACC-54).

Not here: what was asked before (`email_identity.py`), a face instead (`newcomer.py`), and the officers' side
(`staff/in_person.py`).
"""

from flask import session, url_for
from werkzeug.wrappers import Response

from webapp.domain import in_person as meetings
from webapp.domain.liveness import newcomers
from webapp.domain.signups import links, proof
from webapp.models.in_person import Meeting
from webapp.models.signups import Signup
from webapp.web import in_person as pages
from webapp.web.access import public
from webapp.web.accounts.email_registration import WHY, bp
from webapp.web.forms import Form
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show


@bp.get("/email/waiting")
@public(WHY)
def waiting() -> Response:
    """Another browser goes on with it after address and password."""
    signup = mine()
    check = newcomers.of(signup) if signup is not None else None
    passed = check is not None and check.state == "passed"
    return show("accounts/signup/waiting.html", here=signup is not None, online=faces().online(), passed=passed)


@bp.get("/email/in-person")
@public(WHY)
def in_person() -> Response:
    meeting = _meeting()
    if mine() is None and meeting is None:
        return go(url_for("signup.ask_resume"))
    places = {"back": url_for("signup.waiting"), "onward": url_for("accounts.login")}
    return pages.page(meeting, url_for("signup.in_person_number"), **places)


@bp.post("/email/in-person")
@public(WHY)
def show_number() -> Response:
    signup = mine()
    if signup is not None and Form().validate():
        about = ("overseas", proof.identity_of(signup), signup.unit, signup.key)
        session["signup_meeting"] = meetings.begin_unknown(*about).key
    return go(url_for("signup.in_person"))


@bp.get("/email/in-person/number")
@public(WHY)
def in_person_number() -> Response:
    """The part of the page that moves."""
    return pages.moving(_meeting(), url_for("signup.in_person"), url_for("signup.in_person_number"))


def mine() -> Signup | None:
    """The sign-up that this browser handed in, while it waits."""
    return links.handed_in(session.get("signup"))


def _meeting() -> Meeting | None:
    """The meeting whose numbers this browser shows."""
    return Meeting.by_key(session["signup_meeting"]) if "signup_meeting" in session else None
