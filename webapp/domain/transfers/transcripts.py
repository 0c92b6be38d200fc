"""大学成绩验证: the holder enters courses, brings the original or a sealed translation, asks the school (R-INT-07, 08).

Not here: the school's answer (`confirming.py`), what a course may say (`courses.py`).
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from peewee import IntegrityError, fn

from webapp.domain import clock, journal, limits, records
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.transfers import courses, lifecycle
from webapp.domain.transfers.courses import Line
from webapp.domain.transfers.lifecycle import TRANSCRIPT
from webapp.models.accounts import Account
from webapp.models.base import new_key, transaction
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.transfers import Course, Transcript, TranscriptPage

SOURCES = ("original", "translation")
"""学校出具的英文成绩单原件; 有资质的翻译机构翻译并盖章的译本."""

PAGES = 10
"""Pictures of one transcript."""

DRAFT = timedelta(days=30)
"""How long pictures wait for their transcript to be handed in."""

WRITABLE = ("draft", "returned")


def begin(account: Account, actor: Actor, record: Record) -> Transcript:
    """The open transcript of an own record, or a new one; after a confirmed one another may be made. Raises not_allowed."""
    if record.id not in {one.id for one in records.mine(account)}:
        raise Refused("not_allowed")
    try:
        with transaction():
            if found := _open(account, record):
                return found
            made = Transcript(account=account, record=record, unit=record.unit, created=clock.now())
            made.save(force_insert=True)
            journal.record("transcript.begin", actor.name, made)
            return made
    except IntegrityError:  # the second of two taps
        return _open(account, record)


def _open(account: Account, record: Record) -> Transcript | None:
    here = (Transcript.account == account) & (Transcript.record == record)
    return Transcript.get_or_none(here & (Transcript.state != "confirmed"))


def mine(account: Account) -> list[Transcript]:
    query = Transcript.select(Transcript, Record, Unit).join(Record).join(Unit)
    return list(query.where(Transcript.account == account).order_by(Transcript.id.desc()))


def find(account: Account, key: str) -> Transcript | None:
    return Transcript.get_or_none((Transcript.key == key) & (Transcript.account == account))


def lines(transcript: Transcript) -> list[Course]:
    """Its courses in their order."""
    return list(Course.select().where(Course.transcript == transcript).order_by(Course.place, Course.id))


def add(transcript: Transcript, line: Line) -> Course:
    """One course more, at the end. Raises moved_on, courses_most (most)."""
    with transaction():
        _writable(transcript)
        mine = Course.transcript == transcript
        if Course.select().where(mine).count() >= courses.MOST:
            raise Refused("courses_most", most=courses.MOST)
        last = Course.select(fn.MAX(Course.place)).where(mine).scalar() or 0
        return Course.create(transcript=transcript, place=last + 1, **asdict(line))


def replace(transcript: Transcript, lines: Sequence[Line]) -> None:
    """The courses of a sheet in the place of those that were there. Raises moved_on."""
    with transaction():
        _writable(transcript)
        Course.delete().where(Course.transcript == transcript).execute()
        rows = [{"key": new_key(), "transcript": transcript, "place": at, **asdict(line)} for at, line in enumerate(lines, 1)]
        Course.insert_many(rows).execute()


def drop(transcript: Transcript, key: str) -> None:
    """Raises moved_on."""
    with transaction():
        _writable(transcript)
        Course.delete().where((Course.transcript == transcript) & (Course.key == key)).execute()


def say_source(transcript: Transcript, source: str) -> None:
    """What the pages are: one of SOURCES. Raises transcript_source, moved_on."""
    if source not in SOURCES:
        raise Refused("transcript_source", field="source")
    with transaction():
        _writable(transcript)
        Transcript.update(source=source).where(Transcript.id == transcript.id).execute()


def takes(transcript: Transcript) -> None:
    """May a picture come now? Asked before its bytes are stored. Raises moved_on, evidence_most (most), photos_many (until)."""
    if transcript.state not in WRITABLE:
        raise Refused("moved_on", state=transcript.state)
    if len(lifecycle.pages(transcript)) >= PAGES:
        raise Refused("evidence_most", most=PAGES)
    limits.spend("evidence:account", transcript.account.key)


def attach(transcript: Transcript, upload: Upload) -> TranscriptPage:
    """Put a stored picture beside it, after `takes`. Raises moved_on."""
    with transaction():
        _writable(transcript)
        made = TranscriptPage.create(transcript=transcript, upload=upload, added=clock.now())
        journal.promise("images.clean", key=upload.key)
    return made


def detach(transcript: Transcript, key: str) -> None:
    """Take a picture back; its bytes go with the next sweep. Raises moved_on."""
    with transaction():
        _writable(transcript)
        found = TranscriptPage.get_or_none((TranscriptPage.transcript == transcript) & (TranscriptPage.key == key))
        if found is not None:
            Upload.update(expires=clock.now()).where(Upload.id == found.upload_id).execute()
            found.delete_instance()


def submit(transcript: Transcript, actor: Actor) -> Transcript:
    """提交学校核对. Raises transcript_courses, transcript_source, transcript_pages, not_allowed, moved_on."""
    with transaction():
        _keep(transcript, None)
        return TRANSCRIPT.move(transcript, "submit", actor, submitted=clock.now(), reason="", note=None)


def take_back(transcript: Transcript, actor: Actor) -> Transcript:
    """To write on in it, as long as the school has said nothing. Raises not_allowed, moved_on."""
    with transaction():
        _keep(transcript, clock.now() + DRAFT)
        return TRANSCRIPT.move(transcript, "take_back", actor)


def _keep(transcript: Transcript, until: object) -> None:
    """Until when its pictures are kept; None for as long as they are needed."""
    pictures = TranscriptPage.select(TranscriptPage.upload).where(TranscriptPage.transcript == transcript)
    Upload.update(expires=until).where(Upload.id.in_(pictures) & Upload.name.is_null(False)).execute()


def _writable(transcript: Transcript) -> None:
    state = transcript.locked().state
    if state not in WRITABLE:
        raise Refused("moved_on", state=state)
