"""Claims, accounts, two attackers, three reviewers and a clock that moves, in any order: what must never happen does not.

Each example is about one more made-up person in the same school. Times and chance come from a fixed seed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.people import School, make_account, make_record
from tests.world import World
from webapp.domain import clock, journal, sessions, standing
from webapp.domain.duplicates import cases, effect, review, sending
from webapp.domain.duplicates.lifecycle import CLAIM
from webapp.domain.permissions import Actor, student
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.models.accounts import OWNING, Account, Login, Session
from webapp.models.base import transaction
from webapp.models.duplicates import CLOSED, Archive, Claim, Decision, Party, Submission
from webapp.models.photos import Upload
from webapp.models.staff import Grant, Staff

STEPS = 50
FLOOR = 0.5
"""Of the steps asked for, at least this share must have been taken: hypothesis may end an example early."""

serial = count(1)
ATTACKERS, REVIEWERS = st.integers(0, 1), st.integers(0, 2)


class Claims(RuleBasedStateMachine):
    """`world` and `school` are set by the test; `taken` counts steps, `known` what each kind of step led to."""

    world: World
    school: School
    desk: list[Actor]
    taken = 0
    outcomes: dict[str, int] = {}

    @initialize(used=st.sampled_from((None, 1, 89, 91)))
    def begin(self, used: int | None) -> None:
        n = next(serial)
        klass = self.school.records[0].klass
        person = (f"学生{n}", "20080512", "女")
        self.record = make_record(self.school.unit, klass, person, f"30{n:08d}", n * 2 % 1000, document_kind="A")
        self.record.document = f"E{n:08d}"
        phone = 13800010000 + n * 3
        self.owner = make_account(self.record, str(phone))
        self.record.account, self.record.bound_how = self.owner, "auto"
        self.record.save()
        self.attackers = [make_account(self.record, str(phone + k), state="duplicate") for k in (1, 2)]
        if used is not None:
            at = clock.now() - timedelta(days=used)
            Login.create(account=self.owner, at=at, method="password", result="in", device="-", network="-")
        self.last_approved: dict[int, tuple[datetime, bool]] = {}

    # what people do

    def tries(self, name: str, deed: Callable[[], object]) -> None:
        """A refusal is an answer; anything else that is raised is a bug."""
        Claims.taken += 1
        try:
            deed()
            outcome = name
        except Refused as refused:
            outcome = f"{name}: {refused.code}"
        Claims.outcomes[outcome] = Claims.outcomes.get(outcome, 0) + 1

    @rule(who=ATTACKERS)
    def claims_it(self, who: int) -> None:
        self.tries("claim", lambda: cases.open_or_join(self.account(who)))

    @rule(who=ATTACKERS, broken=st.booleans())
    def hands_in(self, who: int, broken: bool) -> None:
        def deed() -> None:
            party = cases.open_or_join(self.account(who))
            submission = sending.draft(party)
            for slot in sending.missing(submission):
                state = "refused" if broken else "clean"
                sending.attach(submission, slot, Upload.create(purpose="claim_photo", state=state, created=clock.now()))
            sending.submit(submission)
            self.world.work()

        self.tries("hand in", deed)

    @rule(who=ATTACKERS)
    def gives_up(self, who: int) -> None:
        self.tries("give up", lambda: cases.withdraw(self.account(who)))

    @rule()
    def owner_logs_in(self) -> None:
        def deed() -> None:
            if self.fresh(self.owner).state in ("active", "frozen"):
                Login.create(account=self.owner, at=clock.now(), method="code", result="in", device="-", network="-")
                sessions.begin(self.owner, "-", "-")

        self.tries("log in", deed)

    @rule()
    def owner_objects(self) -> None:
        self.tries("object", lambda: effect.object(self.case(), self.fresh(self.owner)))

    @rule(rare=st.integers(0, 4))
    def owner_closes_or_keeps(self, rare: int) -> None:
        owner = self.fresh(self.owner)
        if rare != 3 and owner.state != "closing":
            return
        move = "keep" if owner.state == "closing" else "close"
        self.tries(move, lambda: standing.ACCOUNT.move(owner, move, student(owner.key, "active")))

    @rule(who=REVIEWERS)
    def takes(self, who: int) -> None:
        self.tries("take", lambda: review.take(self.case(), self.desk[who]))

    @rule(who=REVIEWERS, whose=ATTACKERS, blind=st.sampled_from((False, False, False, True)), held=st.booleans())
    def approves(self, who: int, whose: int, blind: bool, held: bool) -> None:
        def deed() -> None:
            self.take_first(who, held)
            party = self.party(whose)
            retyped = "000000" if blind else party.account.document[-6:]
            before = self.case()
            waits = cases.rival_in_use(before) and before.objected is None
            after = review.approve(before, self.desk[who], party, {}, retyped)
            if after.state == "approved":
                self.last_approved[after.id] = clock.now(), waits

        self.tries("approve", deed)

    @rule(who=REVIEWERS, whose=ATTACKERS)
    def refuses(self, who: int, whose: int) -> None:
        self.hands_in(whose, False)

        def deed() -> None:
            self.take_first(who, False)
            review.refuse(self.case(), self.desk[who], Picked(("not_holding",)), {})

        self.tries("refuse", deed)

    @rule(who=REVIEWERS, whose=ATTACKERS)
    def all_goes_well(self, who: int, whose: int) -> None:
        """The ordinary way in one step, or chance would hardly ever walk it."""
        self.hands_in(whose, False)
        self.approves(who, whose, False, False)
        self.approves((who + 1) % 3, whose, False, False)

    def take_first(self, who: int, held: bool) -> None:
        if not held and not review.holds(self.case(), self.desk[who]):
            review.take(self.case(), self.desk[who])

    @rule(who=REVIEWERS, why=st.sampled_from(("unclear", "second_person")))
    def skips(self, who: int, why: str) -> None:
        self.tries("skip", lambda: review.put_back(self.case(), self.desk[who], why))

    @rule(who=REVIEWERS)
    def takes_back(self, who: int) -> None:
        self.tries("undo", lambda: review.undo(self.case(), self.desk[who]))

    @rule(who=REVIEWERS)
    def alleges(self, who: int) -> None:
        self.tries("allege", lambda: review.allege(self.case(), self.desk[who], "-"))

    @rule(who=REVIEWERS)
    def clears(self, who: int) -> None:
        def deed() -> None:
            with transaction():
                claim = CLAIM.move(self.case(), "clear", self.desk[who])
                effect.thaw_all(claim, self.desk[who])

        self.tries("clear", deed)

    @rule(who=REVIEWERS, first=st.booleans())
    def restores(self, who: int, first: bool) -> None:
        if self.fresh(self.owner).state != "archived":
            return

        def deed() -> None:
            archive = Archive.select().where(Archive.account == self.owner).order_by(Archive.id.desc()).first()
            staff = Staff.by_key(self.desk[who].key)
            (effect.ask_restore if first else effect.restore)(archive, staff, self.desk[who])

        self.tries("restore", deed)

    @rule(
        wait=st.sampled_from(({"seconds": 1}, {"seconds": 29}, {"seconds": 31}, {"minutes": 16}, {"hours": 24}, {"hours": 72}))
    )
    def time_passes(self, wait: dict[str, int]) -> None:
        self.tries("wait", lambda: self.world.wait(**wait))

    @rule(rare=st.integers(0, 6))
    def a_month_passes(self, rare: int) -> None:
        self.tries("wait", lambda: self.world.wait(days=31 if rare == 3 else 0))

    # what must hold

    @invariant()
    def one_person_has_one_account(self) -> None:
        same = Account.identity_index == self.owner.identity_index
        assert Account.select().where(same & Account.state.in_(OWNING)).count() <= 1
        assert (
            Claim.select().where((Claim.identity_index == self.owner.identity_index) & Claim.state.not_in(CLOSED)).count() <= 1
        )

    @invariant()
    def nobody_becomes_the_owner_without_the_people_and_the_time_that_it_takes(self) -> None:
        for attacker in map(self.fresh, self.attackers):
            if attacker.state != "active":
                continue
            claim = Claim.select().where((Claim.winner == attacker) & (Claim.state == "done")).order_by(Claim.id.desc()).first()
            assert claim is not None
            said = list(
                Decision.select().where((Decision.claim == claim) & Decision.undone.is_null() & (Decision.round == claim.round))
            )
            yes = {one.staff_id for one in said if one.verdict == "approve" and one.party.account_id == attacker.id}
            assert len(yes) >= (2 if claim.needs_two else 1)
            assert claim.effective <= clock.now()
            decided, waited = self.last_approved[claim.id]
            assert not waited or claim.effective - decided >= timedelta(hours=72)

    @invariant()
    def an_owner_is_put_away_only_by_a_decision_that_stood(self) -> None:
        if self.fresh(self.owner).state == "archived":
            archive = Archive.select().where(Archive.account == self.owner).order_by(Archive.id.desc()).get()
            assert archive.claim is not None and archive.claim.state == "done"
            assert archive.at >= archive.claim.effective

    @invariant()
    def nobody_decides_twice_in_a_round(self) -> None:
        standing_ = Decision.claim.in_(Claim.select().where(Claim.identity_index == self.owner.identity_index))
        rows = [
            (one.claim_id, one.round, one.staff_id) for one in Decision.select().where(standing_ & Decision.undone.is_null())
        ]
        assert len(rows) == len(set(rows))

    @invariant()
    def tries_do_not_exceed_the_limits(self) -> None:
        for attacker in self.attackers:
            spent = Submission.select().join(Party).where((Party.account == attacker) & Submission.spent)
            days: dict = {}
            for one in spent:
                day = clock.shown(one.sent).date()
                days[day] = days.get(day, 0) + 1
            assert sum(days.values()) <= 5 and max(days.values(), default=0) <= 3

    @invariant()
    def who_cannot_log_in_has_no_session(self) -> None:
        if self.fresh(self.owner).state == "archived":
            assert not Session.select().where((Session.account == self.owner) & Session.ended.is_null()).exists()

    # underneath

    def fresh(self, row):
        return type(row).get_by_id(row.id)

    def account(self, who: int) -> Account:
        return self.fresh(self.attackers[who])

    def case(self) -> Claim:
        mine = Claim.identity_index == self.owner.identity_index
        found = Claim.select().where(mine).order_by(Claim.id.desc()).first()
        if found is None:
            raise Refused("moved_on", state="none")
        return found

    def party(self, who: int) -> Party:
        found = Party.get_or_none((Party.claim == self.case()) & (Party.account == self.attackers[who]))
        if found is None:
            raise Refused("moved_on", state="none")
        return found


def desk(school: School) -> list[Actor]:
    """Three who review: two of support and one of the records office."""
    at, actors = clock.now() - timedelta(days=1), []
    for login, role in (("ma", "H"), ("tan", "H"), ("wei", "R")):
        staff = Staff.create(login=login, name=login, password_hash="-", created=at, used=at)
        Grant.create(staff=staff, role=role, unit=school.unit, starts=at)
        actors.append(sessions.staff_actor(staff))
    return actors


@pytest.mark.req("DUP-20", "DUP-21", "DUP-22")
def test_no_order_of_events_gives_an_identity_to_who_may_not_have_it(world: World, school: School, steps: int):
    Claims.world, Claims.school, Claims.desk = world, school, desk(school)
    Claims.taken, Claims.outcomes = 0, {}
    run_state_machine_as_test(
        Claims,
        settings=settings(
            max_examples=steps // STEPS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    print(f"{Claims.taken} steps, {len(Claims.outcomes)} outcomes: {Claims.outcomes}")
    assert Claims.taken >= steps * FLOOR
    assert not [one for one in journal.verify() if not isinstance(one, int)]
    for reached in ("approve", "refuse", "object", "undo", "allege", "clear", "restore", "give up"):
        assert Claims.outcomes.get(reached), f"no example ever came to: {reached}"


@pytest.fixture
def steps() -> int:
    return 6000
