"""Handing in: a set of photos in the making, what is missing, what the tries allow, and the way into the queue.

Not here: looking at it (`review.py`), and the bytes (`jobs/duplicates.py`, `providers/files.py`).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults, journal, limits, workdays
from webapp.domain.duplicates import cases, photo_sets
from webapp.domain.duplicates.lifecycle import CLAIM, SUBMISSION
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Photo, Submission
from webapp.models.photos import Upload

EVIDENCE = ("photos", "ticket")
"""Ways on which pictures are handed in, by the claimant or by support: each counts as a try."""

TAKES = ("open", "refused", "waiting", "in_review", "second", "in_second")
"""States of a case in which something may be handed in."""


class Tries(NamedTuple):
    """How often the party may still hand in: today, and in all; `again` is when, if today's are used up (naive UTC)."""

    today: int
    total: int
    again: datetime | None


def tries(party: Party) -> Tries:
    """Counted per account and identity over all its cases; withdrawing gives none back (R-DUP-10, R-DUP-11)."""
    same = (Party.account == party.account_id) & (Claim.identity_index == party.claim.identity_index)
    counts = same & (Submission.spent | (Submission.state == "checking")) & Submission.way.in_(EVIDENCE)
    sent = [one.sent for one in Submission.select(Submission.sent).join(Party).join(Claim).where(counts)]
    start, end = clock.day_bounds(clock.today())
    today = sum(start <= moment < end for moment in sent)
    left = max(0, defaults.value("dup.per_day") - today)
    return Tries(left, max(0, defaults.value("dup.total") - len(sent)), None if left else end)


def now(party: Party) -> Submission | None:
    """The set of photos in the making, or the one that is being looked at; None before the first photo."""
    live = Submission.state.in_(("draft", "checking", "waiting"))
    mine = (Submission.party == party) & (Submission.way == "photos") & live
    return Submission.select().where(mine).order_by(Submission.id.desc()).first()


def draft(party: Party) -> Submission:
    """The set of photos in the making, begun now if there is none; another device goes on with the same (R-DUP-25)."""
    with transaction():
        party.claim.locked()
        may_send(party)
        mine = (Submission.party == party) & (Submission.way == "photos")
        known = Submission.get_or_none(mine & (Submission.state == "draft"))
        return known or Submission.create(party=party, way="photos", begun=clock.now())


def may_send(party: Party) -> None:
    """Raises moved_on where the case takes nothing any more, claim_waiting where pictures of the party are looked at."""
    claim = Claim.get_by_id(party.claim_id)
    if claim.state not in TAKES:
        raise Refused("moved_on", state=claim.state)
    looked_at = Submission.way.in_(EVIDENCE) & Submission.state.in_(("checking", "waiting"))
    if Submission.select().where((Submission.party == party) & looked_at).exists():
        raise Refused("claim_waiting")


def expect(submission: Submission, slot: str, digest: str) -> None:
    """May a file with this SHA-256 come into the slot? Asked before it is stored.

    Raises photo_again for the very file that the machine refused there, photos_many (until) past sixty in a day.
    """
    before = photos(submission).get(slot)
    if before is not None and before.upload.state == "refused" and before.upload.digest == digest:
        raise Refused("photo_again")
    limits.spend("photo:account", submission.party.account.key)


def kept_until() -> datetime:
    """When a photo that is never handed in is shredded (naive UTC)."""
    return clock.now() + timedelta(hours=defaults.value("ret.draft_hours"))


def attach(submission: Submission, slot: str, upload: Upload) -> Photo:
    """Put a photo into its slot and promise the machine's look at it; one that stood there before is shredded by the next
    sweep. Raises slot_unknown, claim_waiting."""
    if slot not in slots(submission):
        raise Refused("slot_unknown")
    with transaction():
        submission = submission.locked()
        if submission.state != "draft":
            raise Refused("claim_waiting")
        detach(submission, slot)
        photo = Photo.create(submission=submission, slot=slot, upload=upload)
        journal.promise("duplicates.clean", key=photo.key)
    return photo


def detach(submission: Submission, slot: str) -> None:
    """Take a photo out of its slot: the file goes with the next sweep."""
    with transaction():
        before = Photo.get_or_none((Photo.submission == submission) & (Photo.slot == slot))
        if before is not None:
            Upload.update(expires=clock.now()).where(Upload.id == before.upload_id).execute()
            before.delete_instance()


def slots(submission: Submission) -> tuple[str, ...]:
    return slots_of(submission.party)


def slots_of(party: Party) -> tuple[str, ...]:
    """The photos that this claimant hands in, before there is any."""
    return slots_for(party.account)


def slots_for(account: Account) -> tuple[str, ...]:
    """The photos that the holder of this account hands in."""
    return photo_sets.slots(account.document_kind)


def photos(submission: Submission) -> dict[str, Photo]:
    """By slot, in the order of the set, with their uploads."""
    rows = Photo.select(Photo, Upload).join(Upload).where(Photo.submission == submission)
    found = {photo.slot: photo for photo in rows}
    return {slot: found[slot] for slot in slots(submission) if slot in found}


def missing(submission: Submission) -> list[str]:
    """Slots without a photo, or with one that the machine refused or that waited too long.

    Of what support hands in the set need not be whole.
    """
    there = photos(submission)
    gone = ("refused", "shredded")
    wanted = there if submission.way == "ticket" else slots(submission)
    return [slot for slot in wanted if slot not in there or there[slot].upload.state in gone]


def submit(submission: Submission) -> Submission:
    """Hand in: the machine checks the photos, then the case waits for a person.

    A second tap finds it done. Raises photos_missing (slots), tries_today (until), tries_total.
    """
    with transaction():
        submission = submission.locked()
        if submission.state in ("checking", "waiting"):
            return submission
        if absent := missing(submission):
            raise Refused("photos_missing", slots=absent)
        left = tries(submission.party)
        if not left.total:
            raise Refused("tries_total", most=defaults.value("dup.total"))
        if not left.today:
            raise Refused("tries_today", most=defaults.value("dup.per_day"), until=left.again)
        Upload.update(expires=None).where(Upload.id.in_([one.upload_id for one in photos(submission).values()])).execute()
        account = submission.party.account
        return SUBMISSION.move(submission, "submit", student(account.key, account.state), sent=clock.now())


def enter(submission: Submission) -> None:
    """The machine found nothing broken: the try is spent, the case waits in the queue with the day by which it is due."""
    with transaction():
        submission = submission.locked()
        if submission.state != "checking":
            return
        _queue(submission)


def hand_over(party: Party, way: str) -> Submission:
    """What needs no machine's look (`way`: record, classmates) goes straight to a person."""
    with transaction():
        submission = _sent(party, way)
        _queue(submission)
    return submission


def note(party: Party, way: str) -> Submission:
    """What decides by itself stands in the log like everything else; the approval that follows takes it along."""
    return SUBMISSION.move(_sent(party, way), "enter", SYSTEM)


def _sent(party: Party, way: str) -> Submission:
    return Submission.create(party=party, way=way, begun=clock.now(), sent=clock.now())


def _queue(submission: Submission) -> None:
    SUBMISSION.move(submission, "enter", SYSTEM, spent=submission.way in EVIDENCE)
    claim = submission.party.claim.locked()
    if claim.state != "alleged":  # or who raised an alarm would be new to it
        claim.round += 1
        claim.save()
    if cases.rival_in_use(claim):
        cases.mark(claim, "rival_active", needs_two=True)
    if claim.state in ("open", "refused"):
        due = workdays.due(submission.sent, defaults.value("dup.sla_workdays"))
        CLAIM.move(claim, "enter", SYSTEM, due=due, way=submission.way, holder=None, lease=None)


def spoil(submission: Submission) -> None:
    """A photo turned out to be none: the set is open again, and no try was spent (R-DUP-10)."""
    with transaction():
        submission = submission.locked()
        if submission.state == "checking":
            SUBMISSION.move(submission, "spoil", SYSTEM, sent=None)
            Upload.update(expires=kept_until()).where(
                Upload.id.in_([p.upload_id for p in photos(submission).values()])
            ).execute()


def discard(submission: Submission) -> None:
    """What support handed in was no picture: it is void, no try was spent, and the question says so."""
    with transaction():
        submission = submission.locked()
        if submission.state == "checking":
            SUBMISSION.move(submission, "withdraw", SYSTEM, sent=None)


def log(account: Account) -> list[Submission]:
    """Everything that the account ever handed in, newest first (R-DUP-13)."""
    sent = (Party.account == account) & Submission.sent.is_null(False)
    query = Submission.select(Submission, Party).join(Party).where(sent)
    return list(query.order_by(Submission.sent.desc(), Submission.id.desc()))
