"""What a case promised: the machine's look at what was handed in, the effect of an approval, and telling people.

Not here: what happens (`domain/duplicates/`).
"""

from datetime import timedelta

from webapp.domain import clock, messages
from webapp.domain.duplicates import cases, effect, marks, pace, pauses, sending, vouching
from webapp.domain.ports import Cleaned, Unavailable
from webapp.jobs import images
from webapp.jobs.registry import Outside, every, job
from webapp.models.duplicates import Claim, Decision, Photo, Submission


@job("duplicates.clean")
def clean(outside: Outside, key: str) -> None:
    """A photo has come: it is decoded and made harmless at once, so that what is no picture is told while she is there."""
    if photo := Photo.by_key(key):
        _look(outside, photo)


@job("duplicates.check")
def check(outside: Outside, key: str) -> None:
    """Every photo is decoded and made harmless; then a person may look, or the student mends what was no picture."""
    submission = Submission.by_key(key)
    if submission is None or submission.state != "checking":
        return
    for photo in sending.photos(submission).values():
        _look(outside, photo)
    missing = sending.missing(submission)
    if missing and submission.way == "ticket":
        sending.discard(submission)
    elif missing:
        sending.spoil(submission)
        messages.tell(submission.party.account, "claim_spoiled", link="/duplicate/photos")
    else:
        marks.flag(submission)
        sending.enter(submission)


def _look(outside: Outside, photo: Photo) -> None:
    """Make a photo harmless and keep what the machine noticed: hints for people, and what finds the picture again."""
    images.clean(outside, photo.upload.key, lambda picture: marks.note(photo, picture, _read(outside, photo, picture)))


def _read(outside: Outside, photo: Photo, picture: Cleaned) -> str:
    """How the number on an identity card was read; nothing where no machine reads, or not now: nobody waits for a hint."""
    account = photo.submission.party.account
    if photo.slot != marks.NUMBERED or account.document_kind != "1":
        return ""
    try:
        lines = outside.ocr.read(picture.jpeg)
    except Unavailable:
        return ""
    return "" if lines is None else marks.number(lines, account)


@job("duplicates.take_effect")
def take_effect(outside: Outside, key: str) -> None:
    """Thirty seconds after an approval, or when the objection period is over."""
    if claim := Claim.by_key(key):
        effect.take_effect(claim)


@job("duplicates.announce")
def announce(outside: Outside, key: str) -> None:
    """Once an approval cannot be taken back any more, those whom it would close out are told."""
    if claim := Claim.by_key(key):
        effect.announce(claim)


@job("duplicates.tell_refused")
def tell_refused(outside: Outside, key: str) -> None:
    """Once a refusal (the decision `key`) cannot be taken back any more: that there are reasons, and where."""
    decision = Decision.by_key(key)
    if decision is None or decision.undone is not None:
        return
    for party in cases.parties(decision.claim):
        messages.tell(party.account, "claim_refused", link="/duplicate/status")


@every(minute="20")
def expire(outside: Outside) -> None:
    """Every hour, close the cases that everybody has forgotten, and what hangs on the time that passes."""
    cases.sweep()
    marks.sweep()
    vouching.sweep()
    pauses.sweep()


@every(minute="40", hour="16")
def note_pace(outside: Outside) -> None:
    """Forty minutes into a day in China, the auditor is told who decided too fast on the day before (T23)."""
    pace.note(clock.today() - timedelta(days=1))
