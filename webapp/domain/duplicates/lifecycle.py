"""The moves of a case and of what is handed in for it, with their guards: the whole story on one screen.

Not here: the verbs that make them (`cases.py`, `sending.py`, `review.py`, `effect.py`).
"""

from datetime import timedelta

from webapp.domain import clock
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Decision, Filing, Party, Submission, Vouch
from webapp.models.staff import Staff

UNDO = timedelta(seconds=30)
"""How long a decision can be taken back; nobody is told before (R-DUP-15)."""


def holds_it(claim: Claim, actor: Actor) -> None:
    """The case is theirs. A lease that ran out does not matter while nobody else has taken the case."""
    if claim.holder is None or claim.holder.key != actor.key:
        raise Refused("not_held")


def saw_everything(claim: Claim, actor: Actor) -> None:
    """Nothing was handed in since the case was taken."""
    if claim.round != claim.held_round:
        raise Refused("evidence_came")


def is_a_stranger(claim: Claim, actor: Actor) -> None:
    """Nobody decides for an account that has their own phone, mail box or name, nor where such a one vouched."""
    reviewer = Staff.by_key(actor.key)
    helpers = Vouch.select(Vouch.helper).join(Party).where(Party.claim == claim)
    for account in Account.select().where((Account.identity_index == claim.identity_index) | Account.id.in_(helpers)):
        same_contact = any(mine and mine == hers for mine, hers in _contacts(reviewer, account))
        if same_contact or reviewer.name == account.name:
            raise Refused("own_case")


def _contacts(reviewer: Staff, account: Account) -> tuple[tuple[str | None, str | None], ...]:
    return (reviewer.phone, account.phone), (reviewer.email, account.email)


def is_new_to_it(claim: Claim, actor: Actor) -> None:
    """Whoever decided once in this round does not decide a second time: another pair of eyes is the point."""
    mine = (Decision.claim == claim) & (Decision.round == claim.round) & Decision.undone.is_null() & (Staff.key == actor.key)
    if Decision.select().join(Staff).where(mine).exists():
        raise Refused("decided_already")


def did_not_file_it(claim: Claim, actor: Actor) -> None:
    """Whoever handed something in for a claimant does not decide about it (R-DUP-27)."""
    mine = (Party.claim == claim) & (Staff.key == actor.key)
    if Filing.select().join(Staff).switch(Filing).join(Submission).join(Party).where(mine).exists():
        raise Refused("filed_it")


def decided_it_just_now(claim: Claim, actor: Actor) -> None:
    last = Decision.select().where((Decision.claim == claim) & Decision.undone.is_null()).order_by(Decision.id.desc()).first()
    if last is None or last.staff.key != actor.key or last.at + UNDO < clock.now():
        raise Refused("undo_late")


def is_due(claim: Claim, actor: Actor) -> None:
    if claim.effective is None or claim.effective > clock.now():
        raise Refused("moved_on", state=claim.state)


STRANGER = (is_a_stranger, is_new_to_it, did_not_file_it)
HOLDER = (holds_it, saw_everything, did_not_file_it)

CLAIM = Lifecycle(
    Claim,
    #    name           from                        to           who may      guards                     jobs promised
    Move("enter", ("open", "refused"), "waiting"),
    Move("take", ("waiting",), "in_review", Can.REVIEW, STRANGER),
    Move("take_over", ("in_review",), "in_review", Can.REVIEW, STRANGER),
    Move("put_back", ("in_review",), "waiting", Can.REVIEW, (holds_it,)),
    Move("pass_on", ("in_review", "in_second"), "second", Can.SECOND, HOLDER),
    Move("take_second", ("second",), "in_second", Can.SECOND, STRANGER),
    Move("take_second_over", ("in_second",), "in_second", Can.SECOND, STRANGER),
    Move("put_second_back", ("in_second",), "second", Can.SECOND, (holds_it,)),
    Move("differ", ("in_second",), "waiting", Can.SECOND, HOLDER),
    Move("approve", ("in_review", "in_second"), "approved", Can.SECOND, HOLDER),
    Move("refuse", ("in_review", "in_second"), "refused", Can.SECOND, HOLDER),
    Move("allege", ("in_review", "in_second"), "alleged", Can.SECOND, (holds_it, did_not_file_it)),
    Move("undo", ("second", "approved", "refused"), "in_review", Can.REVIEW, (decided_it_just_now,)),
    Move("suffice", ("open", "waiting", "refused"), "approved"),
    Move("object", ("approved",), "waiting"),
    Move("release", ("approved",), "open"),
    Move("take_effect", ("approved",), "done", guards=(is_due,)),
    Move("clear", ("alleged",), "waiting", Can.REVIEW, STRANGER),
    Move("blame", ("alleged",), "waiting", Can.REVIEW, STRANGER),
    Move("settle", ("alleged",), "withdrawn", Can.REVIEW, STRANGER),
    Move("withdraw", ("open", "waiting", "refused", "approved"), "withdrawn"),
    Move("expire", ("open", "refused"), "expired"),
    Move("restore", ("done",), "restored"),
)

SUBMISSION = Lifecycle(
    Submission,
    Move("submit", ("draft",), "checking", Can.CLAIM, jobs=("duplicates.check",)),
    Move("file", ("draft",), "checking", Can.SUPPORT, jobs=("duplicates.check",)),
    Move("enter", ("checking", "draft"), "waiting"),
    Move("spoil", ("checking",), "draft"),
    Move("approve", ("waiting",), "approved"),
    Move("refuse", ("waiting",), "refused"),
    Move("reopen", ("approved", "refused"), "waiting"),
    Move("withdraw", ("draft", "checking", "waiting"), "withdrawn"),
)
"""`enter` spends a try: it comes after the machine's check, so that nobody loses one to a broken file (R-DUP-10)."""
