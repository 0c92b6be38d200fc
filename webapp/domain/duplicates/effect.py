"""What an approval does: the objection period, one account left, everybody told; and undoing it for 30 days.

Not here: which assets go where (`cascade.py`), and the decision itself (`review.py`).
"""

from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages, standing
from webapp.domain.duplicates import cascade, cases, in_their_name, objections
from webapp.domain.duplicates.lifecycle import CLAIM, SUBMISSION, UNDO, is_a_stranger
from webapp.domain.permissions import SYSTEM, Actor, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import CLOSED, Archive, Claim, Party, Submission
from webapp.models.staff import Staff

BLAMED = "prior_impostor"
"""The signal of a case in which two people found that who had the identity before is the impostor."""

SEEN = {"photos": "photos", "ticket": "photos", "desk": "desk", "face": "face"}
"""Ways on which somebody, or a camera, saw who the winner is: those alone raise the level of the account (spec 7.5)."""


def approve(claim: Claim, actor: Actor, party: Party, way: str) -> Claim:
    """The move itself, of a reviewer or (record, classmates, face) of the system: when it takes effect, and the promise to.

    A rival in use has `dup.hold_hours` to object; who objected once already was heard by two people, and who agreed has
    nothing to object to.
    """
    at = clock.now()
    cooling = cases.rival_in_use(claim) and claim.objected is None and claim.consented is None
    wait = timedelta(hours=defaults.value("dup.hold_hours")) if cooling else UNDO
    with transaction():
        chosen = (Submission.party == party) & (Submission.state == "waiting")
        for submission in Submission.select().where(chosen):
            SUBMISSION.move(submission, "approve", actor, decided=at)
        move = "approve" if claim.state.startswith("in_") else "suffice"
        moved = CLAIM.move(
            claim, move, actor, winner=party.account, way=way, effective=at + wait, lease=None, detail={"way": way}
        )
        journal.promise("duplicates.take_effect", delay=wait, key=claim.key)
        if cooling:
            journal.promise("duplicates.announce", delay=UNDO, key=claim.key)
    return moved


def announce(claim: Claim) -> None:
    """Tell the rivals of an approval that will put them away, while it still stands and can be objected to."""
    if claim.state != "approved":
        return
    for rival in cases.rivals(claim):
        link = objections.token(claim, rival)
        messages.tell(rival, "claim_approved", link="/duplicate/notice", until=claim.effective, token=link)
    messages.tell(claim.winner, "claim_cooling", link="/duplicate/status", until=claim.effective)


def take_effect(claim: Claim) -> None:
    """Keep the winner, put every other account of the identity away, and tell everyone. Once; an approval withdrawn does
    nothing."""
    with transaction():
        claim = claim.locked()
        if claim.state != "approved" or claim.effective > clock.now():
            return
        winner = Account.get_by_id(claim.winner_id)
        claim = CLAIM.move(claim, "take_effect", SYSTEM, closed=clock.now())
        archive_rivals(winner, claim)
        if how := SEEN.get(claim.way):
            standing.proved(winner, how, SYSTEM)
        else:
            standing.settle(winner, SYSTEM)
        messages.tell(winner, "claim_done", link="/records")
        in_their_name.tell(claim, winner)


def archive_rivals(winner: Account, claim: Claim) -> None:
    """Every other account with the identity is archived; what it had goes to the winner (spec 7.4)."""
    false = {rival.id for rival in cases.rivals(claim)} if BLAMED in claim.signals.split() else ()
    others = (Account.identity_index == claim.identity_index) & (Account.id != winner.id) & (Account.state != "archived")
    for rival in Account.select().where(others):
        messages.tell(rival, "account_archived")
        archive(rival, "impostor" if rival.id in false else "duplicate", SYSTEM, heir=winner, claim=claim)


def archive(account: Account, why: str, actor: Actor, heir: Account | None = None, claim: Claim | None = None) -> Archive:
    """Put an account away: it lets go of phone, e-mail and identity; its assets follow the table of `cascade.py`."""
    with transaction():
        at = clock.now()
        account = standing.ACCOUNT.move(account, "archive", actor, archived=at, detail={"why": why})
        row = Archive.create(account=account, heir=heir, claim=claim, why=why, at=at)
        cascade.give(row)
    return row


def give_up(account: Account) -> Archive:
    """用原账号: the claimant has found the other account. The claim ends, and the account that was made for it is put away,
    so that its phone may go to the one that stays. Raises moved_on while somebody looks at the case."""
    with transaction():
        party = cases.of(account)
        if party is not None and party.claim.state not in CLOSED:
            cases.withdraw(account)
        return archive(account, "own_request", student(account.key, account.state))


def object(claim: Claim, account: Account) -> Claim:
    """「不是我」: the holder of an account that would be put away says no; two people decide.

    Before a decision it is a signal, after one it stops what was due: once, for what two people decided then stands.
    Raises moved_on when it is too late.
    """
    with transaction():
        claim = claim.locked()
        _may_speak(claim, account)
        if claim.objected is not None:
            return claim
        claim.consented = None
        cases.mark(claim, "objected", needs_two=True)
        if claim.state == "approved":
            return cases.stop(claim, student(account.key, account.state), objected=clock.now())
        claim.objected = clock.now()
        claim.save()
        journal.record("claim.deny", student(account.key).name, claim)
    return claim


def _may_speak(claim: Claim, account: Account) -> None:
    if claim.state in CLOSED or account.id not in {rival.id for rival in cases.rivals(claim)}:
        raise Refused("moved_on", state=claim.state)


def consent(claim: Claim, account: Account) -> Claim:
    """「是我」: the holder of the account that would be put away has two of them and agrees.

    What was decided takes effect as soon as it cannot be taken back any more, what is decided later does so too. Somebody
    else's account in use still has its time to object. Raises moved_on when it is too late.
    """
    with transaction():
        claim = claim.locked()
        _may_speak(claim, account)
        if claim.consented is not None or any(cases.in_use(one) for one in cases.rivals(claim) if one.id != account.id):
            return claim
        claim.consented = clock.now()
        soon = claim.consented + UNDO
        if claim.state == "approved" and claim.effective > soon:
            claim.effective = soon
            journal.promise("duplicates.take_effect", delay=UNDO, key=claim.key)
        claim.save()
        journal.record("claim.consent", student(account.key).name, claim)
    return claim


def freeze_all(claim: Claim, actor: Actor) -> None:
    """Every account of the identity is frozen: nobody acts in that name until it is known who is who."""
    same = (Account.identity_index == claim.identity_index) & Account.state.in_(("active", "duplicate", "closing"))
    for account in Account.select().where(same):
        standing.freeze(account, actor, "alleged")
        messages.tell(account, "account_frozen")


def thaw_all(claim: Claim, actor: Actor) -> None:
    same = (Account.identity_index == claim.identity_index) & (Account.state == "frozen")
    for account in Account.select().where(same):
        _thaw(account, actor, "cleared")


def _thaw(account: Account, actor: Actor, why: str) -> None:
    standing.thaw(account, actor, why)
    messages.tell(account, "account_restored")


def let_claim_again(archive: Archive, actor: Actor) -> None:
    """Who had won before the archived account was restored is thawed, in doubt as before, and may claim anew.

    Raises own_case, moved_on.
    """
    with transaction():
        heir = may_claim_again(archive)
        if heir is None:
            raise Refused("moved_on", state="restored")
        _is_a_strangers(archive, actor)
        _thaw(heir, actor, "claims_again")


def may_claim_again(archive: Archive) -> Account | None:
    """The account that a restored one froze, while it is so."""
    heir = archive.heir
    return heir if archive.restored and heir is not None and heir.state == "frozen" else None


def ask_restore(archive: Archive, staff: Staff, actor: Actor) -> None:
    """The first of two people asks for an archived account to be restored. Raises restore_late, own_case."""
    with transaction():
        archive = archive.locked()
        _still_restorable(archive)
        _is_a_strangers(archive, actor)
        archive.asked_by, archive.asked = staff, clock.now()
        archive.save()
        journal.record("archive.ask_restore", actor.name, archive)


def restore(archive: Archive, staff: Staff, actor: Actor) -> Account:
    """The second person restores it: the winner is frozen and in doubt again, everything goes back where it was.

    Raises restore_late, restore_unasked, own_case, own_step (the same person twice).
    """
    with transaction():
        archive = archive.locked()
        _still_restorable(archive)
        _is_a_strangers(archive, actor)
        if archive.asked_by is None:
            raise Refused("restore_unasked")
        if archive.asked_by_id == staff.id:
            raise Refused("own_step")
        if archive.heir is not None and archive.heir.state in ("active", "closing"):
            standing.freeze(archive.heir, actor, "overturned", back_to="duplicate")
        account = standing.restore(archive.account, actor)
        cascade.take_back(archive)
        archive.restored = clock.now()
        archive.save()
        if archive.claim is not None and archive.claim.state == "done":
            CLAIM.move(archive.claim, "restore", actor)
        messages.tell(account, "account_restored")
        in_their_name.confirm_again([archive.heir] if archive.heir else [], "overturned")
    return account


def _is_a_strangers(archive: Archive, actor: Actor) -> None:
    if archive.claim is not None:
        is_a_stranger(archive.claim, actor)


def _still_restorable(archive: Archive) -> None:
    if archive.restored is not None or archive.at + timedelta(days=defaults.value("dup.restore_days")) < clock.now():
        raise Refused("restore_late")
