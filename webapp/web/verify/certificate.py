"""零散查询: a name and a certificate number, answered with 一致 or 不一致 and nothing else (R-RPT-23). Off by default.

Not here: whose certificate may be compared (`domain/reports/comparing.py`).
"""

from datetime import datetime, timedelta

from flask import abort, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock, defaults
from webapp.domain.refused import Refused
from webapp.domain.reports import comparing
from webapp.web import captcha, visits
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.verify.blueprint import bp

SHOWN = timedelta(minutes=10)
"""For how long the answer to the last question stands on the page."""


class CompareForm(captcha.CaptchaFields, Form):
    BESIDE = dict.fromkeys(("certificate_empty", "certificate_format", "certificate_type", "certificate_level"), "certificate")

    certificate = StringField(_l("证书编号"))
    name = StringField(_l("姓名"))


@bp.get("/verify/certificate")
@public("the school opened it to strangers")
def certificate() -> Response:
    _is_open()
    held = session.get("compared") or {}
    fresh = held.get("at", 0) > clock.seconds(clock.now() - SHOWN)
    return _screen(CompareForm(), same=held["same"] if fresh else None, at=clock.moment(held["at"]) if fresh else None)


@bp.post("/verify/certificate", endpoint="compare")
@public("the school opened it to strangers")
def compare() -> Response:
    """The answer waits in the visit's signed cookie for the page that tells it: an address could be made up."""
    _is_open()
    form = CompareForm()
    if form.validate() and captcha.check(form):
        try:
            same = comparing.compare(form.certificate.data, form.name.data, visits.network())
            session["compared"] = {"same": same, "at": clock.seconds(clock.now())}
            return go(url_for("verify.certificate"))
        except Refused as refused:
            form.refuse(refused)
    return _screen(form, 422)


def _screen(form: CompareForm, status: int = 200, same: bool | None = None, at: datetime | None = None) -> Response:
    return show("verify/certificate.html", status, form=form, same=same, at=at)


def _is_open() -> None:
    if not defaults.value("rpt.scattered"):
        abort(404)
