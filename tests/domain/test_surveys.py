"""学校满意度: votes without voters, ten at a time, once a school year; 个人测评, which is worked out and kept nowhere."""

import json

import pytest

from tests.people import School, make_account
from tests.world import World
from webapp.domain import assessment, defaults, records, surveys
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.surveys import Answered, Survey

FINE = dict.fromkeys(surveys.QUESTIONS, 4)


@pytest.fixture
def students(school: School) -> list[Account]:
    defaults.change("mod.satisfaction", True, SYSTEM)
    made = [make_account(record, f"138000{n:05}") for n, record in enumerate(school.records)]
    for account in made:
        records.bind(account)
    return made


@pytest.mark.req("BND-19")
def test_the_office_sees_votes_ten_answers_at_a_time_and_no_voter(students: list[Account], school: School) -> None:
    for n, account in enumerate(students[:9]):
        surveys.answer(account, FINE | {"life": 1 + n % 2})
    assert [(one.answers, one.votes) for one in surveys.results(school.unit)] == [(0, {})]
    surveys.answer(students[9], FINE)
    surveys.answer(students[10], FINE | {"life": 5})
    (seen,) = surveys.results(school.unit)
    assert (seen.answers, seen.votes["life"], seen.votes["campus"]) == (10, [5, 4, 0, 1, 0], [0, 0, 0, 10, 0])
    assert surveys.mean(seen.votes["life"]) == 1.7
    assert set(Answered._meta.fields) == {"id", "survey", "account"}
    assert json.loads(Survey.get().votes)["life"] == [5, 4, 0, 1, 1]


@pytest.mark.req("BND-19")
def test_an_answer_counts_once_a_school_year_and_who_gave_it_is_forgotten_in_the_next(
    students: list[Account], school: School, world: World
) -> None:
    me, other = students[:2]
    surveys.answer(me, FINE)
    surveys.answer(me, dict.fromkeys(surveys.QUESTIONS, 1))
    assert (Survey.get().answers, surveys.answered(me, school.unit)) == (1, True)
    world.wait(days=365)
    assert not surveys.answered(me, school.unit) and surveys.waits_for(me)
    surveys.answer(other, FINE)
    assert [one.account_id for one in Answered.select()] == [other.id]
    assert [one.answers for one in Survey.select().order_by(Survey.year)] == [1, 1]


@pytest.mark.req("BND-19")
def test_what_is_no_answer_is_refused(students: list[Account], school: School) -> None:
    me = students[0]
    for scores in ({}, FINE | {"life": 6}, FINE | {"life": 0}, FINE | {"other": 3}):
        with pytest.raises(Refused, match="survey_scores"):
            surveys.answer(me, scores)
    Record.update(account=None).where(Record.account == me).execute()
    with pytest.raises(Refused, match="survey_no_school"):
        surveys.answer(me, FINE)
    defaults.change("mod.satisfaction", False, SYSTEM)
    with pytest.raises(Refused, match="survey_closed"):
        surveys.answer(students[1], FINE)
    assert not Survey.select().exists()


@pytest.mark.req("BND-19")
def test_statements_add_up_to_six_kinds_strongest_first() -> None:
    found = assessment.weigh([1, 5, 1, 3, 1, 1, 1, 5, 1, 4, 1, 1])
    assert [(one.kind, one.points) for one in found[:2]] == [("investigative", 10), ("social", 7)]
    assert [one.points for one in found[2:]] == [2, 2, 2, 2] and assessment.MOST == 10
