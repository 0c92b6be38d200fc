"""The desk: who looks at which case, what they decide, and taking a decision back while nobody was told.

Not here: what a decision does to accounts (`effect.py`), and photos' bytes.
"""

import json
from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, defaults, journal, reasons, second
from webapp.domain.duplicates import by_face, cases, effect, in_their_name, sending
from webapp.domain.duplicates.lifecycle import CLAIM, SUBMISSION, UNDO
from webapp.domain.permissions import Actor, Can
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.models import keys, scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Decision, Party, Photo, Submission
from webapp.models.staff import Staff

LEASE = timedelta(minutes=15)
"""How long a case stays with who took it; each action renews it."""

SECOND_LOOK = 20
"""One approval in so many gets a second, blind look by chance (5 %)."""

TAKE = {"waiting": "take", "in_review": "take_over", "second": "take_second", "in_second": "take_second_over"}


def reach(actor: Actor) -> Expression:
    """Cases of the units in which the actor reviews; those of no unit are for who reviews in the whole instance.

    Who stands in as the second sees those alone that wait for a second look.
    """
    second_look = Claim.state.in_(("second", "in_second")) & scope.claims(second.stands_in(actor))
    return scope.claims(actor.where(Can.REVIEW)) | second_look


def waiting(actor: Actor) -> Expression:
    """Cases that somebody may take now: they wait, or their lease ran out."""
    free = Claim.state.in_(("waiting", "second")) | (Claim.state.in_(("in_review", "in_second")) & (Claim.lease < clock.now()))
    return reach(actor) & free


def next_case(actor: Actor) -> Claim | None:
    """Take the case that is due first; None when nothing waits for this reviewer. One winner where two ask at once."""
    mine = Claim.get_or_none(reach(actor) & Claim.state.in_(("in_review", "in_second")) & _held_by(actor))
    if mine is not None:
        return renew(mine, actor)
    for claim in Claim.select().where(waiting(actor)).order_by(Claim.due, Claim.id).limit(50):
        try:
            return take(claim, actor)
        except Refused:
            continue  # somebody was faster, or it is not for this reviewer
    return None


def _held_by(actor: Actor) -> Expression:
    return Claim.holder.in_(Staff.select(Staff.id).where(Staff.key == actor.key)) & (Claim.lease >= clock.now())


def take(claim: Claim, actor: Actor) -> Claim:
    """Take a case that waits, or one whose lease ran out. Raises own_case, decided_already, moved_on."""
    with transaction():
        claim = claim.locked()
        if claim.state not in TAKE or (claim.state.startswith("in_") and claim.lease >= clock.now()):
            raise Refused("moved_on", state=claim.state)
        at = clock.now()
        return CLAIM.move(
            claim, TAKE[claim.state], actor, holder=Staff.by_key(actor.key), held_round=claim.round, lease=at + LEASE
        )


def of(actor: Actor, key: str) -> Claim | None:
    """The case with that key, if it lies in the actor's reach."""
    return Claim.get_or_none((Claim.key == key) & reach(actor))


def holds(claim: Claim, actor: Actor) -> bool:
    return claim.state in ("in_review", "in_second") and claim.holder is not None and claim.holder.key == actor.key


def renew(claim: Claim, actor: Actor) -> Claim:
    """Whoever works on a case keeps it for another fifteen minutes."""
    with transaction():
        claim = claim.locked()
        if not holds(claim, actor):
            raise Refused("not_held")
        claim.lease = clock.now() + LEASE
        claim.save()
    return claim


def put_back(claim: Claim, actor: Actor, why: str) -> Claim:
    """跳过: give the case back. `why` is unclear or second_person; the latter asks for two people."""
    with transaction():
        claim = claim.locked()
        if why == "second_person":
            cases.mark(claim, "asked_for_two", needs_two=True)
        move = "put_second_back" if claim.state == "in_second" else "put_back"
        return CLAIM.move(claim, move, actor, holder=None, lease=None, detail={"why": why})


def must_retype(claim: Claim) -> bool:
    """Are the last six characters of the number to be typed from the photo: a signal stands, or a rival was in use?"""
    return bool(claim.signals)


def needs_second(claim: Claim) -> bool:
    """Two people where a signal asks for it, and by chance for one approval in twenty (R-DUP-16)."""
    if claim.needs_two or cases.rival_in_use(claim):
        return True
    drawn = keys.blind("second look", f"{claim.key}|{claim.round}")
    return int.from_bytes(drawn.encode()[:8]) % SECOND_LOOK == 0


def approve(claim: Claim, actor: Actor, party: Party, seen: dict, retyped: str = "") -> Claim:
    """The evidence shows that the identity is this party's. It takes effect in 30 seconds, or after the objection period.

    Where two must decide, the first approval passes the case on, the second is made without sight of it; two that differ
    send it back. Raises retype_wrong, not_held, evidence_came, moved_on.
    """
    if must_retype(claim) and retyped.strip().upper() != party.account.document[-6:].upper():
        raise Refused("retype_wrong", field="retyped")
    with transaction():
        claim = claim.locked()
        if party.claim_id != claim.id or party.left is not None:
            raise Refused("moved_on", state=claim.state)
        first = _first(claim)
        _note(claim, actor, "approve", seen, party=party)
        if first is None and needs_second(claim):
            return _pass_on(claim, actor)
        if first is not None and (first.verdict, first.party_id) != ("approve", party.id):
            return _differ(claim, actor)
        return effect.approve(claim, actor, party, _way(claim, party))


def _way(claim: Claim, party: Party) -> str:
    """On what the approval rests: photos where the party handed some in, for somebody saw them; then a pass by face."""
    ways = {one.way for one in _handed_in(claim, "waiting") if one.party_id == party.id}
    known = (way for way in (*sending.EVIDENCE, by_face.WAY) if way in ways)
    return next(known, min(ways, default=claim.way or "photos"))


def refuse(claim: Claim, actor: Actor, picked: Picked, seen: dict) -> Claim:
    """The evidence does not show it: every party is told why, in the reasons' own words, and may try again.

    Raises reason_missing, note_long, and as `approve`.
    """
    reasons.check(picked)
    with transaction():
        claim = claim.locked()
        first = _first(claim)
        _note(claim, actor, "refuse", seen, reasons=" ".join(picked.codes), note=picked.note)
        if first is None and {"rivals", "objected"} & set(claim.signals.split()):
            return _pass_on(claim, actor)
        if first is not None and first.verdict != "refuse":
            return _differ(claim, actor)
        for submission in _handed_in(claim, "waiting"):
            SUBMISSION.move(submission, "refuse", actor, decided=clock.now(), reasons=" ".join(picked.codes), note=picked.note)
        journal.promise("duplicates.tell_refused", delay=UNDO, key=_last(claim).key)
        return CLAIM.move(claim, "refuse", actor, lease=None, detail={"reasons": list(picked.codes)})


def _first(claim: Claim) -> Decision | None:
    """The first decision of this round, where the case is with the second person; none where evidence came since."""
    if claim.state != "in_second":
        return None
    chosen = (Decision.claim == claim) & (Decision.round == claim.round) & (Decision.place == 1) & Decision.undone.is_null()
    return Decision.select().where(chosen).order_by(Decision.id.desc()).first()


def _note(claim: Claim, actor: Actor, verdict: str, seen: dict, **more: object) -> None:
    place = 2 if _first(claim) else 1
    staff = Staff.by_key(actor.key)
    Decision.create(
        claim=claim, staff=staff, round=claim.round, place=place, verdict=verdict, seen=json.dumps(seen), at=clock.now(), **more
    )


def _pass_on(claim: Claim, actor: Actor) -> Claim:
    return CLAIM.move(claim, "pass_on", actor, holder=None, lease=None, needs_two=True)


def _differ(claim: Claim, actor: Actor) -> Claim:
    """Two people saw it differently: two others look, and are told that it is so."""
    cases.mark(claim, "disagreed", needs_two=True)
    return CLAIM.move(claim, "differ", actor, holder=None, lease=None)


def _handed_in(claim: Claim, state: str) -> list[Submission]:
    return list(Submission.select().join(Party).where((Party.claim == claim) & (Submission.state == state)))


def allege(claim: Claim, actor: Actor, note: str) -> Claim:
    """疑似冒用: every account of the identity is frozen until somebody else has looked into it (R-DUP-24)."""
    with transaction():
        claim = claim.locked()
        _note(claim, actor, "allege", {}, note=note[:100])
        moved = CLAIM.move(claim, "allege", actor, lease=None)
        effect.freeze_all(moved, actor)
    return moved


def close_alleged(claim: Claim, actor: Actor, how: str) -> Claim:
    """A second person ends the suspicion (`how`): `clear`, everybody goes on; `settle`, the claimants were impostors;
    `blame`, who has the identity is, so that an approval by two people puts that account away as such (R-DUP-24, R-DUP-28).

    An impostor's account is archived; the holder of the identity goes on. Raises decided_already, moved_on.
    """
    with transaction():
        claim = claim.locked()
        signals = " ".join(one for one in claim.signals.split() if one != effect.BLAMED)
        moved = CLAIM.move(claim, how, actor, holder=None, lease=None, signals=signals)
        effect.thaw_all(moved, actor)
        if how == "blame":
            cases.mark(moved, effect.BLAMED, needs_two=True)
        if how == "settle":
            _put_impostors_away(moved, actor)
    return moved


def _put_impostors_away(claim: Claim, actor: Actor) -> None:
    claim.closed = clock.now()
    claim.save()
    for party in cases.parties(claim):
        effect.archive(Account.get_by_id(party.account_id), "impostor", actor, claim=claim)
    for holder in cases.rivals(claim):
        in_their_name.tell(claim, holder)


def undo(claim: Claim, actor: Actor) -> Claim:
    """撤回 within 30 seconds: the case is with its reviewer again, and what was decided counts for nothing.

    Raises undo_late.
    """
    with transaction():
        claim = claim.locked()
        at = clock.now()
        moved = CLAIM.move(claim, "undo", actor, holder=Staff.by_key(actor.key), lease=at + LEASE, effective=None, winner=None)
        last = _last(claim)
        last.undone = at
        last.save()
        for state in ("approved", "refused"):
            for submission in _handed_in(moved, state):
                if submission.decided == last.at:
                    SUBMISSION.move(submission, "reopen", actor, decided=None, reasons="", note="")
    return moved


def look(photo: Photo, actor: Actor) -> None:
    """A look at a photo, written down before its bytes leave; nobody but who holds the case looks. Raises not_held."""
    with transaction():
        if not holds(photo.submission.party.claim, actor):
            raise Refused("not_held")
        journal.record("photo.look", actor.name, photo)


def looks(account: Account) -> list:
    """谁看过我的照片: the events of looks at the account's photos, newest first (50)."""
    mine = Photo.select(Photo.key).join(Submission).join(Party).where(Party.account == account)
    return journal.of_objects([f"photo:{key}" for (key,) in mine.tuples()], "photo.look", 50)


def undo_until(claim: Claim, actor: Actor):
    """Until when the reviewer's newest decision on the case can be taken back; None when it cannot."""
    last = _last(claim)
    if last is None or last.staff.key != actor.key or last.at + UNDO < clock.now() or not actor.may(Can.REVIEW):
        return None
    return last.at + UNDO


def _last(claim: Claim) -> Decision | None:
    standing = (Decision.claim == claim) & Decision.undone.is_null()
    return Decision.select().where(standing).order_by(Decision.id.desc()).first()


def paused(actor: Actor) -> bool:
    """Has the reviewer decided fifty cases without a pause of ten minutes? Then a pause is suggested."""
    newest = Decision.select(Decision.at).join(Staff).where(Staff.key == actor.key).order_by(Decision.at.desc()).limit(51)
    moments = [one.at for one in newest]
    breaks = (earlier + timedelta(minutes=10) < later for later, earlier in zip(moments, moments[1:], strict=False))
    return len(moments) > 50 and not any(breaks)


def sla() -> int:
    """Working days in which a case is decided."""
    return defaults.value("dup.sla_workdays")
