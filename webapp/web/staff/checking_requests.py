"""证书核查: what agencies ask a school's or a province's office about certificates, and its answers (R-CRT-35).

Not here: what an agency sees of it (`staff/certification/`).
"""

from flask import Blueprint, abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.certification import checking, comparing, grounds
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.checking import Checking
from webapp.web import access, told
from webapp.web import certification_words as every
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.certification import words
from webapp.web.staff.certification.forms import AnswerForm
from webapp.web.staff.moments import lately

bp = Blueprint("staff_checking_requests", __name__, url_prefix="/staff/checking-requests")

LISTS = {"open": _l("等你答复"), "answered": _l("已答复"), "recalled": _l("已撤回")}


@bp.get("")
@allow(Can.VOUCH_FOR)
def index() -> Response:
    shown = request.args.get("show", "open")
    if shown not in LISTS:
        abort(404)
    page = checking.requests(access.actor(), shown, paging.place(Checking))
    return show(
        "staff/checking_requests/index.html",
        page=page,
        shown=shown,
        lists=[(name, None, url_for(".index", show=one), one == shown) for one, name in LISTS.items()],
        kinds=every.KINDS,
        answers=words.ANSWERS,
        now=clock.now(),
        lately=lately,
        day=lambda moment: told.short_day(clock.shown(moment).date()),
        neighbours=paging.neighbours(page, "staff_checking_requests.index", show=shown),
    )


@bp.get("/<key>")
@allow(Can.VOUCH_FOR)
def one(key: str) -> Response:
    return _one(_found(key))


@bp.post("/<key>")
@allow(Can.VOUCH_FOR)
def answer(key: str) -> Response:
    found, form = _found(key), AnswerForm()
    try:
        if form.validate():
            checking.answer(found, access.actor(), form.answer.data or "", form.note.data)
            return go(url_for(".index"))
    except Refused as refused:
        form.refuse(refused)
    return _one(_found(key), form, 422)


def _found(key: str) -> Checking:
    return checking.asked(access.actor(), key) or abort(404)


def _one(found: Checking, form: AnswerForm | None = None, status: int = 200) -> Response:
    """The certificate as the applicant told of it, beside the records of the own schools alone."""
    actor = access.actor()
    checking.look(found, actor)
    own = scope.units(actor.where(Can.VOUCH_FOR))
    matches = [match for match in comparing.matches(found.item) if match.record.unit_id in own]
    return show(
        "staff/checking_requests/one.html",
        status,
        found=found,
        item=found.item,
        kind=every.KINDS[found.item.kind],
        state=words.CHECKINGS[found.state],
        answers=words.answers(comparing.details(found.item)),
        matches=[(match, words.rows(match, whole=True)) for match in matches],
        said=words.ANSWERS.get(found.answer, ""),
        form=form or AnswerForm(formdata=None),
        most=grounds.NOTE,
        moment=told.moment,
    )
