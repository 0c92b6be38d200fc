"""Who stands at the door: every view says who may enter, or the app does not start (R-SYS-09).

The visitor is found by the cookie `xd_session`; Flask-Login carries it as `current_user`. What one may do is
`domain/permissions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_login import LoginManager, current_user

from webapp.domain import permissions, sessions
from webapp.domain.identity import names
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Session
from webapp.models.staff import Staff
from webapp.web.page import here

MEANWHILE = {f"accounts.{name}" for name in ("new_password", "set_new_password", "ask_sure", "make_sure", "logout")}
"""Views that are open to who must set a new password."""

LEAVING = ("accounts.closing", "accounts.keep_account")
"""Views that are open to who closes the account, until the time to think is over (R-ACC-50)."""

CLOSED_TO = {"duplicate": "identity_in_doubt", "frozen": "account_frozen", "closing": "account_closing"}
"""Why an account in that state is kept from a page: code by state."""

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in, as Flask-Login's user: a student (`account`) or a member of staff (`staff`)."""

    session: Session
    actor: Actor
    account: Account | None = None
    staff: Staff | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def kind(self) -> str:
        return "staff" if self.staff else "student"

    @property
    def name(self) -> str:
        """By which the header greets: a student's name is masked, for others look at a phone too (R-ACC-59)."""
        return self.staff.name if self.staff else names.masked(self.account.name)

    def get_id(self) -> str:
        return self.actor.name


def public(why: str) -> Callable[[View], View]:
    """Declare a view that anybody may enter; `why` says so to the reader."""
    return _declare(("public", why))


def allow(*abilities: Can) -> Callable[[View], View]:
    """Declare the abilities that a view needs, all of them."""
    return _declare(("allow", abilities))


def _declare(rule: tuple) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = rule
        return view

    return mark


def takes(most: int) -> Callable[[View], View]:
    """Declare that a view takes files: bytes that its form may weigh. Others take what create_app allows."""

    def mark(view: View) -> View:
        view.takes = most
        return view

    return mark


def signed(view: View) -> View:
    """Declare a view to which another computer posts raw bytes that it signed. There is no form, so there is no token of one:
    the view itself checks who speaks."""
    view.signed = True
    return view


def actor() -> Actor:
    """Who acts in this request: the visitor, or VISITOR."""
    who = visitor()
    return who.actor if who else permissions.VISITOR


def visitor() -> Visitor | None:
    """Who is logged in, if anybody is: ask once, each look at `current_user` finds its way anew."""
    who = current_user._get_current_object()
    return who if who is not None and who.is_authenticated else None


def account() -> Account:
    """The account of the student who is logged in (the view declared that one is)."""
    return current_user.account


def init(app: Flask) -> None:
    app.login_manager = Door()
    app.before_request(_guard)


class Door(LoginManager):
    """Flask-Login with one way in. Its own would ask the signed cookie, another cookie and a header first, at each request."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(_find())


def _find() -> Visitor | None:
    token = request.cookies.get(cookie_name())
    found = sessions.find(token) if token else None
    if found is None:
        return None
    if staff := found.staff:
        return Visitor(found, sessions.staff_actor(staff), staff=staff)
    account = found.account
    return Visitor(found, permissions.student(account.key, account.state), account=account)


def cookie_name() -> str:
    return "__Host-xd_session" if current_app.config["SETTINGS"].secure else "xd_session"


def set_session(response: Response, token: str) -> Response:
    """Give the browser the id of its new session; everything else about it is in the database."""
    secure = current_app.config["SETTINGS"].secure
    response.set_cookie(cookie_name(), token, httponly=True, secure=secure, samesite="Lax", path="/")
    return response


def drop_session(response: Response) -> Response:
    secure = current_app.config["SETTINGS"].secure
    response.delete_cookie(cookie_name(), httponly=True, secure=secure, samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _guard() -> Any:
    if request.endpoint is None or request.endpoint == "static":
        return None
    most = getattr(current_app.view_functions[request.endpoint], "takes", None)
    if most is not None:
        request.max_content_length = most
    kind, needs = rule_of(request.endpoint)
    if kind == "public":
        return None
    who = visitor()
    if who is None:
        return _log_in_first()
    if who.account and who.account.state == "closing" and kind_for(needs) == "student" and request.endpoint not in LEAVING:
        return redirect(url_for("accounts.closing"), 303)
    if not all(who.actor.may(ability) for ability in needs):
        if who.kind != kind_for(needs):
            return _log_in_first()
        raise Refused(CLOSED_TO.get(who.account.state, "not_allowed") if who.account else "not_allowed")
    if who.kind == "student" and who.account.new_password_due and not _may_wait():
        return redirect(url_for("accounts.new_password"), 303)
    return None


def _may_wait() -> bool:
    """Does the view serve to set that password? The password in use, the new one, and the way out."""
    return request.endpoint in MEANWHILE


def kind_for(needs: tuple[Can, ...]) -> str:
    """Which kind of visitor abilities belong to: student or staff."""
    return "student" if set(needs) <= permissions.STUDENT else "staff"


def rule_of(endpoint: str) -> tuple:
    """("public", why) or ("allow", abilities) of a view, for the method asked."""
    view = current_app.view_functions[endpoint]
    return view.access


def _log_in_first() -> Any:
    kind, needs = rule_of(request.endpoint)
    staff = kind == "allow" and kind_for(needs) == "staff"
    if request.method == "GET" and not staff:
        session["after_login"] = here()
    place = url_for("staff.login" if staff else "accounts.login")
    if request.htmx:
        return Response(status=401, headers={"HX-Redirect": place})
    return redirect(place, 303)


def check(app: Flask) -> None:
    """Stop the start if a view does not say who may enter."""
    silent = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access")]
    if silent:
        raise RuntimeError(f"views that declare no access: {', '.join(sorted(silent))}")
