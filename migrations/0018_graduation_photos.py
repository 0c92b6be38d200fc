"""Photos of qualifications with their checks, and windows in which students look at them."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

COLUMNS = {
    "kind": CharField(max_length=8, default="check"),
    "year": IntegerField(null=True),
    "season": CharField(max_length=8, default=""),
    "corrections_until": DateField(null=True),
}


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Record(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Batch(Frozen):
    """Made by an earlier migration."""


class GraduationPhoto(Frozen):
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+", index=False)
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    batch = ForeignKeyField(Batch, null=True, backref="+")
    state = CharField(max_length=10)
    current = BooleanField()
    standard = TextField()
    likeness = IntegerField(null=True)
    record_block = CharField(max_length=5)
    photo_block = CharField(max_length=5)
    reasons = TextField()
    note = TextField(null=True)
    answer = TextField(null=True)
    imported = DateTimeField()
    started = DateTimeField(null=True)
    finished = DateTimeField(null=True)
    forwarded = DateTimeField(null=True)

    class Meta:
        indexes = ((("record", "imported"), False), (("state", "imported", "id"), False))


GraduationPhoto.add_index(GraduationPhoto.record, unique=True, where=GraduationPhoto.current, name="graduation_photo_current")

TABLES = (GraduationPhoto,)
OTHERS = (Record, Upload, Batch)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    for name, field in COLUMNS.items():
        migrator.migrate(migrator.add_column("campaign", name, field))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
    for name in reversed(COLUMNS):
        migrator.migrate(migrator.drop_column("campaign", name))
