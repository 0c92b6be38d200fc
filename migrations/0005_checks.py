"""Self-checks, what students report, and the daily board."""

from peewee import BigAutoField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Campaign(Frozen):
    """Made by an earlier migration."""


class Class(Frozen):
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


class Check(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    campaign = ForeignKeyField(Campaign, backref="+")
    record = ForeignKeyField(Record, backref="+")
    college = ForeignKeyField(College, null=True, backref="+", index=False)
    klass = ForeignKeyField(Class, null=True, backref="+", index=False)
    state = CharField(max_length=10)
    seen = DateTimeField(null=True)
    confirmed = DateTimeField(null=True)
    held = CharField(max_length=16)
    held_since = DateTimeField(null=True)
    held_days = IntegerField()

    class Meta:
        indexes = (
            (("campaign", "record"), True),
            (("record",), False),
            (("campaign", "college", "klass", "state", "held", "record"), False),
        )


class NoRecord(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    unit = ForeignKeyField(Unit, backref="+")
    record = ForeignKeyField(Record, null=True, backref="+")
    school = CharField(max_length=60)
    student_number = TextField(null=True)
    note = TextField(null=True)
    reason = CharField(max_length=16)
    state = CharField(max_length=8)
    answer = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True, backref="+")
    created = DateTimeField()
    answered = DateTimeField(null=True)


NoRecord.add_index(NoRecord.account, unique=True, where=NoRecord.state == "open")


class Report(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    check_row = ForeignKeyField(Check, null=True, backref="+", column_name="check_id")
    record = ForeignKeyField(Record, backref="+")
    account = ForeignKeyField(Account, backref="+")
    note = TextField(null=True)
    state = CharField(max_length=8)
    outcome = CharField(max_length=8)
    answer = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True, backref="+")
    created = DateTimeField()
    answered = DateTimeField(null=True)

    class Meta:
        indexes = ((("state", "created"), False),)


Report.add_index(Report.record, unique=True, where=Report.state == "open")


class ReportedField(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    report = ForeignKeyField(Report, backref="+")
    field = CharField(max_length=24)
    right = TextField(null=True)


class ReportedFile(Frozen):
    id = BigAutoField()
    report = ForeignKeyField(Report, backref="+")
    upload = ForeignKeyField(Upload, backref="+")


class Snapshot(Frozen):
    id = BigAutoField()
    campaign = ForeignKeyField(Campaign, backref="+")
    klass = ForeignKeyField(Class, null=True, backref="+")
    day = DateField()
    counts = TextField()

    class Meta:
        indexes = ((("campaign", "day", "klass"), True),)


TABLES = (
    Check,
    NoRecord,
    Report,
    ReportedField,
    ReportedFile,
    Snapshot,
)


def up(migrator, db):
    db.bind((*TABLES, Account, Campaign, Class, College, Record, Staff, Unit, Upload))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Account, Campaign, Class, College, Record, Staff, Unit, Upload))
    db.drop_tables(TABLES)
