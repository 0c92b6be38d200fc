"""What lies on the desk in one case: each claimant with what was handed in, beside the school's own record of that person.

Not here: bytes of photos, and deciding (`review.py`). Opening the full number is an Event, written here first.
"""

from dataclasses import dataclass, field

from webapp.domain import journal
from webapp.domain.duplicates import marks, review
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Photo, Submission
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit


@dataclass(slots=True)
class Claimant:
    """A party with its newest submission that waits, its photos by slot, and how often it handed something in."""

    party: Party
    submission: Submission | None = None
    photos: list[Photo] = field(default_factory=list)
    sent: int = 0

    @property
    def account(self) -> Account:
        return self.party.account


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything of one case. `numbers` are the claimants' whole numbers by party, or empty where they are not shown;
    `linked` are other cases in which the same picture lies, by photo."""

    claim: Claim
    claimants: list[Claimant]
    record: Record | None
    numbers: dict[int, str]
    linked: dict[int, list[Claim]]


def open_(claim: Claim, actor: Actor) -> Papers:
    """The papers for who holds the case; the whole number only where it need not be read off the photo (R-DUP-16)."""
    claimants = _claimants(claim)
    shown = review.holds(claim, actor) and not review.must_retype(claim)
    if shown:
        with transaction():
            journal.record("claim.open", actor.name, claim)
    numbers = {one.party.id: one.account.document for one in claimants} if shown else {}
    return Papers(claim, claimants, record(claim), numbers, _linked(claim, claimants) if review.holds(claim, actor) else {})


def _linked(claim: Claim, claimants: list[Claimant]) -> dict[int, list[Claim]]:
    """Asked only where the machine found a picture that was used before (T06)."""
    if "reused_photo" not in claim.signals.split():
        return {}
    found = {photo.id: [one.submission.party.claim for one in marks.linked(photo)] for one in claimants for photo in one.photos}
    return {photo: list({case.id: case for case in cases if case.id != claim.id}.values()) for photo, cases in found.items()}


def record(claim: Claim) -> Record | None:
    """The school's record of the identity, the newest one."""
    query = Record.select(Record, Unit).join(Unit).where(Record.identity_index == claim.identity_index)
    return query.order_by(Record.id.desc()).first()


def _claimants(claim: Claim) -> list[Claimant]:
    parties = Party.select(Party, Account).join(Account).where((Party.claim == claim) & Party.left.is_null())
    found = {party.id: Claimant(party) for party in parties.order_by(Party.id)}
    sent = Submission.party.in_(list(found)) & Submission.sent.is_null(False)
    for submission in Submission.select().where(sent).order_by(Submission.sent):
        one = found[submission.party_id]
        one.sent += 1
        one.submission = submission
    current = {one.submission.id: one for one in found.values() if one.submission is not None}
    rows = Photo.select(Photo, Upload).join(Upload).where(Photo.submission.in_(list(current))).order_by(Photo.id)
    for photo in rows:
        current[photo.submission_id].photos.append(photo)
    return list(found.values())


def photo(claim: Claim, key: str) -> Photo | None:
    """A photo of the case by its key; None for one of another case."""
    query = (
        Photo.select(Photo, Upload, Submission, Party, Claim)
        .join(Upload)
        .switch(Photo)
        .join(Submission)
        .join(Party)
        .join(Claim)
        .where((Photo.key == key) & (Claim.id == claim.id))
    )
    return query.first()
