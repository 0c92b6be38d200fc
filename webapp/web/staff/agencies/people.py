"""Who works for an agency: one comes, one goes. Not here: what they may do (`domain/permissions.py`)."""

from flask import abort, current_app, url_for
from werkzeug.wrappers import Response

from webapp.domain.certification import keeping
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff import role_words
from webapp.web.staff.agencies.blueprint import bp, reached
from webapp.web.staff.agencies.forms import InviteForm


@bp.get("/<key>/people")
@allow(Can.OWN_AGENCY)
def people(key: str) -> Response:
    return _people(reached(key), _form())


@bp.post("/<key>/people")
@allow(Can.OWN_AGENCY)
def invite(key: str) -> Response:
    """The one-time link is shown by the answer itself, and never again."""
    found, form = reached(key), _form()
    try:
        if form.validate_on_submit():
            role = form.role.data if "role" in form else "A"
            person, token = keeping.invite(access.actor(), found, role, form.login.data, form.name.data, form.email.data)
            address = current_app.config["SETTINGS"].url.rstrip("/") + url_for("staff.invite", token=token)
            return show("staff/agencies/link.html", found=found, person=person, address=address)
    except Refused as refused:
        form.refuse(refused)
    return _people(found, form, 422)


@bp.post("/<key>/people/<staff>/end")
@allow(Can.OWN_AGENCY)
def end(key: str, staff: str) -> Response:
    found, form = reached(key), Form()
    person = next((one.staff for one in keeping.people(found) if one.staff.key == staff), None) or abort(404)
    try:
        if form.validate_on_submit():
            keeping.end(access.actor(), found, person)
            return go(url_for("staff_agencies.people", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _people(found, _form(), 422, form)


def _form() -> InviteForm:
    """A lead invites certifiers only, so nothing is asked about the role."""
    form = InviteForm()
    if not keeping.whole_site(access.actor()):
        del form.role
    return form


def _people(found: Agency, form: InviteForm, status: int = 200, ending: Form | None = None) -> Response:
    actor = access.actor()
    return show(
        "staff/agencies/people.html",
        status,
        found=found,
        form=form,
        ending=ending or Form(formdata=None),
        people=[
            (one, role_words.ROLES[one.grant.role] if one.grant else None, _may_end(actor, one))
            for one in keeping.people(found)
        ],
    )


def _may_end(actor: access.Actor, person: keeping.Person) -> bool:
    """Nobody ends the own role, and a lead none of another lead."""
    if person.grant is None or person.staff.key == actor.key:
        return False
    return person.grant.role == "A" or keeping.whole_site(actor)
