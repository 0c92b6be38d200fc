"""变更申请: changes of phone, name and document, and newcomers without a mainland phone, whom somebody here has to see.

Not here: claims to an identity that somebody else has.
"""

from flask import Blueprint, abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from webapp.domain.changes import identity, requests, reviews
from webapp.domain.identity import countries, names, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.signups import finishing, proof
from webapp.models.changes import Amendment
from webapp.models.signups import Signup
from webapp.web import access, language, told
from webapp.web.access import allow
from webapp.web.accounts.change_words import REASONS
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.moments import lately

bp = Blueprint("staff_changes", __name__, url_prefix="/staff/changes")

KINDS = {"phone": _l("换手机号"), "identity": _l("改姓名或证件"), "overseas": _l("没有大陆手机号的注册")}


class SeenForm(Form):
    seen = BooleanField(_l("本人在场，我看过证件原件，人和证件是一个人，内容和上面一样"))


class RefuseForm(Form):
    reason = RadioField(_l("不通过的原因"), choices=choices((one, REASONS[one]) for one in requests.REASONS))


@bp.get("")
@allow(Can.REVIEW)
def index() -> Response:
    grants = access.actor().where(Can.REVIEW)
    page = reviews.waiting(grants, paging.place(Amendment))
    newcomers = [(one, names.masked(proof.identity_of(one).name)) for one in finishing.waiting(grants).rows]
    return show(
        "staff/changes/index.html",
        page=page,
        newcomers=newcomers,
        kinds=KINDS,
        masked=names.masked,
        lately=lately,
        neighbours=paging.neighbours(page, "staff_changes.index"),
    )


@bp.get("/<key>")
@allow(Can.REVIEW)
def change(key: str) -> Response:
    """The whole numbers stand here, to be compared with the paper: each look is in the history."""
    found = _found(key)
    reviews.look(found, access.actor())
    return _show(found, SeenForm(), RefuseForm())


def _found(key: str) -> Amendment:
    return reviews.find(access.actor().where(Can.REVIEW), key) or abort(404)


def _show(found: Amendment, form: SeenForm, refusing: RefuseForm, status: int = 200) -> Response:
    facts = {"name": found.account.name, "rows": _rows(found), "kind": KINDS[found.kind], "state": found.state}
    at = url_for("staff_changes.refuse", key=found.key)
    lost = identity.loses(found.account, identity.wanted(found)) if found.kind == "identity" else []
    return show("staff/changes/change.html", status, form=form, refusing=refusing, lost=lost, refuse_at=at, **facts)


def _rows(found: Amendment) -> list[tuple[str, str, str]]:
    """(label, now, wanted): of who is asking, and of what is asked."""
    if found.state != "open":
        return []
    now = identity.of(found.account)
    if found.kind == "identity":
        return [(label, old, new) for (label, old), (_, new) in zip(_facts(now), _facts(identity.wanted(found)), strict=True)]
    before = phones.grouped(found.account.phone) if found.account.phone else "—"
    after = phones.grouped(requests.wanted(found)["phone"])
    return [*((label, value, value) for label, value in _facts(now)), (str(_l("手机号")), before, after)]


def _facts(who: identity.Identity) -> list[tuple[str, str]]:
    country = countries.COUNTRIES[who.country]
    return [
        (str(_l("姓名")), who.name),
        (str(_l("证件类型")), told.label("documents", who.kind)),
        (str(_l("国籍/地区")), country.en if language.chosen() == "en" else country.zh),
        (str(_l("证件号码")), who.number),
    ]


@bp.post("/<key>")
@allow(Can.REVIEW)
def approve(key: str) -> Response:
    found, form = _found(key), SeenForm()
    if form.validate():
        try:
            _saw(form)
            reviews.approve(found, access.actor())
            return go(url_for("staff_changes.index"))
        except Refused as refusal:
            form.refuse(refusal, "seen")
    return _show(_found(key), form, RefuseForm(formdata=None), 422)


def _saw(form: SeenForm) -> None:
    if not form.seen.data:
        raise Refused("document_seen")


@bp.post("/<key>/refuse")
@allow(Can.REVIEW)
def refuse(key: str) -> Response:
    found, form = _found(key), RefuseForm()
    try:
        reviews.refuse(found, access.actor(), form.reason.data or "")
        return go(url_for("staff_changes.index"))
    except Refused as refusal:
        form.refuse(refusal, "reason")
    return _show(_found(key), SeenForm(formdata=None), form, 422)


@bp.get("/newcomers/<key>")
@allow(Can.REVIEW)
def newcomer(key: str) -> Response:
    found = _newcomer(key)
    finishing.look(found, access.actor())
    return _show_newcomer(found, SeenForm(), RefuseForm())


def _newcomer(key: str) -> Signup:
    return finishing.find(access.actor().where(Can.REVIEW), key) or abort(404)


def _show_newcomer(found: Signup, form: SeenForm, refusing: RefuseForm, status: int = 200) -> Response:
    who = proof.identity_of(found)
    rows = [(label, "—", value) for label, value in _facts(who)] if who else []
    facts = {"name": who.name if who else "—", "rows": rows, "kind": KINDS["overseas"]}
    state = "open" if found.state == "waiting" else found.state
    at = url_for("staff_changes.refuse_newcomer", key=found.key)
    return show("staff/changes/change.html", status, form=form, refusing=refusing, lost=[], refuse_at=at, state=state, **facts)


@bp.post("/newcomers/<key>")
@allow(Can.REVIEW)
def approve_newcomer(key: str) -> Response:
    found, form = _newcomer(key), SeenForm()
    if form.validate():
        try:
            _saw(form)
            finishing.approve(found, access.actor())
            return go(url_for("staff_changes.index"))
        except Refused as refusal:
            form.refuse(refusal, "seen")
    return _show_newcomer(_newcomer(key), form, RefuseForm(formdata=None), 422)


@bp.post("/newcomers/<key>/refuse")
@allow(Can.REVIEW)
def refuse_newcomer(key: str) -> Response:
    found, form = _newcomer(key), RefuseForm()
    try:
        finishing.refuse(found, access.actor(), form.reason.data or "")
        return go(url_for("staff_changes.index"))
    except Refused as refusal:
        form.refuse(refusal, "reason")
    return _show_newcomer(_newcomer(key), SeenForm(formdata=None), form, 422)
