"""受理机构: all of them, one with its data and seal, and what it worked (R-CRT-48).

Not here: its people (`people.py`), its prices (`prices.py`) and its keys (`signatures.py`).
"""

import json

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import signing
from webapp.domain.certification import figures as counted
from webapp.domain.certification import keeping, materials
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency
from webapp.web import access, stored, told
from webapp.web import certification_words as words
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import sent
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.agencies import people, prices, signatures
from webapp.web.staff.agencies.blueprint import bp, reached, site_only
from webapp.web.staff.agencies.forms import AgencyForm, ContactForm, KeyForm, SealForm, about

__all__ = ["bp", "people", "prices", "signatures"]

BYTES = 16 * 1024 * 1024
"""What a picture of a seal may weigh on its way in."""


@bp.get("")
@allow(Can.OWN_AGENCY)
def index() -> Response:
    """All of them; a lead goes on to the own one."""
    found, actor = keeping.listed(access.actor()), access.actor()
    if not keeping.whole_site(actor) and found:
        return go(url_for("staff_agencies.agency", key=found[0].key))
    return show("staff/agencies/index.html", agencies=[(one, _kinds(one), _provinces(one)) for one in found])


@bp.get("/new")
@allow(Can.OWN_AGENCY)
def new() -> Response:
    site_only()
    return show("staff/agencies/edit.html", form=AgencyForm.offered(active=True), found=None)


@bp.post("/new")
@allow(Can.OWN_AGENCY)
def add() -> Response:
    site_only()
    form = AgencyForm.offered()
    try:
        if form.validate_on_submit():
            made = keeping.add(access.actor(), form.told())
            return go(url_for("staff_agencies.agency", key=made.key))
    except Refused as refused:
        form.refuse(refused)
    return show("staff/agencies/edit.html", 422, form=form, found=None)


@bp.get("/<key>")
@allow(Can.OWN_AGENCY)
def agency(key: str) -> Response:
    return _screen(reached(key), SealForm())


@bp.get("/<key>/edit")
@allow(Can.OWN_AGENCY)
def edit(key: str) -> Response:
    found = reached(key)
    return show("staff/agencies/edit.html", form=_form(found), found=found)


@bp.post("/<key>/edit")
@allow(Can.OWN_AGENCY)
def change(key: str) -> Response:
    """Everything for the administrator, the contact for a lead."""
    found, actor = reached(key), access.actor()
    form = _form(found)
    try:
        if form.validate_on_submit():
            if isinstance(form, AgencyForm):
                keeping.change(actor, found, form.told())
            else:
                keeping.set_contact(actor, found, form.address.data, form.phone.data, form.hours.data)
            return go(url_for("staff_agencies.agency", key=key))
    except Refused as refused:
        form.refuse(refused)
    return show("staff/agencies/edit.html", 422, form=form, found=found)


@bp.post("/<key>/seal")
@allow(Can.OWN_AGENCY)
@takes(BYTES)
def seal(key: str) -> Response:
    found, form = reached(key), SealForm()
    try:
        if form.validate_on_submit():
            upload = stored.files().keep(sent(form), keeping.SEAL, expires=materials.waits_until())
            keeping.set_seal(access.actor(), found, upload)
            return go(url_for("staff_agencies.agency", key=key))
    except Refused as refused:
        form.refuse(refused, "album")
    return _screen(found, form, 422)


@bp.get("/<key>/seal.jpg")
@allow(Can.OWN_AGENCY)
def seal_picture(key: str) -> Response:
    return stored.picture(reached(key).seal)


@bp.get("/<key>/figures")
@allow(Can.OWN_AGENCY)
def figures(key: str) -> Response:
    found = reached(key)
    told_of = counted.of(found)
    return show(
        "staff/agencies/figures.html",
        found=found,
        figures=told_of,
        months=[(f"{first:%Y-%m}", many) for first, many in told_of.months.items()],
        states=[(words.ITEMS[state][1], many) for state, many in told_of.states.most_common()],
        kinds=[(words.KINDS[kind], many) for kind, many in told_of.kinds.most_common()],
    )


def _form(found: Agency) -> Form:
    if keeping.whole_site(access.actor()):
        return AgencyForm.offered(data=about(found, json.loads(found.kinds), json.loads(found.provinces)))
    return ContactForm(obj=found)


def _kinds(found: Agency) -> str:
    return _("、").join(str(words.KINDS[code]) for code in json.loads(found.kinds))


def _provinces(found: Agency) -> str:
    return _("、").join(told.label("provinces", code) for code in json.loads(found.provinces)) or _("全国")


def _screen(found: Agency, form: SealForm, status: int = 200) -> Response:
    key = signing.current(found)
    return show(
        "staff/agencies/agency.html",
        status,
        found=found,
        form=form,
        kinds=_kinds(found),
        provinces=_provinces(found),
        whole=keeping.whole_site(access.actor()),
        kid=key.kid if key else "",
        keys=len(signing.of(found)),
        making=KeyForm(formdata=None, after=key.kid if key else ""),
        people=len(keeping.people(found)),
    )
