"""手持证件照 of 实人验证, for who reviews them: the queue, one photo with its decision, and its bytes (R-RPV-14).

Not here: face checks, about which no person decides.
"""

from flask import Blueprint, abort, url_for
from flask import Response as Answer
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput

from webapp.domain import clock
from webapp.domain.identity import documents
from webapp.domain.liveness import desk, judging, purposes
from webapp.domain.permissions import Can
from webapp.domain.reasons import PHOTOS, Picked
from webapp.domain.refused import Refused
from webapp.models.liveness import PersonCheck
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.liveness import words
from webapp.web.page import go, show
from webapp.web.staff import paging, pictures
from webapp.web.staff.moments import lately
from webapp.web.staff.review.words import SHORT
from webapp.web.words import say

bp = Blueprint("staff_person_checks", __name__, url_prefix="/staff/person-checks")


class AcceptForm(Form):
    seen = SelectMultipleField(_l("逐项核对"), choices=choices(words.TICKS.items()), option_widget=CheckboxInput())


class RefuseForm(Form):
    reasons = SelectMultipleField(
        _l("退回原因"), choices=choices((code, SHORT[code]) for code in PHOTOS), option_widget=CheckboxInput()
    )
    note = StringField(_l("补充说明（可不填，对方看得到）"), filters=[lambda text: (text or "").strip()])


@bp.get("")
@allow(Can.PERSONS)
def index() -> Response:
    page = desk.queue(access.actor(), paging.place(PersonCheck))
    return show(
        "staff/person_checks/index.html",
        page=page,
        neighbours=paging.neighbours(page, "staff_person_checks.index"),
        form=Form(formdata=None),
        states=words.STATES,
        lately=lately,
        now=clock.now(),
    )


@bp.post("/next")
@allow(Can.PERSONS)
def take_next() -> Response:
    found = desk.next_case(access.actor())
    return go(url_for("staff_person_checks.case", key=found.key) if found else url_for("staff_person_checks.index"))


@bp.get("/<key>")
@allow(Can.PERSONS)
def case(key: str) -> Response:
    return _screen(_found(key))


@bp.post("/<key>/take")
@allow(Can.PERSONS)
def take(key: str) -> Response:
    found = _found(key)
    try:
        desk.take(found, access.actor())
    except Refused as refused:
        return _screen(_found(key), 409, said=say(refused))
    return go(url_for("staff_person_checks.case", key=key))


@bp.post("/<key>/back")
@allow(Can.PERSONS)
def put_back(key: str) -> Response:
    desk.put_back(_found(key), access.actor())
    return go(url_for("staff_person_checks.index"))


@bp.post("/<key>/accept")
@allow(Can.PERSONS)
def accept(key: str) -> Response:
    found, form = _found(key), AcceptForm()
    try:
        if form.validate():
            desk.accept(found, access.actor(), form.seen.data)
            return go(url_for("staff_person_checks.index"))
    except Refused as refused:
        form.refuse(refused)
    return _screen(_found(key), 422, yes=form)


@bp.post("/<key>/refuse")
@allow(Can.PERSONS)
def refuse(key: str) -> Response:
    found, form = _found(key), RefuseForm()
    try:
        if form.validate():
            desk.refuse(found, access.actor(), Picked(tuple(form.reasons.data or ()), form.note.data))
            return go(url_for("staff_person_checks.index"))
    except Refused as refused:
        form.refuse(refused)
    return _screen(_found(key), 422, no=form)


@bp.get("/<key>/photo.jpg")
@allow(Can.PERSONS)
def picture(key: str) -> Answer:
    """The bytes, with who looks and when across them; the look is in the history before they leave."""
    found = _held(key)
    if found.photo is None or found.photo.state != "clean":
        abort(404)
    desk.look(found, access.actor(), "photo")
    return pictures.marked(found.photo, key)


@bp.get("/<key>/reference.jpg")
@allow(Can.PERSONS)
def reference(key: str) -> Answer:
    """学校的照片 of the holder, for comparing."""
    return pictures.send(judging.picture(_held(key)), "person_check")


def _found(key: str) -> PersonCheck:
    return desk.of(access.actor(), key) or abort(404)


def _held(key: str) -> PersonCheck:
    found = _found(key)
    return found if desk.holds(found, access.actor()) else abort(404)


def _screen(
    found: PersonCheck, status: int = 200, yes: AcceptForm | None = None, no: RefuseForm | None = None, said: str = ""
) -> Response:
    """The full number shows to who holds the case alone, and that is a look."""
    actor, who = access.actor(), purposes.who(found)
    mine = desk.holds(found, actor)
    if mine:
        desk.look(found, actor, "number")
    return show(
        "staff/person_checks/case.html",
        status,
        found=found,
        mine=mine,
        who=who,
        document=documents.TYPES[who.kind].short if who.kind in documents.TYPES else "",
        number=who.number if mine else documents.masked(who.number),
        reference=judging.picture(found) is not None,
        yes=yes or AcceptForm(formdata=None),
        no=no or RefuseForm(formdata=None),
        said=said,
        states=words.STATES,
        ways=words.WAYS,
        lately=lately,
        moment=told.moment,
    )
