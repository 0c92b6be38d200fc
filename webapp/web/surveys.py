"""学校满意度 as the student meets it: five scores, if one likes; nothing waits for them (R-BND-19, R-IMG-21)."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from webapp.domain import records, surveys
from webapp.domain.changes import overseas
from webapp.domain.permissions import Can
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form, scores
from webapp.web.page import go, show
from webapp.web.survey_words import QUESTIONS

bp = Blueprint("surveys", __name__, url_prefix="/survey")


class ScoreForm(Form):
    """A row of five for each question (below)."""


for _number, (_name, _words) in enumerate(QUESTIONS.items(), start=1):
    setattr(ScoreForm, _name, scores(_words, _number, surveys.SCORES))


@bp.get("")
@allow(Can.OWN_RECORD)
def survey() -> Response:
    return _page()


@bp.post("")
@allow(Can.OWN_RECORD)
def answer() -> Response:
    form = ScoreForm()
    if surveys.is_open() and form.validate_on_submit():
        surveys.answer(access.account(), {name: form[name].data for name in QUESTIONS})
        return go(url_for("surveys.survey"))
    return _page(form)


def _page(form: ScoreForm | None = None) -> Response:
    """The questions, or why there are none. Behind the gate, whose answer is the school's name, and not there while off."""
    account = access.account()
    if not surveys.is_open():
        abort(404)
    overseas.check(account)
    if records.gate_stands(account):
        return go(url_for("records.gate"))
    school = surveys.school(account)
    if school is None or surveys.answered(account, school):
        return show("surveys/over.html", school=school)
    return show("surveys/survey.html", 422 if form else 200, school=school, form=form or ScoreForm())
