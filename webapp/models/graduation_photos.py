"""学历照片: every picture that a record was ever given for its qualification, and how its holder checked it.

Not here: the moves (`domain/photos/lifecycle.py`), the bytes (`photos.py`), 录取照片 (a column of the record).
"""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.models.records import Record


class GraduationPhoto(KeyedRow):
    """学历照片. One row for each picture; the `current` one counts, without one the record is 无照片 (spec 7.8).

    `state`: comparing 比对中, failing 不合格, doubtful 疑似非本人, waiting 待校对, checking 校对中, right, wrong, collected
    学院已汇总, returned 退回重采, locked 已锁定, replaced. `standard` is JSON: check → [ok, warn, fail or unchecked, number or
    null]. `likeness` (0 to 100) is how near the face comes to the admission photo's, null where nobody compared.
    `record_block` and `photo_block` are the holder's word on each half: "", right or wrong. Of a wrong photo `reasons` is JSON
    of codes and `note` a sentence, of wrong data `wrong_fields` is JSON of columns and `record_note` a sentence.
    """

    record = ForeignKeyField(Record, backref="graduation_photos", index=False)
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    batch = ForeignKeyField(Batch, null=True, backref="+")
    state = CharField(max_length=10, default="comparing")
    current = BooleanField(default=True)
    standard = TextField(default="{}")
    likeness = IntegerField(null=True)
    record_block = CharField(max_length=5, default="")
    photo_block = CharField(max_length=5, default="")
    reasons = TextField(default="[]")
    note = Sealed(null=True)
    answer = Sealed(null=True)
    imported = Moment()
    started = Moment(null=True)
    finished = Moment(null=True)
    forwarded = Moment(null=True)
    wrong_fields = TextField(default="[]")
    record_note = Sealed(null=True)

    class Meta:
        indexes = ((("record", "imported"), False), (("state", "imported", "id"), False))


GraduationPhoto.add_index(GraduationPhoto.record, unique=True, where=GraduationPhoto.current, name="graduation_photo_current")
