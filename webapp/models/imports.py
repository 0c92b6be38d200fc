"""Rosters on their way in: the batch, and what its dry run found."""

from peewee import BigIntegerField, CharField, ForeignKeyField, TextField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Batch(KeyedRow):
    """导入批次. `state`: uploaded, mapping, reading, preview, applying, applied, refused, undone, failed.

    `mapping` is JSON {header: column or ""}; `counts` JSON of the five groups 新增 变更 相同 有误 缺少; `progress` in rows.
    """

    unit = ForeignKeyField(Unit, backref="batches")
    kind = CharField(max_length=16)
    state = CharField(max_length=12, default="uploaded")
    filename = CharField(max_length=200)
    format = CharField(max_length=8, default="")
    file = ForeignKeyField(Upload, null=True)
    annotated = ForeignKeyField(Upload, null=True)
    digest = CharField(max_length=64, default="")
    headers = TextField(default="[]")
    mapping = TextField(default="{}")
    counts = TextField(default="{}")
    rows = BigIntegerField(default=0)
    progress = BigIntegerField(default=0)
    reason = CharField(max_length=200, default="")
    fault = CharField(max_length=64, default="")
    staff = ForeignKeyField(Staff, null=True)
    created = Moment()
    confirmed = Moment(null=True)
    applied = Moment(null=True)
    undone = Moment(null=True)


class Finding(KeyedRow):
    """One line of a dry run: a sample of a group, or a problem with sheet, row, column, value and reason (R-SCH-05)."""

    batch = ForeignKeyField(Batch, backref="findings")
    group = CharField(max_length=8)
    sheet = CharField(max_length=60, default="")
    row = BigIntegerField(default=0)
    column = CharField(max_length=40, default="")
    value = Sealed(null=True)
    code = CharField(max_length=40, default="")
    facts = TextField(default="{}")

    class Meta:
        indexes = ((("batch", "group", "row"), False),)
