"""成绩单核对: transcripts that wait, beside the pictures of their originals; confirmed, or sent back (R-INT-07, 08)."""

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import Optional

from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.transfers import confirming, lifecycle, paper, transcripts
from webapp.models.transfers import Transcript
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging, pictures
from webapp.web.staff.moments import lately
from webapp.web.transfers import words as own_words

bp = Blueprint("staff_transcripts", __name__, url_prefix="/staff/transcripts")


class ConfirmForm(Form):
    compared = BooleanField(_l("和学校的成绩档案逐门核对过，课程、学分、成绩、英文名称都一致"))


class ReturnForm(Form):
    reason = RadioField(_l("原因"), [Optional()], validate_choice=False)
    note = TextAreaField(_l("说明"), [Optional()])


@bp.get("")
@allow(Can.TRANSCRIPTS)
def index() -> Answer:
    shown = request.args.get("show", "waiting")
    if shown not in confirming.SHOWN:
        abort(404)
    page = confirming.page(access.actor(), shown, paging.place(Transcript))
    views = (("waiting", _("待核对")), ("over", _("办完的")))
    return show(
        "staff/transfers/transcripts.html",
        page=page,
        shown=shown,
        states=own_words.TRANSCRIPTS,
        lists=[(words, None, url_for(".index", show=view), view == shown) for view, words in views],
        neighbours=paging.neighbours(page, "staff_transcripts.index", show=shown),
        lately=lately,
    )


@bp.get("/<key>")
@allow(Can.TRANSCRIPTS)
def transcript(key: str) -> Answer:
    return _screen(_found(key))


@bp.post("/<key>/confirm")
@allow(Can.TRANSCRIPTS)
def confirm(key: str) -> Answer:
    found, form = _found(key), ConfirmForm()
    try:
        if form.validate():
            confirming.confirm(found, access.actor(), form.compared.data)
            return go(url_for("staff_transcripts.index"))
    except Refused as refused:
        form.refuse(refused)
    return _screen(found, 422, yes=form)


@bp.post("/<key>/return")
@allow(Can.TRANSCRIPTS)
def send_back(key: str) -> Answer:
    found, form = _found(key), ReturnForm()
    try:
        if form.validate():
            confirming.send_back(found, access.actor(), form.reason.data or "", form.note.data or "")
            return go(url_for("staff_transcripts.index"))
    except Refused as refused:
        form.refuse(refused)
    return _screen(found, 422, no=form)


@bp.get("/<key>/pages/<picture>.jpg")
@allow(Can.TRANSCRIPTS)
def picture(key: str, picture: str) -> Response:
    """The look is in the history before the bytes leave."""
    found = next((one for one in lifecycle.pages(_found(key)) if one.key == picture), None)
    return pictures.send(found.upload if found else None, "transcript")


def _found(key: str) -> Transcript:
    return confirming.find(access.actor(), key) or abort(404)


def _screen(found: Transcript, status: int = 200, yes: ConfirmForm | None = None, no: ReturnForm | None = None) -> Answer:
    found = confirming.find(access.actor(), found.key)
    lines = transcripts.lines(found)
    no = no or ReturnForm(formdata=None)
    no.reason.choices = choices(own_words.REASONS.items())
    return show(
        "staff/transfers/transcript.html",
        status,
        found=found,
        rows=paper.rows(found),
        courses=paper.course_rows(lines),
        total=paper.total(lines),
        pages=lifecycle.pages(found),
        source=own_words.SOURCES.get(found.source, ""),
        state=own_words.TRANSCRIPTS[found.state],
        reason=own_words.REASONS.get(found.reason, ""),
        yes=yes or ConfirmForm(formdata=None),
        no=no,
        most=confirming.NOTE,
    )
