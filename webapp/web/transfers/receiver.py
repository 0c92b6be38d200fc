"""The receiver's page behind a mailed link, and the page on which anyone checks a transcript: public, English beside Chinese.

Not here: who may take what (`domain/transfers/receiving.py`).
"""

from flask import Blueprint, abort, request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock
from webapp.domain.identity import emails, verification_codes
from webapp.domain.refused import Refused
from webapp.domain.transfers import paper, receiving, sending, transcripts
from webapp.models.transfers import Transfer
from webapp.web import language, stored, told, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("received", __name__)

WHY = "the receiver has no account; a code mailed to the one address opens it"

OPENED = "transfers"
"""In the visit: key and round of a transfer → until when its documents are open in this browser."""


class CodeForm(Form):
    code = StringField(_l("验证码"))


@bp.before_request
def english_first() -> None:
    """Whoever opens the link reads English, unless they chose otherwise (R-INT-09)."""
    if request.endpoint != "received.transcript":
        language.prefer("en")


@bp.after_request
def keep_out(answer: Response) -> Response:
    """Search engines keep none of it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@bp.get("/t/<token>")
@public(WHY)
def link(token: str) -> Response:
    return _screen(_found(token), token, CodeForm())


@bp.post("/t/<token>/code")
@public(WHY)
def ask(token: str) -> Response:
    """Mail a code to the address that the link was sent to."""
    found, form = _found(token), CodeForm()
    try:
        if form.validate():
            receiving.ask_code(found)
            return go(url_for("received.link", token=token))
    except Refused as refused:
        form.refuse(refused)
    return _screen(found, token, form, 422)


@bp.post("/t/<token>")
@public(WHY)
def prove(token: str) -> Response:
    found, form = _found(token), CodeForm()
    try:
        if form.validate():
            receiving.prove(found, form.code.data, visits.network())
            session.permanent = True
            until = clock.seconds(clock.now() + receiving.OPEN)
            session[OPENED] = {**_opened(), _name(found): until}
            return go(url_for("received.link", token=token))
    except Refused as refused:
        form.refuse(refused)
    return _screen(_found(token), token, form, 422)


@bp.post("/t/<token>/documents/<item>")
@public(WHY)
def document(token: str, item: str) -> Response:
    """The signed file; the first one makes the transfer 对方已接收, so it is posted."""
    found, form = _found(token), CodeForm()
    if _name(found) not in _opened():
        return go(url_for("received.link", token=token))
    try:
        if form.validate():
            taken, upload = receiving.take(found, item, visits.network())
            return stored.pdf(upload, "report" if taken.report else "transcript")
    except Refused as refused:
        form.refuse(refused)
    return _screen(_found(token), token, form, 409)


def _found(token: str) -> Transfer:
    return receiving.find(token) or abort(404)


def _name(found: Transfer) -> str:
    return f"{found.key}{found.round}"


def _opened() -> dict[str, int]:
    """What this browser may take now."""
    now = clock.seconds(clock.now())
    return {name: until for name, until in session.get(OPENED, {}).items() if until > now}


def _screen(found: Transfer, token: str, form: CodeForm, status: int = 200) -> Response:
    standing = receiving.standing(found)
    opened = standing == "open" and _name(found) in _opened()
    asked = found.asked is not None and found.asked > clock.now() - receiving.LIFE and found.wrong < receiving.WRONG
    return show(
        "transfers/link.html",
        status,
        form=form,
        found=found,
        token=token,
        standing=standing,
        opened=opened,
        asked=asked,
        address=emails.masked(found.email),
        documents=_documents(found) if opened else [],
        until=told.moment(found.ends) if found.ends else "",
        minutes=int(receiving.LIFE.total_seconds()) // 60,
    )


def _documents(found: Transfer) -> list[dict[str, object]]:
    """What was sent, with the code by which each can be verified, and whether it may still be taken."""
    shown = []
    for item in sending.items(found):
        report = item.report
        title = paper.report_title(report) if report else " ".join(paper.TITLE)
        record = (report or item.transcript).record
        school = " ".join(filter(None, (record.unit.english, record.unit.name)))
        facts = {"key": item.key, "title": title, "school": school, "valid": receiving.valid(found, item)}
        if report:
            facts |= {"code": verification_codes.grouped(report.code), "check": url_for("verify.scanned", token=report.token)}
        elif item.transcript.token:
            facts |= {"code": "", "check": url_for("received.transcript", token=item.transcript.token)}
        shown.append(facts)
    return shown


@bp.get("/transcripts/<token>")
@public("whoever was given a transcript may check it")
def transcript(token: str) -> Response:
    """What the school confirmed, as it is kept; a look changes nothing."""
    found = paper.by_token(verification_codes.clean(token)) or abort(404)
    lines = transcripts.lines(found)
    return show(
        "transfers/verified.html",
        found=found,
        rows=paper.rows(found),
        courses=paper.course_rows(lines),
        total=paper.total(lines),
        day=told.day(clock.shown(found.decided).date()),
        asked=told.moment(clock.now()),
    )
