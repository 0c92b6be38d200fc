"""Admission photos (录取照片): whose each file is, by student number, examinee number or document (R-IMG-23).

The pictures are cleaned before this sees them; a confirmed batch only ties them to the records.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults
from webapp.domain.identity import characters, documents
from webapp.domain.imports.batches import BATCH, WRITTEN
from webapp.domain.permissions import SYSTEM
from webapp.domain.ports import Cleaned
from webapp.domain.refused import Refused
from webapp.domain.rosters import ENROLMENT
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.imports import Batch, Finding
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit

LIGHTEST, HEAVIEST = 5 * 1024, 500 * 1024
"""Bytes of a photo as it comes."""

SPARE = timedelta(days=2)
"""How much longer than an undecided import its cleaned photos stay."""

PORTION = 200
_HEADS = (b"\xff\xd8\xff", b"\x89PNG")


def kept_until() -> datetime:
    """Until when cleaned photos wait for the decision: `batches.give_up` comes first."""
    return clock.now() + timedelta(days=defaults.value("ret.import_days")) + SPARE


def owner(unit: Unit, filename: str) -> Record | None:
    """The newest enrolment record of the student whose 学号, else 考生号, else 证件号码 is the file's name."""
    number = characters.compact(filename.rpartition(".")[0]).upper()
    if not number:
        return None
    identity = keys.blind("identity", documents.canonical("1", number))
    for same in (Record.student_number == number, Record.exam_number == number, Record.identity_index == identity):
        here = same & (Record.unit == unit) & (Record.kind == ENROLMENT)
        if found := Record.select().where(here).order_by(Record.enrolled_on.desc(), Record.id.desc()).first():
            return found
    return None


def check_file(size: int, data: bytes) -> None:
    """Refused: photo_size (found, in KB), photo_kind."""
    if not LIGHTEST <= size <= HEAVIEST:
        raise Refused("photo_size", found=round(size / 1024))
    if not data.startswith(_HEADS):
        raise Refused("photo_kind")


def check_picture(picture: Cleaned) -> None:
    """Refused: photo_landscape."""
    if picture.height <= picture.width:
        raise Refused("photo_landscape")


class Fit(NamedTuple):
    """A cleaned photo beside its record."""

    record: Record
    upload: Upload


class PhotoCheck:
    """The dry run of a photo set. Cleaned pictures are kept, for a week, so that confirming is quick.

    A set of 学历照片 has another of these: `domain/photos/importing.py`.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.counts: Counter[str] = Counter()
        self._met: set[int] = set()
        self._seen = 0
        with transaction():
            Finding.delete().where(Finding.batch == batch).execute()

    def owner(self, filename: str) -> Record:
        """Whose photo it is. Refused: photo_unmatched, photo_double (a second one of the same student), photo_published."""
        self._seen += 1
        record = owner(self.batch.unit, filename)
        if record is None:
            raise Refused("photo_unmatched")
        if record.id in self._met:
            raise Refused("photo_double")
        self._met.add(record.id)
        if record.published is not None:
            raise Refused("photo_published")
        return record

    def fits(self, filename: str, fit: Fit) -> None:
        """Note a photo that may be tied to its record: new, changed, or the same as the one that is there."""
        before = fit.record.photo
        group = "new" if before is None else "same" if before.digest == fit.upload.digest else "changed"
        if group == "same":
            Upload.update(expires=clock.now()).where(Upload.id == fit.upload.id).execute()
        self.note(group, filename, said_of(fit.record) | {"upload": fit.upload.key})

    def wrong(self, filename: str, refused: Refused) -> None:
        """Note a file that is left out, and why."""
        self.note("wrong", filename, {"value": _told(filename), "facts": refused.facts}, refused.code)

    def progress(self) -> None:
        """Save how far the check is. Raises Refused("moved_on") where the officer refused meanwhile."""
        here = (Batch.id == self.batch.id) & (Batch.state == "reading")
        if not Batch.update(progress=self._seen).where(here).execute():
            raise Refused("moved_on", state="refused")

    def show(self) -> Batch:
        """Let the officer decide. Refused: import_no_photos."""
        if not sum(self.counts.values()):
            raise Refused("import_no_photos")
        self.counts["missing"] = max(0, self.without() - self.counts["new"])
        told = {"counts": json.dumps(self.counts), "rows": self._seen, "progress": self._seen}
        return BATCH.move(self.batch, "show", SYSTEM, detail=dict(self.counts), **told)

    def without(self) -> int:
        """Students of the school who have no photo so far."""
        here = (Record.unit == self.batch.unit_id) & (Record.kind == ENROLMENT)
        return Record.select().where(here & Record.photo.is_null()).count()

    def note(self, group: str, filename: str, said: dict, code: str = "") -> None:
        """Keep what the dry run found about one file."""
        self.counts[group] += 1
        finding = Finding(batch=self.batch, group=group, sheet=_told(filename), code=code)
        finding.value = json.dumps(said, ensure_ascii=False)
        finding.save(force_insert=True)


def said_of(record: Record) -> dict:
    """Whose photo it is, as a finding keeps it."""
    number = record.student_number or record.exam_number
    return {"name": record.name, "number": number, "changes": {}, "record": record.key}


def tie(said: dict, batch: Batch) -> None:
    """Make a cleaned photo the record's admission photo. Done twice it changes nothing.

    A record that was published since the dry run keeps what it has.
    """
    record, upload = Record.by_key(said["record"]), Upload.by_key(said["upload"])
    if record is None or upload is None or upload.state != "clean" or record.photo_id == upload.id or record.published:
        return
    Upload.update(expires=clock.now()).where(Upload.id == record.photo_id).execute()
    Upload.update(expires=None).where(Upload.id == upload.id).execute()
    Record.update(photo=upload, updated=clock.now()).where(Record.id == record.id).execute()


def apply(batch: Batch, alive: Callable[[], None], tie: Callable[[dict, Batch], None] = tie) -> Batch:
    """Tie the photos of a confirmed batch to their records; what a killed pass left is done now."""
    groups = Finding.group.in_(WRITTEN)
    last = 0
    while True:
        query = Finding.select().where((Finding.batch == batch) & groups & (Finding.id > last))
        some = list(query.order_by(Finding.id).limit(PORTION))
        if not some:
            break
        with transaction():
            for finding in some:
                tie(json.loads(finding.value), batch)
            Batch.update(progress=Batch.progress + len(some)).where(Batch.id == batch.id).execute()
        last = some[-1].id
        alive()
    return BATCH.move(batch, "finish", SYSTEM, detail={"digest": batch.digest}, applied=clock.now())


def _told(filename: str) -> str:
    """A file's name as a list shows it: one that is an ID number is masked."""
    stem, dot, suffix = filename.rpartition(".")
    return (documents.masked(stem) if len(stem) in (15, 18) else stem)[:50] + dot + suffix[:8]
