"""Claims and accounts in any order of events: what must never happen does not.

1,500 steps in the suite; `--full` takes 20,000, on PostgreSQL 2,000. Times and chance come from a fixed seed.
"""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.domain.claiming import Deeds, staffed
from tests.people import School
from tests.world import World
from webapp.domain import clock, journal
from webapp.domain.duplicates.lifecycle import CLAIM
from webapp.domain.standing import ACCOUNT
from webapp.models.accounts import OWNING, Account, Session
from webapp.models.base import on_sqlite
from webapp.models.duplicates import CLOSED, Claim, Decision, Party, Submission
from webapp.models.journal import Event
from webapp.models.records import Record

STEPS = 30
"""Of one example; then another person's begins."""

FLOOR = 0.7
"""Of the steps asked for, at least this share must have been taken: an example may end early, a seldom deed is skipped."""

REACHED = ("approve", "refuse", "object", "agree", "undo", "allege", "clear", "restore", "give up", "tell the record")
"""Deeds that must have come to their end at least once."""

LEFT_ALONE = ("name", "document", "identity_index", "phone", "email", "password_hash", "created", "person_proved")
"""What an account that comes back has as before."""


class Claims(Deeds):
    """After every step, all of these."""

    @invariant()
    def one_person_has_one_account(self) -> None:
        same = Account.identity_index == self.owner.identity_index
        assert Account.select().where(same & Account.state.in_(OWNING)).count() <= 1
        cases_ = (Claim.identity_index == self.owner.identity_index) & Claim.state.not_in(CLOSED)
        assert Claim.select().where(cases_).count() <= 1

    @invariant()
    def nobody_becomes_the_owner_without_the_people_and_the_time_that_it_takes(self) -> None:
        for attacker in map(self.fresh, self.attackers):
            if attacker.state not in OWNING:
                continue
            won = (Claim.winner == attacker) & (Claim.state == "done")
            claim = Claim.select().where(won).order_by(Claim.id.desc()).get()
            approved, at = self.approvals[claim.id], claim.effective
            assert at <= clock.now()
            stood = (Decision.claim == claim) & Decision.undone.is_null() & (Decision.round == claim.round)
            yes = {
                one.staff_id
                for one in Decision.select().where(stood)
                if one.verdict == "approve" and one.party.account_id == attacker.id
            }
            by_record_alone = claim.way == "record" and not claim.needs_two and not approved.unheard
            assert len(yes) >= (2 if claim.needs_two else 1) or by_record_alone
            assert at - approved.at >= timedelta(hours=72) or not approved.unheard or claim.consented is not None
            assert at - approved.at >= timedelta(seconds=30)

    @invariant()
    def an_owner_is_put_away_only_by_a_decision_that_stood(self) -> None:
        if self.fresh(self.owner).state == "archived":
            archive = self.archive()
            assert archive.claim is not None and archive.claim.state == "done"
            assert archive.at >= archive.claim.effective

    @invariant()
    def an_owner_who_is_not_put_away_has_everything(self) -> None:
        owner = self.fresh(self.owner)
        if owner.state != "archived":
            assert [getattr(owner, name) for name in LEFT_ALONE] == [getattr(self.owner, name) for name in LEFT_ALONE]
            assert Record.get_by_id(self.record.id).account_id == owner.id

    @invariant()
    def nobody_decides_twice_in_a_round(self) -> None:
        here = Decision.claim.in_(Claim.select().where(Claim.identity_index == self.owner.identity_index))
        rows = [(one.claim_id, one.round, one.staff_id) for one in Decision.select().where(here & Decision.undone.is_null())]
        assert len(rows) == len(set(rows))

    @invariant()
    def tries_do_not_exceed_the_limits(self) -> None:
        for attacker in self.attackers:
            spent = Submission.select().join(Party).where((Party.account == attacker) & Submission.spent)
            days = Counter(clock.shown(one.sent).date() for one in spent)
            assert days.total() <= 5 and max(days.values(), default=0) <= 3

    @invariant()
    def who_cannot_log_in_has_no_session(self) -> None:
        if self.fresh(self.owner).state == "archived":
            assert not Session.select().where((Session.account == self.owner) & Session.ended.is_null()).exists()

    def teardown(self) -> None:
        """The history of every row is a legal path from where it began to where it is."""
        if not hasattr(self, "owner"):
            return
        walk(self.owner, "active", ACCOUNT.moves)
        for attacker in self.attackers:
            walk(attacker, "duplicate", ACCOUNT.moves)
        for claim in Claim.select().where(Claim.identity_index == self.owner.identity_index):
            walk(claim, "open", CLAIM.moves)


def walk(row: Account | Claim, state: str, moves: dict) -> None:
    for event in Event.select().where(Event.object == journal.name_of(row)).order_by(Event.seq):
        move = moves.get(event.action.partition(".")[2])
        if move is None or (move.name == "object" and state != "approved"):
            continue  # not a move; an objection before there is a decision moves nothing
        assert state in move.leaves, f"{event.action} from {state}"
        state = move.to
    assert state == type(row).get_by_id(row.id).state


@pytest.mark.req("DUP-20", "DUP-21", "DUP-22")
def test_no_order_of_events_gives_an_identity_to_who_may_not_have_it(world: World, school: School, times) -> None:
    steps = times(1_500, 20_000 if on_sqlite() else 2_000)
    Claims.world, Claims.school, Claims.desk, Claims.outcomes = world, school, staffed(school), Counter()
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
    taken = Claims.outcomes.total()
    print(f"{taken} deeds in {steps} steps, {len(Claims.outcomes)} outcomes: {dict(Claims.outcomes)}")
    assert taken >= steps * FLOOR
    assert not [one for one in journal.verify() if not isinstance(one, int)]
    assert [deed for deed in REACHED if not Claims.outcomes[deed]] == []
