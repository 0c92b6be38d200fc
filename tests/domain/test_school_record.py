"""What the claimant knows of the own record, the code to the school's phone, and when a person decides instead."""

from datetime import date

import pytest

from tests.domain.test_duplicates import fresh, new, old, party, used  # noqa: F401 (fixtures)
from tests.people import make_account
from tests.web.test_records import diploma
from webapp.domain import limits
from webapp.domain.duplicates import cases, school_record
from webapp.domain.duplicates.school_record import Answers, Certificate
from webapp.domain.refused import Refused
from webapp.models.duplicates import Submission
from webapp.models.records import Record

RIGHT = Answers("云溪职业技术学院", "2026010101", "2026", "bachelor")
ROSTER = "13800007777"


@pytest.fixture
def phone(school):
    """The school knows a phone of hers."""
    record = Record.by_key(school.record("林晓溪").key)
    record.phone = ROSTER
    record.save()
    return ROSTER


@pytest.mark.req("DUP-19")
@pytest.mark.parametrize(
    "wrong",
    [
        {"school": "云溪大学"},
        {"student_number": "2026010102"},
        {"year": "2025"},
        {"level": "college"},
    ],
)
def test_one_wrong_answer_is_refused_and_it_is_not_told_which(party, wrong):  # noqa: F811
    given = {"school": RIGHT.school, "student_number": RIGHT.student_number, "year": RIGHT.year, "level": RIGHT.level}
    with pytest.raises(Refused) as no:
        school_record.answer(party, Answers(**given | wrong))
    assert (no.value.code, no.value.facts) == ("record_differs", {"left": 4})


@pytest.mark.req("DUP-19")
def test_the_sixth_try_of_a_day_is_refused_even_when_it_is_right(party, world):  # noqa: F811
    for _ in range(5):
        with pytest.raises(Refused, match="record_differs"):
            school_record.answer(party, Answers("云溪", "1", "2026", "bachelor"))
    with pytest.raises(Refused, match="record_tries"):
        school_record.answer(party, RIGHT)
    world.wait(hours=25)
    assert school_record.answer(party, RIGHT) == "done"


@pytest.mark.req("DUP-19", "DUP-21")
def test_right_answers_are_enough_where_nobody_used_the_other_account(party, old, world):  # noqa: F811
    spelt = Answers("Yunxi Polytechnic", " ２０２６０１０１０１ ", "2026", "bachelor")
    assert school_record.answer(party, spelt) == "done"
    assert limits.left("record:account", party.account.key) == 5
    world.wait(seconds=31)
    assert (fresh(old).state, fresh(party.account).state, Submission.get().state) == ("archived", "active", "approved")


@pytest.mark.req("DUP-19", "DUP-20")
def test_against_an_account_in_use_a_person_decides(party, old, world):  # noqa: F811
    used(old)
    assert school_record.answer(party, RIGHT) == "review"
    world.wait(hours=80)
    assert (fresh(party.claim).state, Submission.get().way, fresh(old).state) == ("waiting", "record", "active")
    with pytest.raises(Refused, match="claim_waiting"):
        school_record.answer(party, RIGHT)


@pytest.mark.req("DUP-19", "DUP-20")
def test_a_right_code_to_the_schools_phone_decides_and_the_holder_has_three_days(party, old, phone, world):  # noqa: F811
    used(old)
    with pytest.raises(Refused, match="record_first"):
        school_record.ask_code(party, "192.0.2.0/24", "zh")
    assert school_record.answer(party, RIGHT) == "code"
    school_record.ask_code(party, "192.0.2.0/24", "zh")
    with pytest.raises(Refused, match="code_wrong"):
        school_record.prove(party, "000000")
    assert school_record.prove(party, world.code(phone)) == "done"
    world.wait(hours=71)
    assert fresh(old).state == "active"
    world.wait(hours=2)
    assert (fresh(old).state, fresh(party.account).state) == ("archived", "active")


@pytest.mark.req("DUP-22")
def test_where_two_claim_it_a_person_decides(party, school, phone):  # noqa: F811
    cases.open_or_join(make_account(school.record("林晓溪"), "13800003333", state="duplicate"))
    assert school_record.answer(party, RIGHT) == "review"


def test_right_answers_hold_for_an_hour(party, old, phone, world):  # noqa: F811
    used(old)
    school_record.answer(party, RIGHT)
    world.wait(minutes=61)
    with pytest.raises(Refused, match="record_first"):
        school_record.phone(party)


@pytest.fixture
def graduated(school):
    """Her certificate, of which the school knows no phone."""
    return diploma(school, school.record("林晓溪"), certificate="999995202606000001", graduated_on=date(2026, 6, 30))


GRADUATED = Certificate("NO.999995202606000001", "云溪职业技术学院", "2026")


@pytest.mark.req("DUP-19")
def test_who_has_graduated_answers_from_the_certificate(party, old, graduated, world):  # noqa: F811
    assert school_record.answer(party, GRADUATED) == "done"
    world.wait(seconds=31)
    assert (fresh(old).state, fresh(party.account).state) == ("archived", "active")


@pytest.mark.req("DUP-19")
@pytest.mark.parametrize("wrong", [{"number": "999995202606000002"}, {"number": ""}, {"school": "云溪"}, {"year": "2025"}])
def test_one_wrong_answer_about_the_certificate_is_refused(party, graduated, wrong):  # noqa: F811
    given = {"number": GRADUATED.number, "school": GRADUATED.school, "year": GRADUATED.year} | wrong
    with pytest.raises(Refused, match="record_differs"):
        school_record.answer(party, Certificate(**given))


@pytest.mark.req("DUP-19")
def test_the_phone_of_the_enrolment_serves_the_certificate(party, old, phone, graduated):  # noqa: F811
    used(old)
    assert school_record.answer(party, GRADUATED) == "code"
    assert school_record.phone(party) == phone
