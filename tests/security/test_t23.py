"""T23, reviewers who help themselves: nobody decides for themselves, for whom they vouched, twice, or a case they chose.

As decided, a case is handed out by the queue and time spent on it raises a line in a digest only; 5 % of
approvals get a second look by chance. A household's address is in no record, so it is not compared.
"""

import json
from collections.abc import Callable

import pytest

from tests.certifying import Office, filed
from tests.claims import Claims
from tests.domain.claiming import staffed
from tests.people import School, make_account
from tests.person import Person
from tests.reporting import Holder
from tests.scenes import saved, scene
from tests.world import World
from webapp.domain import clock, sessions, users
from webapp.domain.certification import deciding, discredit
from webapp.domain.certification import desk as certifying
from webapp.domain.duplicates import cases, pace, review
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.domain.users import Role
from webapp.models.accounts import Account
from webapp.models.certification import ApplicationItem
from webapp.models.discredit import Discredit
from webapp.models.duplicates import Claim, Decision, Party, Vouch
from webapp.models.journal import Event
from webapp.models.staff import Grant, Staff


@pytest.fixture
def desk(school: School) -> list[Actor]:
    return staffed(school)


@pytest.fixture
def party(world: World, school: School) -> Party:
    made = Claims(world, school).party()
    Claim.update(state="waiting", due=clock.now()).where(Claim.id == made.claim_id).execute()
    return Party.get_by_id(made.id)


@pytest.mark.req("DUP-16")
@pytest.mark.parametrize("tie", ["phone", "email", "name"])
def test_nobody_decides_for_an_account_of_their_own(desk: list[Actor], party: Party, tie: str) -> None:
    staff, account = Staff.by_key(desk[0].key), party.account
    account.email = account.email or "lin@example.edu.cn"
    account.save()
    setattr(staff, tie, getattr(account, tie))
    staff.save()
    with pytest.raises(Refused, match="own_case"):
        review.take(party.claim, desk[0])
    assert review.next_case(desk[0]) is None
    assert review.next_case(desk[1]) == party.claim


@pytest.mark.req("DUP-16")
def test_nobody_decides_where_they_vouched(desk: list[Actor], party: Party, school: School) -> None:
    helper = make_account(school.record("何苗"), "13800004321")
    Vouch.create(party=party, helper=helper, asked=clock.now(), expires=clock.now(), state="yes")
    Staff.update(name=helper.name).where(Staff.key == desk[0].key).execute()
    with pytest.raises(Refused, match="own_case"):
        review.take(party.claim, desk[0])


@pytest.mark.req("DUP-16")
def test_two_sessions_of_one_person_are_one_person(desk: list[Actor], party: Party) -> None:
    cases.mark(party.claim, "edited", needs_two=True)
    ending = party.account.document[-6:]
    review.approve(review.take(party.claim, desk[0]), desk[0], party, {}, ending)
    again = sessions.staff_actor(Staff.by_key(desk[0].key))
    with pytest.raises(Refused, match="decided_already"):
        review.take(Claim.get_by_id(party.claim_id), again)
    second = review.take(Claim.get_by_id(party.claim_id), desk[1])
    with pytest.raises(Refused, match="not_held"):
        review.approve(second, again, party, {}, ending)
    assert (Decision.select().count(), Claim.get_by_id(party.claim_id).state) == (1, "in_second")


@pytest.mark.req("DUP-16")
def test_one_approval_in_twenty_is_looked_at_again_and_nobody_can_tell_which(world: World, school: School) -> None:
    """1,000 cases: 5 % are drawn, give or take what chance does (15 to 85 is 5 σ); each time alike."""
    drawn = []
    for n in range(1_000):
        claim = Claim.create(identity_index=f"nobody's {n}", unit=school.unit, opened=clock.now(), key=f"{n:022d}", round=1)
        drawn.append(review.needs_second(claim))
        assert review.needs_second(claim) is drawn[-1]
    assert 15 <= sum(drawn) <= 85


@pytest.mark.req("DUP-14")
def test_nobody_chooses_a_case(app, world: World, school: School, desk: list[Actor]) -> None:
    """The queue hands out what is due first; the list opens a case only for who holds it."""
    claims, made = Claims(world, school), []
    for n in range(3):
        party = claims.party()
        claims.hand_in(party, saved(scene(n, (800, 600))))
        made.append(party.claim)
        world.wait(minutes=1)
    wanted = Claim.get_by_id(made[2].id)
    me = world.log_in(Person(app), Staff.by_key(desk[0].key)).visit(f"/staff/review/{wanted.key}")
    assert not me.page.select(".view img")
    me.post(f"/staff/review/{wanted.key}", {"verdict": "approve"})
    assert (me.status, Claim.get_by_id(wanted.id).state, Decision.select().count()) == (409, "waiting", 0)
    me.visit("/staff/review").press("审下一件")
    assert me.path == f"/staff/review/{made[0].key}"
    assert Account.select().where(Account.state == "archived").count() == 0


def decide(world: World, claims: Claims, reviewer: Actor, took: int) -> None:
    """One case, refused so many seconds after it was taken."""
    Claim.update(state="waiting", due=clock.now()).where(Claim.id == claims.party().claim_id).execute()
    claim = review.next_case(reviewer)
    world.wait(seconds=took)
    review.refuse(claim, reviewer, Picked(("card_unclear",)), {})


@pytest.mark.req("DUP-16", "SYS-02")
def test_who_decides_too_fast_is_named_to_the_auditor_and_kept_from_nothing(
    visitor: Callable[[], Person], world: World, school: School, desk: list[Actor]
) -> None:
    claims, names = Claims(world, school), [actor.name for actor in desk]
    for reviewer, times in zip(desk, ((9, 30, 31), (14, 14, 14, 10, 60), (40,)), strict=True):
        for took in times:
            decide(world, claims, reviewer, took)
    for _ in range(2):
        pace.note(clock.today())
    lines = {one.object: json.loads(one.detail) for one in Event.select().where(Event.action == "review.pace")}
    day = clock.today().isoformat()
    assert lines == {
        names[0]: {"day": day, "decided": 3, "quick": 1, "middle": 30},
        names[1]: {"day": day, "decided": 5, "quick": 0, "middle": 14},
    }
    assert Event.select().where(Event.action == "review.pace").count() == 2
    auditor, _ = users.add(SYSTEM, "audit", "审计老师", Role("U", None, clock.today()))
    reader = world.log_in(visitor(), auditor).visit("/staff/audit").sees("近 7 天有 2 条「审核得太快」")
    assert len(reader.follow("看一看").page.select("tbody tr")) == 2


@pytest.mark.req("DUP-16")
def test_a_case_taken_again_or_taken_back_is_timed_from_then(world: World, desk: list[Actor], party: Party) -> None:
    review.put_back(review.take(party.claim, desk[0]), desk[0], "unclear")
    world.wait(minutes=5)
    claim = review.next_case(desk[0])
    world.wait(seconds=20)
    claim = review.refuse(claim, desk[0], Picked(("card_unclear",)), {})
    world.wait(seconds=10)
    claim = review.undo(claim, desk[0])
    world.wait(seconds=11)
    review.refuse(claim, desk[0], Picked(("card_unclear",)), {})
    assert pace.of(clock.today()) == {desk[0].key: [20, 11]}


@pytest.mark.req("CRT-41")
def test_nobody_lists_a_liar_alone_or_judges_the_appeal_about_it(
    world: World, visitor: Callable[..., Person], hers: Holder, office: Office
) -> None:
    """失信: another person confirms, whatever session the first one comes from, and a third reads the appeal."""
    item, other_lead = filed(hers, office.agency), office.certifier
    Grant.update(role="AL").where(Grant.staff == other_lead).execute()
    entry = discredit.propose(item, office.actor("lead"), "证书编号和学校的底册不一致。")
    place = f"/staff/discredit/{entry.key}"
    for _session in range(2):
        world.log_in(visitor(), office.lead).visit(place).post(f"{place}/confirm")
    assert Discredit.get().state == "proposed"
    world.log_in(visitor(), other_lead).visit(place).press("确认列入").sees("生效中")
    discredit.appeal(entry, hers.actor, "证书是学校补发的，编号换过。")
    for who in (office.lead, other_lead):
        world.log_in(visitor(), who).visit(place).post(f"{place}/answer", {"verdict": "lift", "answer": "弄错了，撤销这一条。"})
    assert Discredit.get().state == "appealed"


@pytest.mark.req("CRT-38")
@pytest.mark.parametrize("tie", ["phone", "name"])
def test_nobody_certifies_or_refuses_their_own_certificate(hers: Holder, office: Office, tie: str) -> None:
    item = filed(hers, office.agency)
    lead = office.lead
    setattr(lead, tie, item.application.phone if tie == "phone" else item.application.holder_name)
    lead.save()
    assert certifying.next_item(office.actor("lead")) is None
    ApplicationItem.update(holder=lead).where(ApplicationItem.id == item.id).execute()
    for deed in (deciding.accept, deciding.issue, deciding.confirm):
        with pytest.raises(Refused, match="own_case|moved_on"):
            deed(item, office.actor("lead"))
    ApplicationItem.update(holder=None).where(ApplicationItem.id == item.id).execute()
    mine = certifying.take(item, office.actor())
    deciding.want_refusal(mine, office.actor(), "unproved", "缺登记表")
    with pytest.raises(Refused, match="own_case"):
        deciding.confirm(item, office.actor("lead"))


@pytest.mark.req("CRT-38")
def test_two_sessions_of_one_lead_are_one_person(hers: Holder, office: Office) -> None:
    item = certifying.take(filed(hers, office.agency), office.actor("lead"))
    deciding.want_refusal(item, office.actor("lead"), "unproved", "缺登记表")
    again = sessions.staff_actor(Staff.get_by_id(office.lead.id))
    with pytest.raises(Refused, match="second_person"):
        deciding.confirm(item, again)
    with pytest.raises(Refused, match="second_person"):
        deciding.send_back(item, again, "再看一遍")
