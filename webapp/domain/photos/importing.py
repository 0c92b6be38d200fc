"""Sets of 学历照片: whose each file is, what the standard says of it, and giving it to its record (R-IMG-12–14, 16; R-SCH-16).

The pictures are measured before this sees them (`jobs/graduation_sets.py`); only a confirmed batch changes a record.
"""

import json
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from webapp.domain import clock
from webapp.domain.imports import photos
from webapp.domain.permissions import SYSTEM
from webapp.domain.photos import deciding, standard
from webapp.domain.photos.lifecycle import PHOTO
from webapp.domain.ports import Measured
from webapp.domain.refused import Refused
from webapp.domain.rosters import ENROLMENT
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.models.records import Record

PURPOSE = "graduation_photo"

REPLACED_KEPT = timedelta(days=30)
"""How long the picture that another replaced can still be compared with it."""

GROUPS = {"fail": "failing", "doubt": "doubtful"}
"""The first move of a photo that a person has to look at, and the group in which the dry run shows it."""

GOOD = ("waiting", "checking", "right")


class Owner(NamedTuple):
    """Whose a file is: the record, its admission photo, and the 学历照片 that it has."""

    record: Record
    admission: Upload | None
    before: GraduationPhoto | None


class Judged(NamedTuple):
    """A photo that may be kept: what the standard says, and the move that it begins with."""

    checks: standard.Standard
    likeness: int | None
    move: str


class GraduationCheck(photos.PhotoCheck):
    """The dry run of a set of 学历照片."""

    def __init__(self, batch: Batch) -> None:
        super().__init__(batch)
        self._years: set[int] = set()

    def of(self, filename: str) -> Owner:
        """Whose photo it is. Refused: photo_unmatched, photo_double, photo_published (R-IMG-16)."""
        record = self.owner(filename)
        if record.expected_on:
            self._years.add(record.expected_on.year)
        before = current(record)
        if before is not None and before.state == "locked":
            raise Refused("photo_published")
        admission = Upload.get_or_none((Upload.id == record.photo_id) & (Upload.state == "clean")) if record.photo_id else None
        return Owner(record, admission, before)

    def judge(self, whose: Owner, measured: Measured) -> Judged:
        """What the standard says. Refused: those of `standard.judge`, photo_worse (a good one is there already)."""
        checks = standard.judge(measured)
        likeness = measured.told.get("likeness")
        move = standard.first_state(checks, likeness)
        if move == "fail" and whose.before is not None and whose.before.state in GOOD:
            raise Refused("photo_worse", checks=" ".join(standard.failed(checks)))
        return Judged(checks, likeness, move)

    def is_known(self, whose: Owner, jpeg: bytes) -> bool:
        """Whether the record has this very picture."""
        return whose.before is not None and whose.before.upload.digest == sha256(jpeg).hexdigest()

    def same(self, filename: str, whose: Owner) -> None:
        """Note a photo that is there already."""
        self.note("same", filename, photos.said_of(whose.record))

    def kept(self, filename: str, whose: Owner, judged: Judged, upload: Upload) -> None:
        """Note a photo that may be given to its record, and the row of its stored file."""
        upload.save(force_insert=True)
        group = GROUPS.get(judged.move) or ("changed" if whose.before else "new")
        told = {"upload": upload.key, "move": judged.move, "standard": judged.checks, "likeness": judged.likeness}
        self.note(group, filename, photos.said_of(whose.record) | told)

    def without(self) -> int:
        """Students without a photo who are to graduate in the same years as those of the set."""
        missing = 0
        for year in self._years:
            due = Record.expected_on.between(date(year, 1, 1), date(year, 12, 31))
            here = (Record.unit == self.batch.unit_id) & (Record.kind == ENROLMENT) & due
            has_one = GraduationPhoto.select(GraduationPhoto.record).where(GraduationPhoto.current)
            missing += Record.select().where(here & Record.id.not_in(has_one)).count()
        return missing


def current(record: Record) -> GraduationPhoto | None:
    """The 学历照片 that counts, with its stored file."""
    query = GraduationPhoto.select(GraduationPhoto, Upload).join(Upload)
    return query.where((GraduationPhoto.record == record.id) & GraduationPhoto.current).first()


def file_name(record: Record) -> str:
    """What a picture of this very record is called in a set. Refused: photo_unmatched (its numbers are another's too)."""
    for number in filter(None, (record.student_number, record.exam_number)):
        if photos.owner(record.unit, name := f"{number}.jpg") == record:
            return name
    raise Refused("photo_unmatched")


def give(said: dict, batch: Batch) -> None:
    """Make a measured photo the record's 学历照片; the one before steps back. Done twice it changes nothing.

    A record that was published since the dry run keeps what it has.
    """
    record, upload = Record.by_key(said["record"]), Upload.by_key(said["upload"])
    if record is None or upload is None or upload.state != "clean" or record.published:
        return
    if GraduationPhoto.select().where(GraduationPhoto.upload == upload).exists():
        return
    before = current(record)
    if before is not None:
        if before.state == "locked":
            return
        PHOTO.move(before, "replace", SYSTEM, current=False)
        Upload.update(expires=clock.now() + REPLACED_KEPT).where(Upload.id == before.upload_id).execute()
    Upload.update(expires=None).where(Upload.id == upload.id).execute()
    photo = GraduationPhoto.create(
        record=record,
        upload=upload,
        batch=batch,
        state=PHOTO.moves[said["move"]].to,
        standard=json.dumps(said["standard"]),
        likeness=said["likeness"],
        imported=clock.now(),
    )
    if before is not None and before.state == "right":
        deciding.tell(photo, "photo_replaced")
