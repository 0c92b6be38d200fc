"""T03, knowing 学校, 学号 and 层次: it never closes an account in use, and a wrong answer never says which or how nearly.

As decided, right answers alone decide only where nobody used the other account for 90 days, within 30 seconds
in which it can still be stopped; a code to the phone on the school's record starts the three days. A right answer leads
on, so it is no secret to who gave it: what must be alike are the wrong ones. Times are judged in `tests/bench/`.
"""

import random
import re

import pytest

from tests.people import School, make_account, make_record
from tests.security.knocking import Browser
from tests.world import World
from webapp.domain import clock, sessions
from webapp.domain.duplicates import cases, school_record
from webapp.domain.duplicates.school_record import Answers
from webapp.models.accounts import Account, Login
from webapp.models.duplicates import Claim, Party
from webapp.models.records import Record

RIGHT = {"school": "云溪职业技术学院", "student_number": "2026010101", "year": "2026", "level": "bachelor"}
WRONG = {"school": "云溪大学", "student_number": "2026010102", "year": "2025", "level": "college"}
TOKEN = re.compile(r'value="[\w.-]{60,}"')


@pytest.fixture
def old(school: School) -> Account:
    """In use: she logged in yesterday."""
    account = make_account(school.record("林晓溪"), "13800001111")
    Login.create(account=account, at=clock.now(), method="code", result="in", device="-", network="-")
    return account


@pytest.mark.req("DUP-19", "DUP-20")
@pytest.mark.parametrize("phone", [None, "13800007777"])
def test_knowing_everything_without_the_schools_phone_goes_to_a_person(
    world: World, school: School, old: Account, phone: str | None
) -> None:
    record = Record.by_key(school.record("林晓溪").key)
    record.phone = phone
    record.save()
    party = cases.accept(make_account(school.record("林晓溪"), "13800002222", state="duplicate"))
    assert school_record.answer(party, Answers(**RIGHT)) == ("code" if phone else "review")
    if phone:
        assert school_record.ask_person(party) == "review"
    world.wait(days=30)
    assert Claim.get().state == "waiting"
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("active", "duplicate")


@pytest.mark.req("DUP-19")
def test_every_wrong_answer_reads_the_same(world: World, school: School, old: Account, times) -> None:
    """Pairs: one answer wrong beside up to all four wrong, and beside right answers about a record that is not there."""
    klass, draw = school.record("林晓溪").klass, random.Random(3)
    other = make_record(school.unit, klass, ("林晓溪", "20080612", "女"), "2026010177", serial=778)
    known = make_account(other, "13800003333")
    near, nobody = (claimant(school.record("林晓溪"), "13800002222"), claimant(other, "13800004444"))
    assert known.identity_index != near.account.identity_index
    other.delete_instance()  # the second claimant's school has no record of her any more
    for pair in range(times(40, 200)):
        if pair % 4 == 0:
            world.wait(hours=25)
            people = [enter(world, party.account, f"198.51.{pair % 250}.{n}") for n, party in enumerate((near, nobody))]
        one = {**RIGHT, (field := draw.choice(list(RIGHT))): WRONG[field]}
        many = {**RIGHT, **{field: WRONG[field] for field in draw.sample(list(RIGHT), draw.randint(0, 4))}}
        told = [answer(person, given) for person, given in zip(people, (one, many), strict=True)]
        assert told[0] == told[1]
        assert told[0][0] == 422
    assert {claim.state for claim in Claim.select()} == {"open"}


def claimant(record: Record, phone: str) -> Party:
    return cases.accept(make_account(record, phone, state="duplicate"))


def enter(world: World, account: Account, address: str) -> Browser:
    browser = Browser(world.app, address)
    browser.client.set_cookie("xd_session", sessions.begin(account, "-", "-"))
    browser.get("/duplicate/record")
    return browser


def answer(browser: Browser, given: dict[str, str]) -> tuple:
    """All that the answer tells; what was typed is shown again, in the same places."""
    browser.get("/duplicate/record")
    said = browser.post("/duplicate/record", **given)
    headers = sorted(pair for pair in said.headers if pair[0] not in ("Set-Cookie", "Content-Length"))
    page = TOKEN.sub("", said.get_data(as_text=True))
    for field in given:
        page = page.replace(f'value="{RIGHT[field]}"', "").replace(f'value="{WRONG[field]}"', "").replace(" selected", "")
    return said.status_code, headers, page
