"""The school's side of a transcript: compare it with the own files, confirm it or send it back with a reason (R-INT-07, 08).

Not here: the holder's side (`transcripts.py`), drawing the paper (`paper.py`).
"""

from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, defaults, messages
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.transfers.lifecycle import TRANSCRIPT, pages
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff
from webapp.models.transfers import Transcript

REASONS = ("courses", "marks", "english", "pages", "seal", "other_student")
"""Courses lack or are too many; marks differ; the English is wrong; a page cannot be read; no seal; another student's."""

NOTE = 200
"""Characters of what the school adds to a reason."""

SHOWN = ("waiting", "over")


def waiting(actor: Actor) -> Expression:
    """What waits for this member of staff."""
    return (Transcript.state == "waiting") & Transcript.unit.in_(scope.units(actor.where(Can.TRANSCRIPTS)))


def page(actor: Actor, shown: str, place: Place = FIRST) -> Page:
    """Those that wait, the oldest first; those that are over, the newest first."""
    query = Transcript.select(Transcript, Account, Record, Unit).join(Account).switch(Transcript).join(Record).join(Unit)
    if shown == "waiting":
        return keyset.cut(query.where(waiting(actor)), (Transcript.submitted, Transcript.id), place)
    over = Transcript.state.in_(("confirmed", "returned")) & Transcript.unit.in_(scope.units(actor.where(Can.TRANSCRIPTS)))
    return keyset.cut(query.where(over), (Transcript.decided, Transcript.id), place, newest=True)


def find(actor: Actor, key: str) -> Transcript | None:
    """One in reach that was handed in once."""
    here = Transcript.unit.in_(scope.units(actor.where(Can.TRANSCRIPTS)))
    return Transcript.get_or_none((Transcript.key == key) & here & (Transcript.state != "draft"))


def confirm(transcript: Transcript, actor: Actor, compared: bool) -> Transcript:
    """Every course is as the school's files have it: it may be sent, and its paper is drawn and signed.

    Raises Refused: transcript_unchecked, own_case, not_allowed, moved_on.
    """
    if not compared:
        raise Refused("transcript_unchecked", field="compared")
    return _decided(transcript, "confirm", actor, pdf="waiting")


def send_back(transcript: Transcript, actor: Actor, reason: str, note: str) -> Transcript:
    """退回: the student mends it and hands it in again.

    Raises Refused: transcript_reason, transcript_note (most), own_case, not_allowed, moved_on.
    """
    note = note.strip()
    if reason not in REASONS:
        raise Refused("transcript_reason", field="reason")
    if len(note) > NOTE:
        raise Refused("transcript_note", field="note", most=NOTE)
    return _decided(transcript, "return", actor, reason=reason, note=note or None)


def _decided(transcript: Transcript, move: str, actor: Actor, **changes: object) -> Transcript:
    at = clock.now()
    with transaction():
        changes |= {"decided": at, "staff": Staff.by_key(actor.key)}
        moved = TRANSCRIPT.move(transcript, move, actor, **changes)
        ends = at + timedelta(days=defaults.value("ret.transcript_days"))
        Upload.update(expires=ends).where(Upload.id.in_([one.upload_id for one in pages(moved)])).execute()
        told, kind = (messages.notify, "transcript_confirmed") if move == "confirm" else (messages.tell, "transcript_returned")
        told(moved.account, kind, link=f"/transfers/transcripts/{moved.key}", topic="progress")
    return moved
