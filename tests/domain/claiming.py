"""What people do about one identity in any order: an owner, two attackers, three reviewers and a clock that moves.

Each example is about one more made-up person in the same school. What must hold meanwhile: `test_claim_machine.py`.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.people import School, make_account, make_record
from tests.world import World
from webapp.domain import clock, sessions, standing
from webapp.domain.duplicates import cases, effect, review, school_record, sending
from webapp.domain.duplicates.school_record import Answers
from webapp.domain.permissions import Actor, student
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Login
from webapp.models.duplicates import Archive, Claim, Party
from webapp.models.photos import Upload
from webapp.models.staff import Grant, Staff

ATTACKERS, REVIEWERS = st.integers(0, 1), st.integers(0, 2)
RARELY = st.integers(0, 6).map(lambda drawn: drawn == 3)
WAITS = ({"seconds": 1}, {"seconds": 29}, {"seconds": 31}, {"minutes": 16}, {"hours": 24}, {"hours": 72})

serial = count(1)


class Approval(NamedTuple):
    """When a case was approved, and whether the owner had used the account and neither objected nor agreed."""

    at: datetime
    unheard: bool


class Deeds(RuleBasedStateMachine):
    """`world`, `school` and `desk` are set by the test; `outcomes` counts what every step led to."""

    world: World
    school: School
    desk: list[Actor]
    outcomes: Counter[str] = Counter()

    @initialize(used=st.sampled_from((None, 1, 89, 91)))
    def begin(self, used: int | None) -> None:
        n = next(serial)
        person = (f"学生{n}", "20080512", "女")
        klass = self.school.records[0].klass
        self.record = make_record(self.school.unit, klass, person, f"30{n:08d}", n * 2 % 1000, document_kind="A")
        self.record.document = f"E{n:08d}"
        phone = 13800010000 + n * 3
        self.owner = make_account(self.record, str(phone))
        self.record.identity_index = self.owner.identity_index
        self.record.account, self.record.bound_how = self.owner, "auto"
        self.record.save()
        self.attackers = [make_account(self.record, str(phone + k), state="duplicate") for k in (1, 2)]
        self.approvals: dict[int, Approval] = {}
        if used is not None:
            self.log_in(clock.now() - timedelta(days=used))

    def tries(self, name: str, deed: Callable[[], object]) -> None:
        """A refusal is an answer; anything else that is raised is a bug."""
        try:
            deed()
            self.outcomes[name] += 1
        except Refused as refused:
            self.outcomes[f"{name}: {refused.code}"] += 1

    # those who claim it

    @rule(who=ATTACKERS)
    def claims_it(self, who: int) -> None:
        self.tries("claim", lambda: cases.open_or_join(self.account(who)))

    @rule(who=ATTACKERS, broken=RARELY)
    def hands_in(self, who: int, broken: bool) -> None:
        def deed() -> None:
            submission = sending.draft(cases.open_or_join(self.account(who)))
            for slot in sending.missing(submission):
                state = "refused" if broken else "clean"
                sending.attach(submission, slot, Upload.create(purpose="claim_photo", state=state, created=clock.now()))
            sending.submit(submission)
            self.world.work()

        self.tries("hand in", deed)

    @rule(who=ATTACKERS, wrong=RARELY)
    def tells_the_record(self, who: int, wrong: bool) -> None:
        def deed() -> None:
            party = cases.open_or_join(self.account(who))
            number = "1" if wrong else self.record.student_number
            led = school_record.answer(party, Answers(self.school.unit.name, number, "2026", "bachelor"))
            if led == "done":
                self.note_approval()

        self.tries("tell the record", deed)

    @rule(who=ATTACKERS, seldom=RARELY)
    def gives_up(self, who: int, seldom: bool) -> None:
        if seldom:
            self.tries("give up", lambda: cases.withdraw(self.account(who)))

    # whose it is

    @rule(seldom=RARELY)
    def owner_logs_in(self, seldom: bool) -> None:
        def deed() -> None:
            if self.fresh(self.owner).state not in ("active", "frozen"):
                raise Refused("moved_on")
            self.log_in(clock.now())
            sessions.begin(self.owner, "-", "-")

        if seldom:
            self.tries("log in", deed)

    @rule(seldom=RARELY)
    def owner_objects(self, seldom: bool) -> None:
        if seldom:
            self.tries("object", lambda: effect.object(self.case(), self.fresh(self.owner)))

    @rule()
    def owner_agrees(self) -> None:
        self.tries("agree", lambda: effect.consent(self.case(), self.fresh(self.owner)))

    @rule(seldom=RARELY)
    def owner_closes_or_keeps(self, seldom: bool) -> None:
        owner = self.fresh(self.owner)
        move = "keep" if owner.state == "closing" else "close"
        if seldom or move == "keep":
            self.tries(move, lambda: standing.ACCOUNT.move(owner, move, student(owner.key, "active")))

    # those who decide

    @rule(who=REVIEWERS)
    def takes(self, who: int) -> None:
        self.tries("take", lambda: review.take(self.case(), self.desk[who]))

    @rule(who=REVIEWERS, whose=ATTACKERS, blind=RARELY, held=st.booleans())
    def approves(self, who: int, whose: int, blind: bool, held: bool) -> None:
        def deed() -> None:
            self.take_first(who, held)
            party = self.party(whose)
            retyped = "000000" if blind else party.account.document[-6:]
            if review.approve(self.case(), self.desk[who], party, {}, retyped).state == "approved":
                self.note_approval()

        self.tries("approve", deed)

    @rule(who=REVIEWERS, whose=ATTACKERS, regrets=st.booleans())
    def refuses(self, who: int, whose: int, regrets: bool) -> None:
        self.hands_in(whose, False)

        def deed() -> None:
            self.take_first(who, False)
            review.refuse(self.case(), self.desk[who], Picked(("not_holding",)), {})

        self.tries("refuse", deed)
        if regrets:
            self.takes_back(who)

    @rule(who=REVIEWERS, whose=ATTACKERS, wait=st.sampled_from(({}, *WAITS)))
    def all_goes_well(self, who: int, whose: int, wait: dict[str, int]) -> None:
        """The ordinary way in one step, or chance would hardly ever walk it."""
        self.hands_in(whose, False)
        self.approves(who, whose, False, False)
        self.approves((who + 1) % 3, whose, False, False)
        self.time_passes(wait)

    @rule(who=REVIEWERS, why=st.sampled_from(("unclear", "second_person")))
    def skips(self, who: int, why: str) -> None:
        self.tries("skip", lambda: review.put_back(self.case(), self.desk[who], why))

    @rule(who=REVIEWERS)
    def takes_back(self, who: int) -> None:
        self.tries("undo", lambda: review.undo(self.case(), self.desk[who]))

    @rule(who=REVIEWERS, held=st.booleans(), ends=st.booleans())
    def alleges(self, who: int, held: bool, ends: bool) -> None:
        def deed() -> None:
            self.take_first(who, held)
            review.allege(self.case(), self.desk[who], "-")

        self.tries("allege", deed)
        if ends:
            self.ends_the_suspicion((who + 1) % 3, False)

    @rule(who=REVIEWERS, impostor=RARELY)
    def ends_the_suspicion(self, who: int, impostor: bool) -> None:
        end = "settle" if impostor else "clear"
        self.tries(end, lambda: review.close_alleged(self.case(), self.desk[who], end))

    @precondition(lambda self: self.fresh(self.owner).state == "archived")
    @rule(who=REVIEWERS, other=st.integers(0, 1))
    def restores(self, who: int, other: int) -> None:
        archive = self.archive()
        first, second = self.desk[who], self.desk[(who + other) % 3]

        def deed() -> None:
            effect.ask_restore(archive, Staff.by_key(first.key), first)
            effect.restore(archive, Staff.by_key(second.key), second)

        late = clock.now() > archive.at + timedelta(days=30)
        before = self.outcomes.copy()
        self.tries("restore", deed)
        (outcome,) = self.outcomes - before
        assert late == (outcome == "restore: restore_late") and (outcome == "restore: own_step") == (not late and not other)

    # time

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: dict[str, int]) -> None:
        self.tries("wait", lambda: self.world.wait(**wait))

    @rule(seldom=RARELY)
    def a_month_passes(self, seldom: bool) -> None:
        if seldom:
            self.tries("wait", lambda: self.world.wait(days=31))

    # underneath

    def take_first(self, who: int, held: bool) -> None:
        if not held and not review.holds(self.case(), self.desk[who]):
            review.take(self.case(), self.desk[who])

    def note_approval(self) -> None:
        claim = self.case()
        heard = claim.objected is not None or claim.consented is not None
        self.approvals[claim.id] = Approval(clock.now(), cases.rival_in_use(claim) and not heard)

    def log_in(self, at: datetime) -> None:
        Login.create(account=self.owner, at=at, method="code", result="in", device="-", network="-")

    def fresh(self, row):
        return type(row).get_by_id(row.id)

    def account(self, who: int) -> Account:
        return self.fresh(self.attackers[who])

    def archive(self) -> Archive:
        return Archive.select().where(Archive.account == self.owner).order_by(Archive.id.desc()).get()

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


def staffed(school: School) -> list[Actor]:
    """Three who review: two of support and one of the records office."""
    at, actors = clock.now() - timedelta(days=1), []
    for login, role in (("gao", "H"), ("hu", "H"), ("wei", "R")):
        staff = Staff.create(login=login, name=login, password_hash="-", created=at, used=at)
        Grant.create(staff=staff, role=role, unit=school.unit, starts=at)
        actors.append(sessions.staff_actor(staff))
    return actors
