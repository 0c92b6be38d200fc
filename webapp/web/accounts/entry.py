"""The door itself: the last move of every way in, of log-out, and of a password given again.

What must be proved before is `domain/login.py`; which pages ask for it are `login.py` and `code_login.py`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import clock, login, profile, sessions
from webapp.models.accounts import Account
from webapp.web import access, visits
from webapp.web.access import account
from webapp.web.page import go, inside, leave

HALF_WAY = 600
"""Seconds between the first proof and the second (password and code)."""


def sends_sms() -> bool:
    """Can a code be sent at all?"""
    return current_app.config["SETTINGS"].sms != "none"


def enter(whom: Account, method: str, code: bool = False, to: str | None = None) -> Response:
    """Log in: a new session, a new CSRF secret, and on to `to` or where the visitor wanted to go."""
    if profile.withdrawn(whom):
        half("agree", whom)
        session["half_entry"] = [method, code]
        return go(url_for("accounts.agree"))
    before = current_user.session if current_user.is_authenticated else None
    token = login.admit(whom, visits.here(), method, code=code, before=before)
    wanted = session.pop("after_login", None)
    for name in ("half", "half_entry", "half_code", "login_code", "login_failed"):
        session.pop(name, None)
    visits.renew()
    lost = whom.phone is None and whom.phone_released is not None  # until another is bound, it is told at each log-in
    onward = url_for("accounts.released") if lost else inside(wanted, url_for("accounts.go_on"))
    return access.set_session(leave(to or onward), token)


def leave_account(to: str) -> Response:
    """Log out in this browser."""
    session.pop("after_login", None)
    visits.renew()
    return access.drop_session(leave(to))


def again(token: str, to: str) -> Response:
    """The same visitor under a new cookie, after the password was given again."""
    visits.renew()
    return access.set_session(leave(to), token)


def half(by: str, whom: Account) -> None:
    """Remember that one of two proofs was given in this browser: the account's key, by what, when."""
    session["half"] = [by, whom.key, clock.seconds(clock.now()), clock.seconds(whom.password_changed)]


def halfway(by: str) -> Account | None:
    """Whose first proof `by` (password, code) still holds: ten minutes, and no longer than the password itself."""
    kept = session.get("half")
    if not kept or kept[0] != by or kept[2] + HALF_WAY <= clock.seconds(clock.now()):
        return None
    whom = Account.alive(kept[1])
    return whom if whom and clock.seconds(whom.password_changed) == kept[3] else None


def sure(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view for who gave the password in the last ten minutes; others give it first and come back (R-ACC-46)."""

    @wraps(view)
    def guarded(**told: str) -> Any:
        return unsure(request.path) or view(**told)

    return guarded


def unsure(back_to: str) -> Response | None:
    """The way to give the password again and come back, for who did not in the last ten minutes; None for who did."""
    if sessions.is_sure(current_user.session):
        return None
    session["sure_next"] = back_to
    return go(url_for("accounts.ask_sure"))


def prove_again(password: str) -> None:
    """Raises password_wrong, login_locked, login_slow, busy."""
    login.prove_inside(account(), password, visits.here())
