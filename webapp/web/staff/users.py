"""人员: who works here with which roles; adding colleagues, ending roles, links, waking, closing, resetting."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Blueprint, abort, current_app, url_for
from werkzeug.wrappers import Response

from webapp.domain import clock, users
from webapp.domain.identity import emails, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.staff import Grant, Staff
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import paging, role_words
from webapp.web.staff.user_forms import PersonForm, RoleForm

bp = Blueprint("staff_users", __name__, url_prefix="/staff/users")


@bp.get("")
@allow(Can.USERS)
def index() -> Response:
    page = users.colleagues(access.actor(), paging.place(Staff))
    held: dict[int, list[str]] = {}
    for grant in users.grants(access.actor(), page.rows):
        if _holds(grant):
            held.setdefault(grant.staff_id, []).append(role_words.told(grant))
    neighbours = paging.neighbours(page, "staff_users.index")
    return show("staff/users/index.html", page=page, neighbours=neighbours, held=held, states=role_words.STATES, since=_day)


@bp.get("/new")
@allow(Can.USERS)
def new() -> Response:
    return _new(PersonForm.offered())


@bp.post("/new")
@allow(Can.USERS)
def add() -> Response:
    form = PersonForm.offered()
    if form.validate_on_submit():
        try:
            person, token = users.add(
                access.actor(), form.login.data, form.name.data, form.wanted(), form.email.data, form.phone.data
            )
            return _link(person, token)
        except Refused as refusal:
            form.refuse(refusal)
    return _new(form, 422)


@bp.get("/<key>")
@allow(Can.USERS)
def person(key: str) -> Response:
    return _person(_found(key), RoleForm.offered(), Form())


@bp.post("/<key>/roles")
@allow(Can.USERS)
def give(key: str) -> Response:
    found, form = _found(key), RoleForm.offered()
    if form.validate_on_submit():
        try:
            users.give(access.actor(), found, form.wanted())
            return go(url_for("staff_users.person", key=key))
        except Refused as refusal:
            form.refuse(refusal)
    return _person(found, form, Form(), 422)


@bp.post("/<key>/roles/<grant>/end")
@allow(Can.USERS)
def end(key: str, grant: str) -> Response:
    found = _found(key)
    chosen = next((one for one in users.grants(access.actor(), [found]) if one.key == grant), None)
    if chosen is None:
        abort(404)
    return _do(found, lambda: users.end(access.actor(), chosen))


@bp.get("/<key>/<any(close, reset, confirm, link):step>")
@allow(Can.USERS)
def ask(key: str, step: str) -> Response:
    """A step with consequences has its own page, which says them before the button."""
    found = _found(key)
    if not users.may_manage(access.actor(), found):
        abort(404)
    return show(f"staff/users/ask_{step}.html", form=Form(), person=found)


@bp.post("/<key>/close")
@allow(Can.USERS)
def close(key: str) -> Response:
    found = _found(key)
    return _do(found, lambda: users.close(access.actor(), found))


@bp.post("/<key>/rouse")
@allow(Can.USERS)
def rouse(key: str) -> Response:
    found = _found(key)
    return _do(found, lambda: users.rouse(access.actor(), found))


@bp.post("/<key>/reset")
@allow(Can.USERS)
def ask_reset(key: str) -> Response:
    found = _found(key)
    return _do(found, lambda: users.ask_reset(access.actor(), found))


@bp.post("/<key>/confirm")
@allow(Can.USERS)
def confirm_reset(key: str) -> Response:
    found = _found(key)
    return _do(found, lambda: users.confirm_reset(access.actor(), found), _link)


@bp.post("/<key>/link")
@allow(Can.USERS)
def link(key: str) -> Response:
    found = _found(key)
    return _do(found, lambda: users.link(access.actor(), found), _link)


def _do(found: Staff, verb: Callable[[], object], then: Callable[[Staff, str], Response] | None = None) -> Response:
    """Do one thing to a colleague; a refusal stands above their page, a new link is shown once."""
    form = Form()
    try:
        done = verb()
    except Refused as refusal:
        form.refuse(refusal)
        return _person(found, RoleForm.offered(formdata=None), form, 409)
    return then(found, done) if then else go(url_for("staff_users.person", key=found.key))


def _found(key: str) -> Staff:
    return users.colleague(access.actor(), key) or abort(404)


def _new(form: PersonForm, status: int = 200) -> Response:
    return show("staff/users/new.html", status, form=form, does=role_words.DOES)


def _person(found: Staff, form: RoleForm, step: Form, status: int = 200) -> Response:
    actor = access.actor()
    return show(
        "staff/users/person.html",
        status,
        form=form,
        step=step,
        person=found,
        does=role_words.DOES,
        state=role_words.STATES[found.state],
        grants=[(one, role_words.told(one), _period(one), _holds(one)) for one in users.grants(actor, [found])],
        mine=users.may_manage(actor, found),
        asked=users.asked(found),
        asked_by_me=found.reset_by == actor.key,
        phone=phones.grouped(found.phone) if found.phone else None,
        email=emails.masked(found.email) if found.email else None,
        since=_day,
    )


def _link(found: Staff, token: str) -> Response:
    """The one-time link, shown by the answer to the form itself and never again."""
    address = current_app.config["SETTINGS"].url.rstrip("/") + url_for("staff.invite", token=token)
    found = users.colleague(access.actor(), found.key)
    return show("staff/users/link.html", person=found, address=address, mailed=found.email is not None)


def _holds(grant: Grant) -> bool:
    return grant.ends is None or grant.ends > clock.now()


def _period(grant: Grant) -> tuple[str, str]:
    """First and last day of a role in China; "" while it has no end."""
    last = grant.ends and clock.shown(grant.ends - timedelta(seconds=1))
    return clock.shown(grant.starts).date().isoformat(), last.date().isoformat() if last else ""


def _day(moment: datetime) -> str:
    return clock.shown(moment).date().isoformat()
