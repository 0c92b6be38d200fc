"""An open case stops the clock of the self-check: by whole days, once, and for nobody who may check (R-CHK-17)."""

from datetime import date

import pytest

from tests.people import School, make_account
from tests.world import World
from webapp.domain import checks, records
from webapp.domain.duplicates import cases, effect, pauses
from webapp.domain.permissions import SYSTEM, student
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.duplicates import Claim
from webapp.models.records import Record


@pytest.fixture
def record(school: School) -> Record:
    make_account(school.record("林晓溪"), "13800001111")
    return school.record("林晓溪")


@pytest.fixture
def claimant(record: Record) -> Account:
    account = make_account(record, "13800002222", state="duplicate")
    cases.open_or_join(account)
    return account


def check(record: Record) -> Check:
    return Check.get(Check.record == record)


def last_day(record: Record) -> date:
    return checks.deadline(check(record))


@pytest.mark.req("CHK-17")
def test_days_of_an_open_case_move_the_deadline_and_the_board_says_why(
    world: World, school: School, record: Record, claimant: Account
) -> None:
    pauses.sweep()
    assert (check(record).held, Check.select().where(Check.held != "").count()) == ("claim", 1)
    world.wait(days=2)
    effect.approve(Claim.get(), SYSTEM, cases.of(claimant), "record")
    world.wait(minutes=2)
    records.bind(Account.get_by_id(claimant.id))
    pauses.sweep()
    assert (Claim.get().state, check(record).held, check(record).held_days) == ("done", "", 3)
    assert (last_day(record) - school.campaign.ends).days == 3


@pytest.mark.req("CHK-17")
def test_a_case_that_is_left_lets_the_clock_go_on_and_gives_a_day_once(world: World, record: Record, claimant: Account) -> None:
    for _ in range(3):
        pauses.sweep()
        cases.withdraw(claimant)
        pauses.sweep()
        assert (check(record).held, check(record).held_days) == ("", 1)
        cases.open_or_join(claimant)
    world.wait(days=1)
    pauses.sweep()
    assert check(record).held == "claim"


@pytest.mark.req("CHK-17", "DUP-22")
def test_the_holder_who_may_check_is_held_up_by_nobodys_case(world: World, record: Record, claimant: Account) -> None:
    holder = Account.get(Account.state == "active")
    records.bind(holder)
    pauses.sweep()
    records.look(records.find(record.key, holder, student(holder.key)), holder, student(holder.key), "records.record")
    pauses.sweep()
    assert (check(record).state, check(record).held) == ("seen", "")
