"""学校满意度 as the records office sees it: how often each score was given, ten answers at a time (R-BND-19)."""

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.domain import surveys
from webapp.domain.permissions import Can
from webapp.models import scope
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.survey_words import SHORT

bp = Blueprint("staff_surveys", __name__, url_prefix="/staff/surveys")


@bp.get("")
@allow(Can.CAMPAIGNS)
def index() -> Response:
    """Every school that the officer keeps, each with its last school years."""
    units = scope.schools(access.actor().where(Can.CAMPAIGNS))
    schools = [(unit, [_year(one) for one in surveys.results(unit)]) for unit in units]
    return show("staff/surveys/index.html", schools=schools, together=surveys.TOGETHER)


def _year(result: surveys.Result) -> dict[str, object]:
    rows = [(SHORT[name], votes, f"{surveys.mean(votes):.1f}") for name, votes in result.votes.items()]
    return {"year": result.year, "answers": result.answers, "rows": rows}
