"""What a code, or the token of a QR, answers: the verdict first, and for a valid report what its record says now (R-RPT-07).

Not here: verdicts (`domain/reports/verifying.py`), what is asked of who looks too often (`passes.py`).
"""

from collections.abc import Callable
from functools import partial

from flask import Response as File
from flask import abort, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import content, verifying
from webapp.domain.reports.verifying import Answer
from webapp.models import keys, report_by_code
from webapp.models.photos import Upload
from webapp.models.report_by_code import FoundReport
from webapp.web import captcha, language, stored, visits
from webapp.web.access import public
from webapp.web.page import go, show
from webapp.web.verify import asking, passes
from webapp.web.verify.blueprint import WHY, bp, host
from webapp.web.verify.passes import PinForm, SlowForm
from webapp.web.verify.words import said

STATUS = {"unknown": 404}
"""The status of a page by its verdict, where it is not 200."""

PHOTO_LIFE = 300
"""Seconds for which the address of a photo works: it is made with the page that shows it."""


@bp.get("/verify/<code>")
@public(WHY)
def code(code: str) -> Response:
    try:
        typed = verification_codes.read(code)
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)
    if verification_codes.kind(typed) == "receipt":
        return go(url_for("receipts.receipt", code=typed))
    return _look(typed, lambda: verifying.by_code(typed, "typed", visits.network(), proved=passes.proved()))


@bp.post("/verify/<code>", endpoint="open_code")
@public(WHY)
def open_by_code(code: str) -> Response:
    """The PIN of a report that has one, or the captcha after many look-ups."""
    try:
        typed = verification_codes.read(code)
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)
    return _open(typed, "typed", lambda: report_by_code.by_code(typed), url_for("verify.code", code=typed))


@bp.get("/v/<token>")
@public(WHY)
def scanned(token: str) -> Response:
    """The address in a QR: any phone's camera opens it."""
    return _look(token, lambda: verifying.by_token(token, visits.network(), proved=passes.proved()))


@bp.post("/v/<token>", endpoint="open_scanned")
@public(WHY)
def open_by_token(token: str) -> Response:
    return _open(token, "scanned", lambda: verifying.held_by(token), url_for("verify.scanned", token=token))


def _look(wanted: str, look: Callable[[], Answer]) -> Response:
    if passes.due(wanted):
        return _slow(SlowForm(), 429)
    answer = look()
    return screen(answer, PinForm() if answer.verdict == "pin" else None)


def _open(wanted: str, way: str, find: Callable[[], FoundReport | None], here: str) -> Response:
    if passes.due(wanted):
        return _solved(wanted, here)
    if "pin" not in request.form:  # a captcha that is not asked for any more
        return go(here)
    form = PinForm()
    if form.validate():
        try:
            kept = partial(verifying.answer, way=way, network=visits.network())
            if key := verifying.prove(find(), form.pin.data[: passes.LONGEST], kept):
                passes.remember(key)
            return go(here)
        except Refused as refused:
            form.refuse(refused, "pin")
    return pin_page(form)


def _solved(wanted: str, here: str) -> Response:
    form = SlowForm()
    if form.validate() and "pin" not in request.form and captcha.check(form):
        passes.grant(wanted)
        return go(here)
    return _slow(form, 422)


def _slow(form: SlowForm, status: int) -> Response:
    return show("verify/slow.html", status, form=form)


def pin_page(form: PinForm) -> Response:
    return show("verify/result.html", 422, verdict="pin", words=said("pin"), form=form, host=host())


def screen(answer: Answer, form: PinForm | None = None, **more: object) -> Response:
    """The page of a verdict. Nothing of the report is given to it unless that is valid."""
    facts = {"verdict": answer.verdict, "words": said(answer.verdict), "form": form, "host": host(), **more}
    if answer.found is not None and answer.verdict != "pin":
        facts["receipt"] = url_for("receipts.ask", code=answer.found.code)
    if answer.verdict == "valid":
        facts |= shown(answer.found)
    elif answer.verdict == "corrected":
        successor = verifying.successor(answer.found)
        facts["successor"] = successor and (successor, verification_codes.grouped(successor))
    elif answer.verdict == "expired":
        facts["code"] = answer.found.code
    return show("verify/result.html", STATUS.get(answer.verdict, 200), **facts)


def shown(found: FoundReport) -> dict[str, object]:
    """What the page of a valid report tells."""
    told, photo = found.report_language, "photo" in found.report_shows.split() and found.photo
    return {
        "code": found.code,
        "grouped": verification_codes.grouped(found.code),
        "told": "en" if told == "en" else "zh-CN",
        "name": content.title(found, told),
        "issuer": content.issuer(found, language.chosen()),
        "rows": content.rows(found, told, found.report_shows, found.english),
        "photo": url_for("verify.photo", ticket=_tickets().dumps(found.report_key)) if photo else "",
        "issued": found.report_issued,
        "ends": found.report_ends,
        "at": clock.now(),
    }


@bp.get("/verify/photo/<ticket>.jpg")
@public("the page of a valid report shows it to whoever has the code")
def photo(ticket: str) -> File:
    """The photo that the holder added, while the report is valid; the address is signed, for codes are not tried here."""
    try:
        key = _tickets().loads(ticket, max_age=PHOTO_LIFE)
    except BadSignature:
        abort(404)
    found = report_by_code.by_key(key)
    valid = found is not None and verifying.judge(found, proved=(key,), opened=True) == "valid"
    upload = Upload.by_key(found.photo) if valid and found.photo and "photo" in found.report_shows.split() else None
    return stored.picture(upload)


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys.secret("links"), salt="report photo")
