"""个人测评: twelve statements, and what they say; seen by the student alone, kept nowhere (R-BND-19).

The answer to the form is the result itself: there is nothing to go to afterwards, and nothing of it stands in an address.
"""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from webapp.domain import assessment, defaults
from webapp.domain.permissions import Can
from webapp.web.access import allow
from webapp.web.assessment_words import KINDS, STATEMENTS
from webapp.web.forms import Form, scores
from webapp.web.page import show

bp = Blueprint("assessment", __name__, url_prefix="/assessment")


class StatementForm(Form):
    """A row of five for each statement (below)."""


for _place, _words in enumerate(STATEMENTS):
    setattr(StatementForm, f"statement_{_place}", scores(_words, _place + 1, assessment.SCORES))


@bp.get("")
@allow(Can.OWN_RECORD)
def questions() -> Response:
    return _questions(StatementForm())


@bp.post("")
@allow(Can.OWN_RECORD)
def result() -> Response:
    form = StatementForm()
    if not form.validate_on_submit():
        return _questions(form, 422)
    _only_while_on()
    leanings = assessment.weigh([form[f"statement_{place}"].data for place in range(assessment.STATEMENTS)])
    return show("assessment/result.html", leanings=[(*KINDS[one.kind], one.points) for one in leanings], most=assessment.MOST)


def _questions(form: StatementForm, status: int = 200) -> Response:
    _only_while_on()
    return show("assessment/questions.html", status, form=form)


def _only_while_on() -> None:
    if not defaults.value("mod.assessment"):
        abort(404)
