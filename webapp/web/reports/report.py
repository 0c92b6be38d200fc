"""One report: its code and QR, its PDF, what there is to do with it, and who looked at it (R-RPT-09 to 14)."""

from collections.abc import Callable

import segno
from flask import Response as File
from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import RadioField

from webapp.domain import defaults
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import comparing, holding, issuing, mailing, requests
from webapp.models.reports import OnlineReport
from webapp.web import access, stored, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, leave, show, swap
from webapp.web.reports import words as own_words
from webapp.web.reports.blueprint import bp, called, number, own, written_in
from webapp.web.reports.making import EXTRAS


class ExtendForm(Form):
    months = RadioField(_l("从今天起几个月"), coerce=number, validate_choice=False)


@bp.get("/reports/<key>")
@allow(Can.OWN_RECORD)
def report(key: str) -> Response:
    return screen(own(key))


def screen(found: OnlineReport, form: Form | None = None, status: int = 200) -> Response:
    """The page of a report; `form` says above it why something could not be done."""
    standing = holding.standing(found)
    extension = form if isinstance(form, ExtendForm) else ExtendForm()
    longer = holding.longer(found) if found.state == "active" else []
    extension.months.choices = choices((str(n), ngettext("%(num)s 个月", "%(num)s 个月", n)) for n, _last in longer)
    return show(
        "reports/report.html",
        status,
        report=found,
        form=form or extension,
        extension=extension,
        longer=longer,
        until={str(n): _("到 %(day)s", day=told.day(last)) for n, last in longer},
        months=issuing.usual(),
        compares=defaults.value("rpt.scattered") and found.kind == "qualification",
        standing=standing,
        theirs=holding.is_theirs(found),
        pill=own_words.STATES[standing],
        name=called(found.kind),
        language=written_in(found.language),
        extras=[EXTRAS[one] for one in found.shows.split()],
        code=verification_codes.grouped(found.code) if standing not in holding.UNTOLD else "",
        qr=_qr(found) if standing in ("active", "soon") else "",
        host=current_app.config["SETTINGS"].host,
        requests=requests.of(found),
        looks=holding.looks(found, request.args.get("page", 1, int)),
        mails=mailing.of(found),
        words=own_words,
    )


def _qr(found: OnlineReport) -> Markup:
    """The address that a phone's camera opens, as a picture in the page."""
    url = current_app.config["SETTINGS"].url.rstrip("/")
    code = segno.make(url + url_for("verify.scanned", token=found.token), error="m", micro=False)
    return Markup(code.svg_inline(scale=4, border=4, light="#fff"))  # noqa: S704 (drawn here, from letters and digits)


@bp.get("/reports/<key>/progress")
@allow(Can.OWN_RECORD)
def progress(key: str) -> Response:
    """The part that moves: asked for every second, until the PDF is there or cannot be."""
    found, place = own(key), url_for("reports.report", key=key)
    return swap("reports/_progress.html", place, report=found) if found.pdf == "waiting" else leave(place)


@bp.get("/reports/<key>/pdf")
@allow(Can.OWN_RECORD)
def pdf(key: str) -> File:
    """The file; not any more for who was found not to be whose record it is."""
    found = own(key)
    return stored.pdf(found.upload if holding.is_theirs(found) else None, "report")


@bp.post("/reports/<key>/extend")
@allow(Can.OWN_RECORD)
def extend(key: str) -> Response:
    """延长验证有效期: the months come from a choice, or with the one button of a reminder."""
    found, form = own(key), ExtendForm()
    try:
        if form.validate():
            issuing.extend(found, access.actor(), form.months.data or 0)
            return go(url_for("reports.report", key=key))
    except Refused as refused:
        form.refuse(refused)
    return screen(own(key), form, 422)


@bp.post("/reports/<key>/close")
@allow(Can.OWN_RECORD)
def close(key: str) -> Response:
    return _moved(key, issuing.close)


@bp.post("/reports/<key>/reopen")
@allow(Can.OWN_RECORD)
def reopen(key: str) -> Response:
    return _moved(key, issuing.reopen)


@bp.post("/reports/<key>/compare")
@allow(Can.OWN_RECORD)
def compare(key: str) -> Response:
    """May strangers compare name and certificate number with this report (R-RPT-23)?"""
    allowed = request.form.get("allowed") == "yes"
    return _moved(key, lambda found, actor: comparing.allow(found, actor, allowed))


def _moved(key: str, move: Callable[[OnlineReport, Actor], OnlineReport]) -> Response:
    found, form = own(key), Form()
    try:
        if form.validate():
            move(found, access.actor())
            return go(url_for("reports.report", key=key))
    except Refused as refused:
        form.refuse(refused)
    return screen(own(key), form, 409)
