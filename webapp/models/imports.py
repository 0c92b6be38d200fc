"""Rosters on their way in: the batch, and what its dry run found."""

from peewee import BigIntegerField, CharField, ForeignKeyField, TextField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Batch(KeyedRow):
    """导入批次. `kind`: enrolment, qualification, photos, graduation. States and moves: `domain/imports/batches.py`.

    `mapping` is JSON {header: column or ""}, the officer's word; `headers` JSON of the columns to ask about. `counts` is
    JSON: how many rows in each group. `rows` were read by the dry run, `progress` is how many of them are done now.
    `doubled` is JSON: the rows, counted from 1, that repeat an earlier one and are left out. `fault` is JSON of the
    refusal's code and facts. A batch without a `file` is the command line's, which reads the file where it lies.
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
    doubled = TextField(default="[]")
    fault = TextField(default="")
    staff = ForeignKeyField(Staff, null=True)
    created = Moment()
    confirmed = Moment(null=True)
    applied = Moment(null=True)
    undone = Moment(null=True)


class Finding(KeyedRow):
    """One line of a dry run: a sample of a group, or a problem with sheet, row, column, value and reason (R-SCH-05).

    `group`: new, changed, same, frozen, missing, wrong, doubt; of 学历照片 failing and doubtful too. `value` is JSON: of a
    sample {name, number, changes: {column: [before, after]}}, of a problem {value, facts}; numbers of documents and phones
    stand in it masked.
    """

    batch = ForeignKeyField(Batch, backref="findings", index=False)
    group = CharField(max_length=8)
    sheet = CharField(max_length=60, default="")
    row = BigIntegerField(default=0)
    column = CharField(max_length=40, default="")
    value = Sealed(null=True)
    code = CharField(max_length=40, default="")

    class Meta:
        indexes = ((("batch", "group", "row"), False),)
