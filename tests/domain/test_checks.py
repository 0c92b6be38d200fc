"""Who is to check until when, which records are whose, and the clock that stops for who is kept out."""

import json
from datetime import date, timedelta

import pytest

from tests.people import School, make_account
from tests.world import World
from webapp.domain import checks, clock, no_record, records, windows
from webapp.domain.identity import names
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.checks import Check, NoRecord
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.school import Campaign, Unit

XI = "林晓溪"


def campaign(school: School, **more: object) -> Campaign:
    facts = {"unit": school.unit, "title": "第二批", "starts": clock.today(), "ends": clock.today(), "created": clock.now()}
    return Campaign.create(**{**facts, **more})


@pytest.mark.req("CHK-01")
@pytest.mark.parametrize(
    ("scope", "count"),
    [
        ({}, 12),
        ({"grades": [2026]}, 12),
        ({"grades": [2025, 2024]}, 0),
        ({"grades": [2025, 2026], "levels": ["bachelor"]}, 12),
        ({"levels": ["top_up"]}, 0),
        ({"majors": ["计算机应用技术"]}, 12),
        ({"student_numbers": ["2026010101", "2026010105"]}, 2),
    ],
)
def test_a_scope_chooses_records(school: School, scope: dict, count: int) -> None:
    made = campaign(school, scope=json.dumps(scope))
    assert checks.enrol(made) == count
    assert checks.enrol(made) == 0


@pytest.mark.req("CHK-01", "CHK-11")
def test_a_class_is_chosen_by_its_key_and_the_exempt_stay_out(school: School) -> None:
    record = school.record(XI)
    Record.update(exempt="休学").where(Record.id == record.id).execute()
    made = campaign(school, scope=json.dumps({"classes": [record.klass.key]}))
    assert checks.enrol(made) == 4
    assert Check.get((Check.campaign == made) & (Check.record == record)).state == "exempt"
    assert Check.select().where((Check.campaign == made) & (Check.state == "unseen")).count() == 3


def test_another_schools_records_are_out_of_scope(school: School) -> None:
    other = Unit.create(name="云水大学", short="云水", seal="水", code="99998", province="33", created=clock.now())
    assert checks.enrol(campaign(school, unit=other)) == 0


def test_a_roster_enrols_into_every_campaign_that_is_not_closed(school: School) -> None:
    campaign(school)
    campaign(school, closed=True)
    assert checks.enrol_unit(school.unit) == 12


@pytest.mark.req("CHK-01")
def test_a_cohort_without_a_date_waits(school: School) -> None:
    made = campaign(school, starts=None, ends=None, scope=json.dumps({"levels": ["top_up"]}))
    assert checks.phase(made) == "undated"
    assert windows.later([school.campaign, made]) == ["top_up"]


@pytest.mark.req("CHK-17")
@pytest.mark.parametrize(("before", "days", "moved"), [(0, 0, 1), (0, 2, 3), (4, 3, 4), (5, 2, 0)])
def test_the_deadline_moves_by_the_days_on_which_the_student_was_kept_out(
    school: School, world: World, before: int, days: int, moved: int
) -> None:
    record = school.record(XI)
    last = school.campaign.ends
    world.wait(days=before)
    checks.hold([record], "no_record")
    world.wait(days=days)
    assert checks.deadline(Check.get(Check.record == record)) == last + timedelta(days=moved)
    checks.release(record)
    check = Check.get(Check.record == record)
    assert (check.held, check.held_days, checks.deadline(check)) == ("", moved, last + timedelta(days=moved))


@pytest.mark.req("CHK-17")
def test_days_before_the_window_are_not_given_back(school: School, world: World) -> None:
    Campaign.update(starts=clock.today() + timedelta(days=3)).execute()
    record = school.record(XI)
    checks.hold([record], "no_record")
    world.wait(days=1)
    checks.release(record)
    assert Check.get(Check.record == record).held_days == 0


@pytest.mark.req("CHK-17", "BND-09")
def test_an_answered_note_lets_the_clock_go_on(school: School, world: World) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    Account.update(identity_index="x" * 43).execute()
    note = no_record.tell(Account.get(), "", "2026010101")
    assert (note.reason, note.record_id) == ("document", record.id)
    world.wait(days=1)
    no_record.answer(note, SYSTEM, school.staff("ni"), "证件号码已改正")
    check = Check.get(Check.record == record)
    assert (check.held, check.held_days) == ("", 2)
    assert (NoRecord.get().state, NoRecord.get().answer) == ("answered", "证件号码已改正")
    assert no_record.newest(account).state == "answered"


@pytest.mark.req("BND-09")
def test_a_strangers_number_stops_nobodys_clock(school: School, world: World) -> None:
    account = make_account(school.record(XI), "13800000001")
    Account.update(identity_index="x" * 43, name="王芳", name_compare="王芳").execute()
    note = no_record.tell(Account.get_by_id(account.id), "", "2026010102")
    assert (note.reason, note.record, note.unit) == ("not_reported", None, school.unit)
    assert Check.select().where(Check.held != "").count() == 0


@pytest.mark.req("BND-08", "BND-09")
def test_where_there_are_several_schools_every_note_finds_one_that_reads_it(school: School, world: World) -> None:
    unit = {"name": "霁川大学", "short": "霁川", "seal": "霁", "code": "99998", "province": "33", "created": clock.now()}
    Unit.create(**unit)
    account = make_account(school.record(XI), "13800000001")
    assert no_record.tell(account, "", "").unit == school.unit
    NoRecord.delete().execute()
    Account.update(identity_index="x" * 43, name="王芳", name_compare="王芳").execute()
    stranger = Account.get_by_id(account.id)
    with pytest.raises(Refused, match="no_record_school"):
        no_record.tell(stranger, "云溪", "")
    assert no_record.tell(stranger, "霁川大学", "").unit.code == "99998"


@pytest.mark.req("BND-09")
def test_graduates_before_1991_are_named_as_such_to_the_office(school: School, world: World) -> None:
    record = school.record(XI)
    Record.update(left_on=date(1989, 7, 1), graduated_on=date(1989, 7, 1)).where(Record.id == record.id).execute()
    account = make_account(record, "13800000001")
    assert records.bind(account) == []
    assert no_record.tell(account, "", "").reason == "before_1991"


def test_a_record_found_after_all_is_released(school: School, world: World) -> None:
    record = school.record(XI)
    account = make_account(record, "13800000001")
    wrong = names.compare("林小溪")
    Account.update(name="林小溪", name_compare=wrong).execute()
    no_record.tell(Account.get(), "", "")
    Account.update(name=record.name, name_compare=record.name_compare).execute()
    assert len(records.bind(Account.get_by_id(account.id))) == 1
    assert Check.get(Check.record == record).held == ""
    assert Event.select().where(Event.action == "record.bind").count() == 1


@pytest.mark.req("BND-02")
def test_fifteen_and_eighteen_digits_are_one_person_and_a_namesake_is_not(school: School, world: World) -> None:
    account = make_account(school.record(XI), "13800000001")
    Record.update(name_compare=account.name_compare).where(Record.id == school.record("何苗").id).execute()
    assert [record.name for record in records.bind(account)] == [XI]


@pytest.mark.req("BND-02")
def test_a_record_of_an_archived_account_is_free_again(school: School, world: World) -> None:
    record = school.record(XI)
    old = make_account(record, "13800000001")
    records.bind(old)
    Account.update(state="archived").where(Account.id == old.id).execute()
    new = make_account(record, "13800000002")
    assert [found.id for found in records.bind(new)] == [record.id]
    assert records.bind(old) == []


def test_ten_searches_by_certificate_end_the_day(school: School, world: World) -> None:
    account = make_account(school.record(XI), "13800000001")
    for _ in range(10):
        with pytest.raises(Refused, match="record_not_matched"):
            records.bind_by_certificate(account, "982456", 1998, "云溪职业技术学院")
    with pytest.raises(Refused, match="manual_tries"):
        records.bind_by_certificate(account, "982456", 1998, "云溪职业技术学院")
