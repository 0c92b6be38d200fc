"""核验回执: asked for on the page of an answer, made by a job, fetched and checked by its own code (R-RPT-27).

Not here: what it puts down (`domain/reports/receipts.py`).
"""

import io

import segno
from flask import Blueprint, Response, abort, current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from webapp.domain import defaults, limits
from webapp.domain.identity import verification_codes
from webapp.domain.refused import Refused
from webapp.domain.reports import content, receipts
from webapp.domain.reports.verifying import Answer
from webapp.models.verifications import CheckReceipt
from webapp.web import captcha, language, paper, stored, told, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.verify import asking, passes
from webapp.web.verify.blueprint import WHY, host, keep_out
from webapp.web.verify.words import SHORT

bp = Blueprint("receipts", __name__, url_prefix="/verify")
bp.after_request(keep_out)

PART = 16
"""Characters of a fingerprint between two spaces, so that two can be compared by eye."""


class BusyForm(captcha.CaptchaFields, Form):
    """What a network answers that took many receipts today."""


@bp.get("/<code>/receipt")
@public(WHY)
def ask(code: str) -> AnyResponse:
    """What a receipt is, and its button; nothing is looked up yet."""
    try:
        typed = verification_codes.read(code)
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)
    return _ask(typed, _form())


@bp.post("/<code>/receipt")
@public(WHY)
def issue(code: str) -> AnyResponse:
    try:
        typed = verification_codes.read(code)
    except Refused as refused:
        return asking.mistyped(code[: passes.LONGEST], refused)
    form, here = _form(), visits.network()
    if form.validate() and (not isinstance(form, BusyForm) or captcha.check(form)):
        try:
            made = receipts.issue(typed, here, _words, passes.proved())
            limits.note("receipt:network", here)
            return go(url_for("receipts.receipt", code=made.code))
        except Refused as refused:
            form.refuse(refused)
    return _ask(typed, form, 422)


@bp.get("/receipts/<code>")
@public("whoever has a receipt may check it")
def receipt(code: str) -> AnyResponse:
    """What a receipt with this code says: the same that stands in its file, and nothing of a person."""
    found = _found(code)
    return show(
        "verify/receipt.html", receipt=found, rows=_rows(found), number=verification_codes.grouped(found.code), host=host()
    )


@bp.get("/receipts/<code>/progress")
@public("whoever has a receipt may check it")
def progress(code: str) -> AnyResponse:
    """The moving part while it is made."""
    found = _found(code)
    place = url_for("receipts.receipt", code=found.code)
    return swap("verify/_receipt_progress.html", place, receipt=found) if found.pdf == "waiting" else leave(place)


@bp.get("/receipts/<code>/file")
@public("whoever has a receipt may fetch it")
def file(code: str) -> Response:
    found = _found(code)
    return stored.pdf(found.upload, f"receipt-{found.code}")


def _form() -> Form:
    return BusyForm() if limits.used_up("receipt:network", visits.network()) else Form()


def _ask(code: str, form: Form, status: int = 200) -> Response:
    return show("verify/receipt_ask.html", status, form=form, code=code, grouped=verification_codes.grouped(code))


def _found(code: str) -> CheckReceipt:
    try:
        return receipts.find(verification_codes.read(code)) or abort(404)
    except Refused:
        abort(404)


def _rows(receipt: CheckReceipt, title: str = "") -> list[tuple[str, str]]:
    """What a receipt says, on the screen and on paper."""
    rows = [
        (_("核验时间"), told.moment(receipt.at)),
        (_("在线验证码"), verification_codes.grouped(receipt.asked)),
        (_("当时的结果"), str(SHORT[receipt.verdict][1])),
        (_("当时所见内容的 SHA-256"), " ".join(receipt.shown[n : n + PART] for n in range(0, len(receipt.shown), PART))),
        (_("查验网站"), f"{defaults.site(language.chosen())['name']} {host()}"),
    ]
    return [*rows[:2], (_("报告"), title), *rows[2:]] if title else rows


def _words(receipt: CheckReceipt, answer: Answer) -> dict[str, object]:
    """The paper, in the language of who asks for it."""
    address = current_app.config["SETTINGS"].url.rstrip("/") + url_for("receipts.receipt", code=receipt.code)
    qr = io.BytesIO()
    segno.make(address, error="m", micro=False).save(qr, kind="svg", scale=4, border=0)
    title = content.title(answer.found, language.chosen()) if answer.verdict == "valid" else ""
    return paper.of(
        defaults.site(language.chosen())["name"],
        _("核验回执"),
        rows=_rows(receipt, title),
        number=(_("回执编号"), verification_codes.grouped(receipt.code)),
        notes=[
            _("这张回执只说明在上面的时间查过这个验证码，得到上面的结果；报告现在是否有效，以网站上再查的结果为准。"),
            _("在查验网站输入回执编号，或者扫右上方的码，可以核对这张回执。权属人会看到开具过一张回执。"),
        ],
        qr=qr.getvalue().decode(),
        qr_says=_("扫码核对回执"),
    )
