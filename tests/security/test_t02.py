"""T02, an approval that destroys an account: it is archived, two people bring it back, and every row is as it was.

As decided, whoever won is frozen in the same move; sessions do not come back, the holder logs in again.
"""

import threading
from collections.abc import Callable
from functools import partial

import pytest

from tests.claims import Claims
from tests.people import School, make_account
from tests.scenes import saved, scene
from tests.security.state import State, state
from tests.world import World
from webapp.domain import clock, no_record, records
from webapp.domain.duplicates import cases, effect, review
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Question
from webapp.models.base import database
from webapp.models.duplicates import Archive, Claim, Decision
from webapp.models.journal import Event
from webapp.models.staff import Staff

OWNED = ("account", "record", "check", "no_record", "question", "consent", "report")
"""Tables in which a person has something, besides the case itself."""


def owned(at: State, account: Account) -> dict[str, dict]:
    """Every row that is the account's own, whole but for the count of messages: it was told of all this."""
    mine = {}
    for table in sorted(set(OWNED) & set(at)):
        column = "id" if table == "account" else "account_id"
        rows = {n: row for n, row in at[table].items() if row.get(column) == account.id}
        mine[table] = {n: {name: value for name, value in row.items() if name != "unread"} for n, row in rows.items()}
    return mine


@pytest.mark.req("DUP-21")
def test_what_two_people_restore_is_equal_row_for_row(world: World, school: School) -> None:
    claims = Claims(world, school)
    old = make_account(school.record("林晓溪"), "13800001111")
    records.bind(old)
    records.pass_gate(old, school.unit.name)
    no_record.tell(old, school.unit.name, "", "也没有学历")
    Question.create(account=old, place=1, question="pet", answer_hash="-")
    new = make_account(school.record("林晓溪"), "13800002222", state="duplicate")
    party = cases.open_or_join(new)
    claims.hand_in(party, saved(scene(2, (800, 600))))
    before = owned(state(), old)
    assert len(before["record"]) == 1 and len(before["no_record"]) == 1
    claims.approve(party)
    world.wait(seconds=31)
    assert owned(state(), old)["record"] == {}
    archive, (first, second) = Archive.get(), claims.desk
    with pytest.raises(Refused, match="restore_unasked"):
        effect.restore(archive, Staff.by_key(first.key), first)
    effect.ask_restore(archive, Staff.by_key(first.key), first)
    with pytest.raises(Refused, match="own_step"):
        effect.restore(archive, Staff.by_key(first.key), first)
    effect.restore(archive, Staff.by_key(second.key), second)
    assert owned(state(), old) == before
    assert Account.get_by_id(new.id).state == "frozen"


@pytest.mark.req("DUP-20")
def test_two_who_approve_in_one_second_make_one_move(world: World, school: School, times) -> None:
    claims = Claims(world, school)
    desk = claims.desk
    for _ in range(times(12, 50)):
        party = claims.party()
        Claim.update(state="in_review", held_round=0, holder=Staff.by_key(desk[0].key)).where(
            Claim.id == party.claim_id
        ).execute()
        case = Claim.get_by_id(party.claim_id)
        said = together(partial(review.approve, case, desk[0], party, {}), partial(review.approve, case, desk[0], party, {}))
        claim = Claim.get_by_id(party.claim_id)
        assert sorted(said)[1:] == ["went through"] and said.count("went through") == 1, said
        moves = (Event.object == f"claim:{claim.key}") & Event.action.in_(("claim.approve", "claim.pass_on"))
        assert Event.select().where(moves).count() == 1
        assert Decision.select().where(Decision.claim == claim).count() == 1
        world.wait(seconds=31)


@pytest.mark.req("DUP-14")
def test_two_who_take_a_case_in_one_second_are_one_holder(world: World, school: School, times) -> None:
    claims = Claims(world, school)
    desk = claims.desk
    for _ in range(times(12, 50)):
        party = claims.party()
        Claim.update(state="waiting", due=clock.now()).where(Claim.id == party.claim_id).execute()
        case = Claim.get_by_id(party.claim_id)
        said = together(*(partial(review.take, case, actor) for actor in desk))
        assert sorted(said) == ["moved_on", "went through"]


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do them at once, a thread each; returns how each ended."""
    start, said = threading.Barrier(len(deeds)), []

    def attempt(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            said.append("went through")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            database.close()

    threads = [threading.Thread(target=attempt, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
