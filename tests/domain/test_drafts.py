"""Answers so far are sealed, found by token or proved phone, and gone in time."""

from datetime import timedelta

from webapp.domain import drafts
from webapp.models.base import database
from webapp.models.journal import Draft

PHONE = "13800005678"


def begin(**told: object) -> tuple[Draft, str]:
    draft = drafts.begin("register")
    draft.token, token = drafts.new_token()
    drafts.keep(draft, **told)
    return draft, token


def test_a_draft_is_found_by_its_token_alone(world):
    draft, token = begin(name="林晓溪")
    assert drafts.answers(drafts.find("register", token)) == {"name": "林晓溪"}
    assert drafts.find("register", draft.token) is None
    assert drafts.find("claim", token) is None
    assert drafts.find("register", None) is None


def test_answers_are_sealed_and_can_be_taken_back(world):
    draft, token = begin(name="林晓溪", number="1", taken=True)
    drafts.keep(draft, taken=None)
    assert drafts.answers(drafts.find("register", token)) == {"name": "林晓溪", "number": "1"}
    (held,) = database.execute_sql("SELECT answers FROM draft").fetchone()
    assert "林" not in held and "name" not in held


def test_the_same_phone_proved_elsewhere_takes_the_answers_over(world):
    draft, token = begin(phone=PHONE, name="林晓溪")
    drafts.prove(draft, PHONE)
    other, other_token = begin(phone=PHONE)
    drafts.prove(other, PHONE)
    assert drafts.find("register", token) is None
    assert drafts.answers(drafts.find("register", other_token)) == {"phone": PHONE, "name": "林晓溪"}


def test_a_phone_that_was_only_typed_finds_nothing(world):
    begin(phone=PHONE, name="林晓溪")
    assert drafts.of_phone("register", PHONE) == []


def test_a_finished_draft_is_nobodys_to_take_over(world):
    draft, token = begin(phone=PHONE, name="林晓溪")
    drafts.prove(draft, PHONE)
    drafts.finish(draft, 1, timedelta(minutes=10))
    assert drafts.of_phone("register", PHONE) == []
    world.wait(minutes=11)
    assert drafts.find("register", token) is None


def test_drafts_whose_time_is_over_are_swept(world):
    draft, token = begin()
    world.wait(hours=72, seconds=1)
    assert drafts.find("register", token) is None
    assert drafts.sweep() == 1
