"""The years of an enrolment: kept values, 学籍异动, 学年注册, the province's word, admission data, former school names."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

RECORD = {"published": DateTimeField(null=True), "special": CharField(max_length=16, null=True)}


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Record(Frozen):
    """Made by an earlier migration: what its indexes speak of."""

    unit_id = BigIntegerField()
    kind = CharField(max_length=16)
    name_sort = CharField(max_length=255)
    klass_id = BigIntegerField(null=True)
    enrolled_on = DateField(null=True)
    status = CharField(max_length=2)


FRESH = Record.status.in_(("N0", "N1", "N2", "N3"))
Record.add_index(Record.unit_id, Record.kind, Record.name_sort, Record.id, where=FRESH, name="record_fresh")
ENROLLED = Record.status.in_(("A1", "A2", "A3", "A4"))
Record.add_index(Record.unit_id, Record.kind, Record.klass_id, Record.enrolled_on, where=ENROLLED, name="record_enrolled")


class Unit(Frozen):
    """Made by an earlier migration."""


class Kept(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+", index=False)
    field = CharField(max_length=24)
    before = TextField(null=True)
    after = TextField(null=True)
    who = CharField(max_length=30)
    at = DateTimeField()
    paper = CharField(max_length=60)
    why = TextField(null=True)
    source = CharField(max_length=12)

    class Meta:
        indexes = ((("record", "at"), False),)


class Alteration(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+")
    unit = ForeignKeyField(Unit, backref="+", index=False)
    kind = CharField(max_length=16)
    state = CharField(max_length=10)
    day = DateField()
    paper = CharField(max_length=60)
    reason = TextField(null=True)
    values = TextField(null=True)
    before = CharField(max_length=2)
    who = CharField(max_length=30)
    created = DateTimeField()
    made = DateTimeField(null=True)
    fault = CharField(max_length=40)

    class Meta:
        indexes = ((("unit", "state", "day"), False), (("state", "day"), False))


class YearRegistration(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+", index=False)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    outcome = CharField(max_length=2)
    current = BooleanField()
    who = CharField(max_length=30)
    at = DateTimeField()
    note = TextField(null=True)

    class Meta:
        indexes = ((("record", "year"), False), (("unit", "year", "outcome"), False))


YearRegistration.add_index(
    YearRegistration.record,
    YearRegistration.year,
    unique=True,
    where=YearRegistration.current,
    name="year_registration_current",
)


class Approval(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+", index=False)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    other = ForeignKeyField(Record, null=True, backref="+", index=False)
    kind = CharField(max_length=8)
    category = CharField(max_length=16)
    state = CharField(max_length=10)
    paper = CharField(max_length=60)
    note = TextField(null=True)
    answer = TextField(null=True)
    asked_by = CharField(max_length=30)
    asked = DateTimeField(null=True)
    decided_by = CharField(max_length=30)
    decided = DateTimeField(null=True)
    created = DateTimeField()

    class Meta:
        indexes = ((("record", "kind"), False), (("unit", "state", "created"), False))


Approval.add_index(
    Approval.record,
    Approval.kind,
    unique=True,
    where=Approval.state.in_(("flagged", "waiting")),
    name="approval_open",
)


class Admission(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    record = ForeignKeyField(Record, null=True, backref="+")
    year = IntegerField()
    exam_number = CharField(max_length=18)
    level = CharField(max_length=20)
    values = TextField()
    differs = CharField(max_length=200)
    reason = TextField(null=True)
    explained_by = CharField(max_length=30)
    explained = DateTimeField(null=True)
    taken = DateTimeField()

    class Meta:
        indexes = ((("unit", "exam_number", "level"), True), (("unit", "differs"), False))


class SchoolName(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    name = CharField(max_length=60)
    english = CharField(max_length=120)
    since = DateField(null=True)
    until = DateField(null=True)
    how = CharField(max_length=8)

    class Meta:
        indexes = ((("unit", "name"), True),)


TABLES = (Kept, Alteration, YearRegistration, Approval, Admission, SchoolName)


def up(migrator, db):
    db.bind((*TABLES, Record, Unit))
    for name, field in RECORD.items():
        migrator.migrate(migrator.add_column("record", name, field))
    Record._schema.create_indexes()
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Record, Unit))
    db.drop_tables(TABLES)
    Record._schema.drop_indexes()
    for name in reversed(RECORD):
        migrator.migrate(migrator.drop_column("record", name))
