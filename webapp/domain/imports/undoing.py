"""Taking an import back: its new records go, changed ones say what they said before (R-SCH-24).

In portions like the apply pass; a record that somebody has worked with meanwhile stays as it is.
"""

from collections.abc import Callable

from peewee import fn

from webapp.domain import clock
from webapp.domain.imports import history
from webapp.domain.imports.batches import BATCH
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.checks import Check, NoRecord
from webapp.models.corrections import Correction
from webapp.models.enrolment import Admission, Alteration, Approval, Kept, YearRegistration
from webapp.models.graduation import Graduate
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.models.records import Change, Record
from webapp.models.reports import OnlineReport
from webapp.models.slips import Slip
from webapp.models.transfers import Transcript

PORTION = 1_000


def run(batch: Batch, alive: Callable[[], None]) -> Batch:
    """Undo what is left of the batch, then say so; `alive` is called after each portion."""
    while _portion(batch):
        alive()
    with transaction():
        kept = Change.select().where(Change.batch == batch).count()
        return BATCH.move(batch, "undid", SYSTEM, detail={"kept": kept}, undone=clock.now())


def _portion(batch: Batch) -> bool:
    """Undo some records; False where none is left that no student has opened and nobody has changed since, that nobody asked
    to correct, that is on no list of graduates and of which there is neither report nor transcript."""
    with transaction():
        untouched = Record.opened.is_null() & Record.published.is_null()
        for table in (Kept, Correction, Graduate, Transcript):
            untouched &= Record.id.not_in(table.select(table.record))
        untouched &= ~fn.EXISTS(OnlineReport.select(OnlineReport.id).where(OnlineReport.record == Record.id))
        query = Change.select(Change, Record).join(Record).where((Change.batch == batch) & untouched)
        changes = list(query.order_by(Change.id).limit(PORTION))
        for change in changes:
            if change.before is not None:
                _restore(change, batch)
        _remove([change.record_id for change in changes if change.before is None])
        Change.delete().where(Change.id.in_([change.id for change in changes])).execute()
        Batch.update(progress=Batch.progress + len(changes)).where(Batch.id == batch.id).execute()
    return bool(changes)


def _restore(change: Change, batch: Batch) -> None:
    change.batch, record = batch, change.record
    history.put_back(change, record)
    record.updated = clock.now()
    record.save()


def _remove(numbers: list[int]) -> None:
    graduation = GraduationPhoto.select(GraduationPhoto.upload).where(GraduationPhoto.record.in_(numbers))
    admission = Record.select(Record.photo).where(Record.id.in_(numbers) & Record.photo.is_null(False))
    photos = [photo for query in (graduation, admission) for (photo,) in query.tuples()]
    GraduationPhoto.delete().where(GraduationPhoto.record.in_(numbers)).execute()
    NoRecord.update(record=None).where(NoRecord.record.in_(numbers)).execute()
    Check.delete().where(Check.record.in_(numbers)).execute()
    Change.delete().where(Change.record.in_(numbers)).execute()
    Slip.delete().where(Slip.record.in_(numbers)).execute()
    Approval.delete().where(Approval.record.in_(numbers)).execute()
    Approval.update(other=None).where(Approval.other.in_(numbers)).execute()
    Admission.update(record=None).where(Admission.record.in_(numbers)).execute()
    for table in (Alteration, YearRegistration):
        table.delete().where(table.record.in_(numbers)).execute()
    Record.delete().where(Record.id.in_(numbers)).execute()
    Upload.update(expires=clock.now()).where(Upload.id.in_(photos)).execute()
