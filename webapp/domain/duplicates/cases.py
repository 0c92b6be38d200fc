"""A case about an identity: opened by the first who claims it, joined by the next, left by who gives up.

Not here: evidence (`sending.py`) and decisions (`review.py`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from webapp.domain import clock, defaults, journal, limits, messages, workdays
from webapp.domain.certification import following
from webapp.domain.duplicates import objections
from webapp.domain.duplicates.lifecycle import CLAIM, SUBMISSION
from webapp.domain.permissions import SYSTEM, Actor, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Login
from webapp.models.base import transaction
from webapp.models.duplicates import CLOSED, Claim, Party, Submission
from webapp.models.records import Record

OPEN = ("open", "waiting", "refused")
"""States in which a case lies with nobody: what suffices by itself may decide it."""

QUIET = timedelta(days=90)
"""A case whose parties hand nothing in for so long is over."""


def open_or_join(account: Account, by: Actor | None = None) -> Party:
    """The case about the account's identity, with the account as a party; an open case is joined (R-DUP-22).

    Whoever holds the identity is told once a day that somebody claims it. `by` is who claims it for the holder of the
    account, who does so otherwise. Raises moved_on unless it is in doubt.
    """
    if account.state != "duplicate":
        raise Refused("moved_on", state=account.state)
    with transaction():
        claim = _open(account.identity_index) or _begin(account)
        party = Party.get_or_none((Party.claim == claim) & (Party.account == account))
        if party is None:
            party = Party.create(claim=claim, account=account, joined=clock.now())
            journal.record("claim.join", (by or student(account.key)).name, claim)
            if len(parties(claim)) > 1:
                _contest(claim)
            _warn_rivals(claim)
        elif party.left is not None:
            party.left = None
            party.save()
    return party


def accept(account: Account) -> Party:
    """The claimant ticked what an approval does to the other accounts; from now on a way may be gone (R-DUP-02)."""
    with transaction():
        party = open_or_join(account)
        if party.warned is None:
            party.warned = clock.now()
            party.save()
            journal.record("claim.accept", student(account.key).name, party.claim)
    return party


def to_do(account: Account) -> int:
    """How many tasks wait for the claimant (the badge of R-DUP-26): none while what was handed in is being looked at."""
    party = of(account)
    if party is None or party.claim.state in CLOSED:
        return 1
    looked_at = (Submission.party == party) & Submission.state.in_(("checking", "waiting"))
    return 0 if party.claim.state == "approved" or Submission.select().where(looked_at).exists() else 1


def _contest(claim: Claim) -> None:
    """Somebody else claims it too: two people decide, and an approval of one that has not taken effect waits for them.

    That happens once; or who registers again and again would keep a case from ever ending. It takes nothing from the
    rival, whose own time to object begins anew with the next approval.
    """
    if claim.state != "approved":
        mark(claim, "rivals", needs_two=True)
    elif not _contested(claim):
        mark(claim, "rivals", needs_two=True)
        stop(claim, SYSTEM)


def _contested(claim: Claim) -> bool:
    """Was an approval stopped before, because somebody else came?"""
    stops = journal.of_objects([journal.name_of(claim)], "claim.object", 50)
    return claim.objected is not None or any(stop.actor == SYSTEM.name for stop in stops)


def stop(claim: Claim, actor: Actor, **more: object) -> Claim:
    """An approval is contested before it took effect: back to the queue, for two people, and its winner is told."""
    at, winner = clock.now(), claim.winner
    for submission in Submission.select().join(Party).where((Party.claim == claim) & (Submission.state == "approved")):
        SUBMISSION.move(submission, "reopen", SYSTEM, decided=None)
    due = workdays.due(at, defaults.value("dup.sla_workdays"))
    moved = CLAIM.move(claim, "object", actor, effective=None, winner=None, holder=None, due=due, round=claim.round + 1, **more)
    messages.tell(winner, "claim_objected", days=defaults.value("dup.sla_workdays"))
    return moved


def _open(identity_index: str) -> Claim | None:
    return Claim.get_or_none((Claim.identity_index == identity_index) & Claim.state.not_in(CLOSED))


def _begin(account: Account) -> Claim:
    claim = Claim.create(identity_index=account.identity_index, unit=_unit(account), opened=clock.now())
    if rival_in_use(claim):
        mark(claim, "rival_active", needs_two=True)
    return claim


def _unit(account: Account):
    """The school whose record carries the claimant's name and identity; without one the case is the instance's."""
    same = (Record.identity_index == account.identity_index) & (Record.name_compare == account.name_compare)
    found = Record.select(Record.unit).where(same).order_by(Record.id.desc()).first()
    return found.unit if found else None


def of(account: Account) -> Party | None:
    """The account's place in its open case, or in its newest one."""
    query = Party.select(Party, Claim).join(Claim).where((Party.account == account) & Party.left.is_null())
    return query.order_by(Party.id.desc()).first()


def parties(claim: Claim) -> list[Party]:
    """Who claims the identity now, in the order in which they came."""
    query = Party.select(Party, Account).join(Account).where((Party.claim == claim) & Party.left.is_null())
    return list(query.order_by(Party.id))


def rivals(claim: Claim) -> list[Account]:
    """Accounts for which the identity counts as registered: those that an approval would put away."""
    return list(Account.select().where(Account.registered(claim.identity_index)))


def is_alone(party: Party) -> bool:
    """Nobody else claims the identity, and nothing was noticed but that the other account is in use."""
    claim = Claim.get_by_id(party.claim_id)
    return len(parties(claim)) == 1 and not set(claim.signals.split()) - {"rival_active"} and claim.objected is None


def last_used(account: Account) -> datetime | None:
    """When the account was last opened, as far as its log-in history reaches."""
    newest = Login.select(Login.at).where((Login.account == account) & (Login.result == "in")).order_by(Login.at.desc())
    found = newest.first()
    return found.at if found else None


def in_use(account: Account) -> bool:
    """Was the account used in the last `dup.active_days`, or does it hold an application that is not over?"""
    used, edge = last_used(account), clock.now() - timedelta(days=defaults.value("dup.active_days"))
    return used is not None and used >= edge or bool(following.under_way(account))


def rival_in_use(claim: Claim) -> bool:
    """Is one of the rivals in use? Then nothing takes effect at once (R-DUP-20)."""
    return any(in_use(rival) for rival in rivals(claim))


def mark(claim: Claim, signal: str, needs_two: bool = False) -> None:
    """Note what a reviewer must know; some signals ask for a second person."""
    known = claim.signals.split()
    if signal not in known:
        claim.signals = " ".join([*known, signal])
    claim.needs_two = claim.needs_two or needs_two
    claim.save()


def _warn_rivals(claim: Claim) -> None:
    for rival in rivals(claim):
        if not limits.used_up("claim:told", rival.key):
            limits.spend("claim:told", rival.key)
            messages.tell(rival, "claim_opened", link="/duplicate/notice", token=objections.token(claim, rival))


def withdraw(account: Account) -> None:
    """The account gives its claim up; the case ends with its last party. What was handed in is not looked at any more.

    An approval of it is void: the case goes on for the others.
    """
    with transaction():
        party = of(account)
        if party is None or party.claim.state in CLOSED:
            raise Refused("moved_on", state="withdrawn")
        claim = party.claim.locked()
        for one in _unfinished([party]):
            SUBMISSION.move(one, "withdraw", student(account.key))
        party.left = clock.now()
        party.save()
        journal.record("claim.leave", student(account.key).name, claim)
        if not parties(claim):
            CLAIM.move(claim, "withdraw", student(account.key), closed=clock.now())
        elif claim.state == "approved" and claim.winner_id == account.id:
            _release(claim, student(account.key))


def _release(claim: Claim, actor: Actor) -> None:
    """The winner left before anything took effect: whoever else handed something in waits again."""
    claim = CLAIM.move(claim, "release", actor, effective=None, winner=None, holder=None, lease=None)
    others = (Submission.state == "waiting") & Submission.party.in_(parties(claim))
    first = Submission.select().where(others).order_by(Submission.sent).first()
    if first is not None:
        due = workdays.due(first.sent, defaults.value("dup.sla_workdays"))
        CLAIM.move(claim, "enter", SYSTEM, due=due, way=first.way)


def _unfinished(some: Sequence[Party]) -> list[Submission]:
    chosen = Submission.party.in_(list(some)) & Submission.state.in_(("draft", "checking", "waiting"))
    return list(Submission.select().where(chosen))


def sweep() -> int:
    """Close cases in which nobody did anything for 90 days. Returns how many."""
    edge, ended = clock.now() - QUIET, 0
    for claim in Claim.select().where(Claim.state.in_(("open", "refused")) & (Claim.opened < edge)):
        recent = (Party.claim == claim) & (Submission.begun >= edge)
        if not Submission.select().join(Party).where(recent).exists():
            CLAIM.move(claim, "expire", SYSTEM, closed=clock.now())
            ended += 1
    return ended
