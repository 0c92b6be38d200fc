"""A case about one identity: from the second registration to one account, and back."""

from datetime import timedelta

import pytest

from tests.people import School, make_account
from tests.world import World
from webapp.domain import clock, sessions, standing
from webapp.domain.duplicates import cases, effect, review, sending
from webapp.domain.duplicates.lifecycle import CLAIM
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Login
from webapp.models.base import transaction
from webapp.models.duplicates import Archive, Claim, Decision, Party, Submission
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Grant, Staff


@pytest.fixture
def old(school: School) -> Account:
    """The account that has the identity: bound to its record, not opened for long."""
    account = make_account(school.record("林晓溪"), "13800001111")
    Record.update(account=account, bound_how="auto", bound=clock.now()).where(Record.name == "林晓溪").execute()
    return account


@pytest.fixture
def new(old: Account, school: School) -> Account:
    """A second account with the same number."""
    return make_account(school.record("林晓溪"), "13800002222", state="duplicate")


@pytest.fixture
def party(new: Account) -> Party:
    return cases.open_or_join(new)


def colleague(unit: Unit, login: str, role: str = "H") -> Actor:
    at = clock.now()
    staff = Staff.create(login=login, name=login, password_hash="-", created=at, used=at)
    Grant.create(staff=staff, role=role, unit=unit, starts=at - timedelta(days=1))
    return sessions.staff_actor(staff)


@pytest.fixture
def desk(school: School) -> list[Actor]:
    """Three members of support of the school."""
    return [colleague(school.unit, name) for name in ("ma", "tan", "wei")]


def used(account: Account, days: int = 1) -> None:
    at = clock.now() - timedelta(days=days)
    Login.create(account=account, at=at, method="password", result="in", device="-", network="-")


def hand_in(party: Party, world: World) -> Submission:
    submission = sending.draft(party)
    for slot in sending.slots(submission):
        sending.attach(submission, slot, Upload.create(purpose="claim_photo", state="clean", created=clock.now()))
    submission = sending.submit(submission)
    world.work()
    return Submission.get_by_id(submission.id)


def fresh(row):
    return type(row).get_by_id(row.id)


def approve(claim: Claim, actor: Actor, party: Party) -> Claim:
    return review.approve(review.take(claim, actor), actor, party, {}, party.account.document[-6:])


@pytest.mark.req("DUP-21")
def test_an_approval_leaves_one_account_and_its_records_follow(party: Party, old: Account, desk: list[Actor], world: World):
    hand_in(party, world)
    claim = approve(fresh(party.claim), desk[0], party)
    if claim.state == "second":
        claim = approve(claim, desk[1], party)
    assert (claim.state, fresh(old).state) == ("approved", "active")
    world.wait(seconds=31)
    assert (fresh(claim).state, fresh(old).state, fresh(party.account).state) == ("done", "archived", "active")
    assert Record.get(Record.name == "林晓溪").account_id == party.account_id
    assert standing.level(fresh(party.account)) == 3


@pytest.mark.req("DUP-20")
def test_a_rival_in_use_has_three_days_to_object_and_two_people_decide(
    party: Party, old: Account, desk: list[Actor], world: World
):
    used(old)
    hand_in(party, world)
    passed_on = approve(fresh(party.claim), desk[0], party)
    assert passed_on.state == "second"
    with pytest.raises(Refused, match="decided_already"):
        review.take(passed_on, desk[0])
    claim = approve(passed_on, desk[1], party)
    assert claim.effective - clock.now() == timedelta(hours=72)
    world.wait(hours=71)
    objected = effect.object(fresh(claim), fresh(old))
    assert (objected.state, objected.needs_two) == ("waiting", True)
    world.wait(hours=2)
    assert (fresh(old).state, fresh(party.account).state) == ("active", "duplicate")


@pytest.mark.req("DUP-16", "DUP-22")
def test_a_second_look_is_blind_and_a_difference_goes_to_others(party: Party, old: Account, desk: list[Actor], world: World):
    used(old)
    hand_in(party, world)
    passed_on = approve(fresh(party.claim), desk[0], party)
    taken = review.take(passed_on, desk[1])
    back = review.refuse(taken, desk[1], Picked(("card_unclear",)), {})
    assert (back.state, "disagreed" in back.signals) == ("waiting", True)
    for actor in desk[:2]:
        with pytest.raises(Refused, match="decided_already"):
            review.take(fresh(back), actor)
    assert review.take(fresh(back), desk[2]).state == "in_review"


def test_a_refusal_can_be_taken_back_for_thirty_seconds_and_nobody_hears_of_it(party: Party, desk: list[Actor], world: World):
    hand_in(party, world)
    claim = review.refuse(review.take(fresh(party.claim), desk[0]), desk[0], Picked(("not_holding",)), {})
    world.wait(seconds=20)
    back = review.undo(claim, desk[0])
    world.wait(seconds=60)
    assert (back.state, Submission.get().state, Decision.get().undone is not None) == ("in_review", "waiting", True)
    assert not any("没有通过" in line for line in world.outbox())
    review.refuse(back, desk[0], Picked(("not_holding",)), {})
    world.wait(seconds=31)
    assert any("没有通过" in line for line in world.outbox())
    with pytest.raises(Refused, match="undo_late"):
        review.undo(fresh(back), desk[0])


@pytest.mark.req("DUP-10", "DUP-11")
def test_three_tries_a_day_and_five_in_all(party: Party, desk: list[Actor], world: World):
    refused = []
    for _ in range(2):
        for _ in range(3):
            try:
                hand_in(party, world)
            except Refused as no:
                refused.append(no.code)
                continue
            review.refuse(review.take(fresh(party.claim), desk[0]), desk[0], Picked(("not_holding",)), {})
        with pytest.raises(Refused) as no:
            hand_in(party, world)
        refused.append(no.value.code)
        world.wait(days=1)
    assert refused == ["tries_today", "tries_total", "tries_total"]


@pytest.mark.req("DUP-22")
def test_a_second_claimant_joins_the_case_and_two_people_decide(party: Party, school: School, old: Account):
    third = make_account(school.record("林晓溪"), "13800003333", state="duplicate")
    joined = cases.open_or_join(third)
    assert joined.claim_id == party.claim_id
    assert fresh(party.claim).needs_two
    assert Claim.select().count() == 1


def test_an_approval_of_a_claim_that_was_withdrawn_is_refused(party: Party, desk: list[Actor], world: World):
    hand_in(party, world)
    held = review.take(fresh(party.claim), desk[0])
    with pytest.raises(Refused, match="moved_on"):
        cases.withdraw(party.account)
    review.put_back(held, desk[0], "unclear")
    cases.withdraw(party.account)
    with pytest.raises(Refused, match="moved_on"):
        review.take(fresh(held), desk[0])


@pytest.mark.req("DUP-24")
def test_an_alleged_impostor_freezes_both_and_another_person_clears_it(
    party: Party, old: Account, desk: list[Actor], world: World
):
    hand_in(party, world)
    claim = review.allege(review.take(fresh(party.claim), desk[0]), desk[0], "两张照片不是同一个人")
    assert (fresh(old).state, fresh(party.account).state) == ("frozen", "frozen")
    with pytest.raises(Refused, match="decided_already"):
        CLAIM.move(claim, "clear", desk[0])
    with transaction():
        effect.thaw_all(CLAIM.move(claim, "clear", desk[1]), desk[1])
    assert (fresh(old).state, fresh(party.account).state) == ("active", "duplicate")


@pytest.mark.req("DUP-21")
def test_an_archived_account_comes_back_by_two_people_and_the_winner_is_in_doubt(
    party: Party, old: Account, desk: list[Actor], world: World
):
    before = Record.get(Record.name == "林晓溪")
    with transaction():
        effect.approve(fresh(party.claim), SYSTEM, party, "record")
    world.wait(seconds=31)
    archive, first, second = Archive.get(), Staff.get(Staff.login == "ma"), Staff.get(Staff.login == "tan")
    effect.ask_restore(archive, first, desk[0])
    with pytest.raises(Refused, match="own_step"):
        effect.restore(archive, first, desk[0])
    effect.restore(archive, second, desk[1])
    assert (fresh(old).state, fresh(party.account).state) == ("active", "frozen")
    assert Record.get(Record.name == "林晓溪").__data__ == before.__data__
    assert {one.action for one in Event.select()} >= {"claim.restore", "account.restore", "account.freeze"}
