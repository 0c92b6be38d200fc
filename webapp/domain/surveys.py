"""学校满意度: five scores from a student for the own school, once a school year, if the student likes (R-BND-19, R-IMG-21).

Answers are added up and forgotten. Not here: 个人测评 (`assessment.py`), which nobody but the student sees.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from webapp.domain import defaults, records
from webapp.domain.enrolment import years
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.school import Unit
from webapp.models.surveys import Answered, Survey

QUESTIONS = ("overall", "teaching", "campus", "life", "service")

SCORES = 5
"""The best score; 1 is the worst."""

TOGETHER = 10
"""Answers that the office gets to see at once: from two looks nobody can tell what one student said."""

KEPT = 5
"""School years that the office looks back on."""


class Result(NamedTuple):
    """A school year as the office sees it. `votes`: question → how often each score was given; empty below `TOGETHER`."""

    year: int
    answers: int
    votes: dict[str, list[int]]


def is_open() -> bool:
    """Did whoever keeps the site switch it on?"""
    return defaults.value("mod.satisfaction")


def school(account: Account) -> Unit | None:
    """Where the holder studies now; of several schools the one of the newest level."""
    return next((one.unit for one in records.mine(account) if one.kind == "enrolment" and one.left_on is None), None)


def answered(account: Account, unit: Unit) -> bool:
    """Has the holder answered this school year?"""
    now = (Survey.unit == unit) & (Survey.year == years.this_year())
    return Answered.select().join(Survey).where(now & (Answered.account == account)).exists()


def waits_for(account: Account) -> bool:
    """Is it there for this holder, and not answered yet? Nothing else ever waits."""
    return is_open() and (unit := school(account)) is not None and not answered(account, unit)


def answer(account: Account, scores: Mapping[str, int]) -> None:
    """Add the holder's five scores to the votes; sent twice, the first stands.

    Raises Refused: survey_closed, survey_no_school, survey_scores.
    """
    unit = school(account)
    if not is_open():
        raise Refused("survey_closed")
    if unit is None:
        raise Refused("survey_no_school")
    if set(scores) != set(QUESTIONS) or not all(1 <= score <= SCORES for score in scores.values()):
        raise Refused("survey_scores")
    with transaction():
        survey = _this_years(unit).locked()
        if not Answered.select().where((Answered.survey == survey) & (Answered.account == account)).exists():
            Answered.create(survey=survey, account=account)
            _count(survey, scores)


def results(unit: Unit) -> list[Result]:
    """The newest school years of a school, as far as the office may see them."""
    newest = Survey.select().where(Survey.unit == unit).order_by(Survey.year.desc()).limit(KEPT)
    return [Result(one.year, one.answers - one.answers % TOGETHER, json.loads(one.shown)) for one in newest]


def mean(votes: Sequence[int]) -> float:
    """The mean score of one question, 1.0 to 5.0; somebody has voted."""
    return sum(score * many for score, many in enumerate(votes, start=1)) / sum(votes)


def _this_years(unit: Unit) -> Survey:
    """The votes of the running school year; with its first one it is forgotten who answered in those before."""
    year = years.this_year()
    if Survey.insert(unit=unit, year=year).on_conflict_ignore().as_rowcount().execute():
        before = Survey.select(Survey.id).where((Survey.unit == unit) & (Survey.year < year))
        Answered.delete().where(Answered.survey.in_(before)).execute()
    return Survey.get((Survey.unit == unit) & (Survey.year == year))


def _count(survey: Survey, scores: Mapping[str, int]) -> None:
    votes = json.loads(survey.votes) or {question: [0] * SCORES for question in QUESTIONS}
    for question, score in scores.items():
        votes[question][score - 1] += 1
    survey.votes, survey.answers = json.dumps(votes), survey.answers + 1
    if survey.answers % TOGETHER == 0:
        survey.shown = survey.votes
    survey.save()
