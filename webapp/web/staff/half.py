"""Who stands between the two steps of logging in: kept in the signed cookie for five minutes, never a session."""

import hmac
from datetime import timedelta

from flask import session, url_for
from werkzeug.wrappers import Response

from webapp.domain import clock, staff
from webapp.models import keys
from webapp.models.staff import Staff
from webapp.web import access, visits
from webapp.web.page import leave

LIFE = timedelta(minutes=5)
PLACE = "staff_half"
DOOR = "staff_door"
"""Where the signed cookie keeps that somebody has come in here before."""


def remember(person: Staff, proved: bool = False) -> None:
    """The password was right; `proved` says that the second step was too (somebody asleep goes on from there)."""
    at = clock.seconds(clock.now())
    session[PLACE] = {"staff": person.key, "at": at, "proved": proved, "password": _password(person)}


def _password(person: Staff) -> str:
    """A mark of the password in use: who came half-way by one that was reset since does not go on with the new one."""
    return keys.blind("staff half", person.password_hash)


def person(proved: bool = False) -> Staff | None:
    """Who has come half-way in this browser within five minutes, if anybody; `proved` asks for both steps."""
    kept = session.get(PLACE)
    if not kept or (proved and not kept["proved"]) or clock.moment(kept["at"]) + LIFE <= clock.now():
        return None
    found = Staff.by_key(kept["staff"])
    if found is None or found.state == "closed" or not hmac.compare_digest(kept["password"], _password(found)):
        return None
    return found


def forget() -> None:
    session.pop(PLACE, None)


def let_in(found: Staff) -> Response:
    """Both steps are done: open the session and show the home, or lead who sleeps to waking up."""
    if found.state == "asleep":
        remember(found, proved=True)
        return leave(url_for("staff.wake"))
    token = enter(found)
    return access.set_session(leave(url_for("staff.home")), token)


def enter(found: Staff) -> str:
    """Open the session and return its cookie; the half-way mark goes, and the CSRF secret of before with it."""
    token = staff.enter(found, visits.device(), visits.network())
    session.permanent = True
    session[DOOR] = staff.door_mark(found)
    forget()
    visits.renew()
    return token
