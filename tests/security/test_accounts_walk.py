"""What a hostile walk through recovery, claims, changes and the desk found, tried again at the same doors.

Not here: what is tried at every door alike (`test_matrix.py`, `test_doors.py`, `test_inputs.py`).
"""

from datetime import timedelta

import pytest
from flask import Flask

from tests.people import School, id_number, make_account
from tests.person import Person
from tests.web.test_in_person import meet
from tests.world import World
from webapp.domain import clock, in_person, sessions, standing
from webapp.domain.changes import identity, requests, reviews
from webapp.domain.duplicates import cases, effect, sending
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Login
from webapp.models.base import transaction
from webapp.models.duplicates import Archive, Party, Submission, Vouch
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Grant, Staff

NAME = "林晓溪"


@pytest.fixture
def old(school: School) -> Account:
    account = make_account(school.record(NAME), "13800001111")
    Record.update(account=account, bound_how="auto", bound=clock.now()).where(Record.name == NAME).execute()
    return account


@pytest.fixture
def parties(old: Account, school: School) -> list[Party]:
    """Two who claim the same identity."""
    made = [make_account(school.record(NAME), f"1380000222{n}", state="duplicate") for n in (1, 2)]
    return [cases.open_or_join(one) for one in made]


def reviewer(app: Flask, world: World, school: School, login: str, name: str = "") -> Person:
    at = clock.now()
    staff = Staff.create(login=login, name=name or f"{login} 老师", password_hash="-", created=at, used=at)
    Grant.create(staff=staff, role="H", unit=school.unit, starts=at - timedelta(days=1))
    return world.log_in(Person(app), staff)


def fresh(row):
    return type(row).get_by_id(row.id)


def hand_in(party: Party, world: World, check: bool = True) -> Submission:
    submission = sending.draft(fresh(party))
    for slot in sending.slots(submission):
        sending.attach(submission, slot, Upload.create(purpose="claim_photo", state="clean", created=clock.now()))
    submission = sending.submit(submission)
    if check:
        world.work()
    return fresh(submission)


def take(person: Person) -> Person:
    return person.visit("/staff/review").press("审下一件")


def approve(person: Person, party: Party) -> Person:
    for row in person.page.select("[data-tick]"):
        person._filled[row["data-tick"]] = "same"
    if person.page.find("input", attrs={"name": "party"}):
        person._filled["party"] = party.key
    if person.page.find("input", attrs={"name": "retyped"}):
        person.fill("照片上证件号码的最后六位", party.account.document[-6:])
    return person.press("通过")


def correct(person: Person, name: str, number: str) -> Person:
    return person.visit("/me/identity").fill("姓名", name).fill("证件号码", number).press("下一步，看看会有什么变化")


@pytest.mark.req("DUP-20", "ACC-45")
def test_an_approval_puts_nobody_away_whose_number_the_winner_took_afterwards(
    app: Flask, world: World, school: School, parties: list[Party]
):
    victim = make_account(school.record("何苗"), "13800003333")
    with transaction():
        effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
    winner = world.log_in(Person(app), parties[0].account)
    correct(winner, victim.name, victim.document).press("保存修改")
    assert fresh(parties[0].account).identity_index == victim.identity_index
    world.wait(hours=73)
    assert fresh(victim).state == "active"
    assert fresh(parties[0].account).state == "duplicate"
    assert fresh(parties[0].claim).state != "done"


def test_who_wins_and_takes_the_claim_back_wins_nothing(app: Flask, world: World, old: Account, parties: list[Party]):
    with transaction():
        effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
    winner = world.log_in(Person(app), parties[0].account)
    winner.visit("/me").post("/duplicate/withdraw")
    assert winner.path == "/duplicate"
    world.wait(hours=73)
    assert [fresh(one).state for one in (old, parties[1].account)] == ["active", "duplicate"]


@pytest.mark.req("DUP-24")
def test_nobody_ends_the_suspicion_about_their_own_account(app: Flask, world: World, school: School, parties: list[Party]):
    hand_in(parties[0], world)
    ma = reviewer(app, world, school, "ma")
    take(ma)
    ma._filled["note"] = "-"
    ma.press("疑似冒用，冻结账号")
    claim = fresh(parties[0].claim)
    assert claim.state == "alleged"
    own = reviewer(app, world, school, "own", NAME)
    for end in ("clear", "settle"):
        own.visit(f"/staff/review/{claim.key}").post(f"/staff/review/{claim.key}/close", {"end": end})
        assert (own.status, fresh(claim).state) == (409, "alleged")


@pytest.mark.req("DUP-24")
def test_what_comes_after_an_alarm_lets_nobody_end_it_who_raised_it(
    app: Flask, world: World, school: School, parties: list[Party]
):
    hand_in(parties[0], world)
    ma = reviewer(app, world, school, "ma")
    take(ma)
    hand_in(parties[1], world, check=False)
    ma._filled["note"] = "-"
    ma.press("疑似冒用，冻结账号")
    world.work()
    claim = fresh(parties[0].claim)
    assert claim.state == "alleged"
    ma.visit(f"/staff/review/{claim.key}").post(f"/staff/review/{claim.key}/close", {"end": "clear"})
    assert (ma.status, fresh(claim).state) == (409, "alleged")


@pytest.mark.req("DUP-16", "DUP-22")
@pytest.mark.parametrize("held", (False, True))
def test_evidence_that_comes_between_two_looks_is_seen_by_two(
    app: Flask, world: World, school: School, parties: list[Party], held: bool
):
    hand_in(parties[0], world)
    ma, tan, wei = (reviewer(app, world, school, login) for login in ("ma", "tan", "wei"))
    approve(take(ma), parties[0])
    assert fresh(parties[0].claim).state == "second"
    world.wait(seconds=31)
    if held:
        take(tan)
    hand_in(parties[1], world)
    if held:
        approve(tan, parties[0])
        tan.press("跳过")
    approve(take(tan), parties[0])
    assert fresh(parties[0].claim).state == "second"
    approve(take(wei), parties[0])
    assert fresh(parties[0].claim).state == "approved"


@pytest.mark.req("DUP-20")
def test_who_was_heard_by_two_people_does_not_stop_the_next_approval_too(
    app: Flask, world: World, old: Account, parties: list[Party]
):
    Login.create(account=old, at=clock.now(), method="password", result="in", device="-", network="-")
    holder = world.log_in(Person(app), old)
    for state in ("waiting", "approved"):
        with transaction():
            effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
        holder.visit("/duplicate/notice").post("/duplicate/notice")
        assert fresh(parties[0].claim).state == state


def test_a_frozen_account_changes_no_name_that_it_typed_before(app: Flask, world: World, school: School, parties: list[Party]):
    account = parties[0].account
    holder = world.log_in(Person(app), account)
    correct(holder, "何小苗", id_number("20080512", 88))
    standing.freeze(fresh(account), SYSTEM, "alleged")
    again = world.log_in(Person(app), fresh(account))
    again.visit("/me/identity/check").press("保存修改")
    assert again.status == 422
    assert fresh(account).name == NAME


@pytest.mark.parametrize("kind", ("phone", "identity"))
@pytest.mark.parametrize("state", ("frozen", "archived"))
def test_the_office_changes_nothing_of_an_account_that_is_frozen_or_gone(
    app: Flask, world: World, school: School, state: str, kind: str
):
    account = make_account(school.record("何苗"), "13800003333")
    wanted = {"phone": {"phone": "13800004444"}}.get(
        kind, {"name": "何小苗", "kind": "1", "country": "CHN", "number": id_number("20080512", 88)}
    )
    change = requests.ask(account, kind, wanted)
    if state == "frozen":
        standing.freeze(fresh(account), SYSTEM, "alleged")
    else:
        effect.archive(fresh(account), "own_request", SYSTEM)
    before = fresh(account).__data__
    who = identity.wanted(change) if kind == "identity" else None
    meeting = in_person.begin("change", account, school.unit, change.key, who)
    end = in_person.named(meeting)[1][-6:]
    meet((reviewer(app, world, school, "ma"), reviewer(app, world, school, "tan")), in_person.number(meeting), end)
    world.wait(hours=100)
    assert fresh(account).__data__ == before


@pytest.mark.parametrize("state", ("frozen", "archived"))
def test_a_phone_that_is_due_goes_to_no_account_that_is_frozen_or_gone(app: Flask, world: World, school: School, state: str):
    account = make_account(school.record("何苗"), "13800003333")
    change = requests.ask(account, "phone", {"phone": "13800004444"})
    reviewer(app, world, school, "ma")
    reviews.approve(change, sessions.staff_actor(Staff.get(Staff.login == "ma")))
    if state == "frozen":
        standing.freeze(fresh(account), SYSTEM, "alleged")
    else:
        effect.archive(fresh(account), "own_request", SYSTEM)
    world.wait(hours=100)
    assert fresh(account).phone == "13800003333"


@pytest.mark.req("DUP-21")
def test_nobody_brings_their_own_account_back(app: Flask, world: World, school: School, old: Account, parties: list[Party]):
    with transaction():
        effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
    world.wait(hours=73)
    archive = Archive.get(Archive.account == old)
    own = reviewer(app, world, school, "own", NAME)
    own.visit(f"/staff/review/archives/{archive.key}").post(f"/staff/review/archives/{archive.key}")
    assert (own.status, fresh(archive).asked_by) == (409, None)


@pytest.mark.req("DUP-20")
def test_a_third_claimant_takes_the_time_to_object_from_nobody(
    world: World, old: Account, parties: list[Party], school: School
):
    Login.create(account=old, at=clock.now(), method="password", result="in", device="-", network="-")
    with transaction():
        effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
    cases.open_or_join(make_account(school.record(NAME), "13800002229", state="duplicate"))
    assert fresh(parties[0].claim).state == "waiting"
    with transaction():
        effect.approve(fresh(parties[0].claim), SYSTEM, parties[0], "photos")
    cases.open_or_join(make_account(school.record(NAME), "13800002228", state="duplicate"))
    world.wait(hours=71)
    assert (fresh(parties[0].claim).state, fresh(old).state) == ("approved", "active")


@pytest.mark.req("DUP-17")
def test_a_classmate_answers_for_nobody_who_has_left(app: Flask, world: World, school: School, parties: list[Party]):
    helper, at = make_account(school.record("何苗"), "13800003333"), clock.now()
    vouch = Vouch.create(party=parties[0], helper=helper, asked=at, expires=at + timedelta(days=7))
    cases.withdraw(fresh(parties[0].account))
    assert fresh(parties[0].claim).state == "open"
    her = world.log_in(Person(app), helper).visit(f"/vouch/{vouch.key}").sees_not("提交回答")
    her.post(f"/vouch/{vouch.key}", {"said": "yes"})
    assert (her.status, fresh(vouch).state) == (422, "asked")
