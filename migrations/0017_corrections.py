"""Requests for a correction with their evidence and steps, a school's last day for them, and grants that hold in a province."""

from peewee import BigAutoField, BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, Model, TextField

OPEN = ("draft", "college", "school", "province", "second", "returned")

PROVINCE = CharField(max_length=2, default="")


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class College(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Correction(Frozen):
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+")
    account = ForeignKeyField(Account, backref="+")
    unit = ForeignKeyField(Unit, backref="+", index=False)
    college = ForeignKeyField(College, null=True, backref="+")
    field = CharField(max_length=16)
    ground = CharField(max_length=16)
    erratum = BooleanField()
    state = CharField(max_length=10)
    before = TextField(null=True)
    wanted = TextField(null=True)
    why = TextField(null=True)
    created = DateTimeField()
    submitted = DateTimeField(null=True)
    since = DateTimeField()
    due = DateTimeField(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+")
    lease = DateTimeField(null=True)
    reasons = CharField(max_length=120)
    note = TextField(null=True)
    paper = CharField(max_length=60)
    closed = DateTimeField(null=True)

    class Meta:
        indexes = ((("unit", "state", "due", "id"), False), (("state", "due"), False))


Correction.add_index(
    Correction.record, Correction.field, unique=True, where=Correction.state.in_(OPEN), name="correction_one_open"
)


class CorrectionStep(Frozen):
    key = CharField(max_length=22, unique=True)
    correction = ForeignKeyField(Correction, backref="+")
    move = CharField(max_length=16)
    state = CharField(max_length=10)
    staff = ForeignKeyField(Staff, null=True, backref="+")
    reasons = CharField(max_length=120)
    note = TextField(null=True)
    at = DateTimeField()


class Evidence(Frozen):
    key = CharField(max_length=22, unique=True)
    correction = ForeignKeyField(Correction, backref="+")
    kind = CharField(max_length=24)
    upload = ForeignKeyField(Upload, null=True, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    added = DateTimeField()
    seen_by = ForeignKeyField(Staff, null=True, backref="+")
    seen_at = DateTimeField(null=True)
    seen_where = CharField(max_length=80)


class CorrectionDeadline(Frozen):
    unit = ForeignKeyField(Unit, unique=True, backref="+")
    ends = DateField()
    consequence = CharField(max_length=200)
    staff = ForeignKeyField(Staff, backref="+")
    told = DateTimeField()


TABLES = (Correction, CorrectionStep, Evidence, CorrectionDeadline)
OTHERS = (Account, College, Record, Staff, Unit, Upload)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    migrator.migrate(migrator.add_column("grant", "province", PROVINCE))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
    migrator.migrate(migrator.drop_column("grant", "province"))
