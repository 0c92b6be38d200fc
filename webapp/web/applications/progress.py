"""申请进度查询: 申请单编号 and 申请人手机号 tell how far an application is, and nothing else (R-CRT-37).

A wrong phone and a number that does not exist get one answer. Not here: what counts as right (`inquiring.py`).
"""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import clock
from webapp.domain.certification import inquiring
from webapp.domain.certification.inquiring import Answer
from webapp.domain.refused import Refused
from webapp.web import captcha, told, visits
from webapp.web import certification_words as every
from webapp.web.access import public
from webapp.web.applications.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show

WHY = "whoever applied may ask without logging in"

ASKED = "progress"
"""In the visit: the last answer, with the moment of its question."""

SHOWN = 600
"""Seconds for which the answer to the last question stands on the page."""


class ProgressForm(captcha.CaptchaFields, Form):
    number = StringField(_l("申请单编号"))
    phone = StringField(_l("申请人手机号"))


@bp.get("/progress")
@public(WHY)
def progress() -> Response:
    held = session.get(ASKED) or {}
    return _screen(ProgressForm(), held if held.get("at", 0) > clock.seconds(clock.now()) - SHOWN else {})


@bp.post("/progress", endpoint="ask_progress")
@public(WHY)
def ask() -> Response:
    """The answer waits in the visit's signed cookie for the page that tells it: an address would keep the number."""
    form, network = ProgressForm(), visits.network()
    if form.validate() and (not inquiring.is_busy(network) or captcha.check(form)):
        try:
            answer = inquiring.progress(form.number.data, form.phone.data, network)
            session[ASKED] = {"at": clock.seconds(clock.now()), "answer": answer}
            return go(url_for("applications.progress"))
        except Refused as refused:
            form.refuse(refused)
    return _screen(form, {}, 422)


def _screen(form: ProgressForm, held: dict, status: int = 200) -> Response:
    return show(
        "applications/progress.html",
        status,
        form=form,
        busy=inquiring.is_busy(visits.network()),
        at=told.moment(clock.moment(held["at"])) if held else "",
        answer=_words(Answer(*held["answer"])) if held.get("answer") else None,
    )


def _words(answer: Answer) -> tuple[str, list[str]]:
    items = ["checking" if state == "second" else state for state in answer.items]
    return str(every.STATES[answer.state][1]), [str(every.ITEMS[state][1]) for state in items]
