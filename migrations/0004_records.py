"""Rosters on their way in, and the records."""

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


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Class(Frozen):
    """Made by an earlier migration."""


class College(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Batch(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    kind = CharField(max_length=16)
    state = CharField(max_length=12)
    filename = CharField(max_length=200)
    format = CharField(max_length=8)
    file = ForeignKeyField(Upload, null=True, backref="+")
    annotated = ForeignKeyField(Upload, null=True, backref="+")
    digest = CharField(max_length=64)
    headers = TextField()
    mapping = TextField()
    counts = TextField()
    rows = BigIntegerField()
    progress = BigIntegerField()
    reason = CharField(max_length=200)
    doubled = TextField()
    fault = TextField()
    staff = ForeignKeyField(Staff, null=True, backref="+")
    created = DateTimeField()
    confirmed = DateTimeField(null=True)
    applied = DateTimeField(null=True)
    undone = DateTimeField(null=True)


class Record(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    kind = CharField(max_length=16)
    natural = CharField(max_length=60)
    name = CharField(max_length=100)
    name_compare = CharField(max_length=100)
    name_sort = CharField(max_length=255)
    name_gap = BooleanField()
    sex = CharField(max_length=1)
    birth_date = DateField(null=True)
    document_kind = CharField(max_length=1)
    country = CharField(max_length=3)
    document = TextField(null=True)
    identity_index = CharField(max_length=43, null=True)
    ethnic = CharField(max_length=2)
    political = CharField(max_length=2)
    level = CharField(max_length=20)
    length = CharField(max_length=3)
    category = CharField(max_length=20)
    mode = CharField(max_length=20)
    major = CharField(max_length=60)
    major_code = CharField(max_length=10)
    college = ForeignKeyField(College, null=True, backref="+")
    department = CharField(max_length=60)
    klass = ForeignKeyField(Class, null=True, backref="+", index=False)
    student_number = CharField(max_length=18)
    exam_number = CharField(max_length=18)
    enrolled_on = DateField(null=True)
    expected_on = DateField(null=True)
    left_on = DateField(null=True)
    status = CharField(max_length=2)
    photo = ForeignKeyField(Upload, null=True, backref="+", index=False)
    phone = TextField(null=True)
    phone_index = CharField(max_length=43, null=True)
    email = TextField(null=True)
    email_index = CharField(max_length=43, null=True)
    counsellor = CharField(max_length=100)
    graduated_on = DateField(null=True)
    conclusion = CharField(max_length=12)
    certificate = CharField(max_length=40)
    certificate_serial = CharField(max_length=40)
    president = CharField(max_length=40)
    source = CharField(max_length=8)
    batch = ForeignKeyField(Batch, null=True, backref="+", index=False)
    account = ForeignKeyField(Account, null=True, backref="+", index=False)
    bound = DateTimeField(null=True)
    bound_how = CharField(max_length=8)
    opened = DateTimeField(null=True)
    exempt = CharField(max_length=200)
    updated = DateTimeField()

    class Meta:
        indexes = (
            (("unit", "kind", "natural"), True),
            (("identity_index", "name_compare"), False),
            (("klass",), False),
            (("unit", "kind", "name_sort", "id"), False),
            (("unit", "exam_number"), False),
            (("unit", "student_number"), False),
            (("batch",), False),
        )


Record.add_index(Record.account, unique=False, where=Record.account.is_null(False))


class Change(Frozen):
    id = BigAutoField()
    batch = ForeignKeyField(Batch, backref="+", index=False)
    record = ForeignKeyField(Record, backref="+", index=False)
    before = TextField(null=True)
    at = DateTimeField()
    fields = IntegerField()

    class Meta:
        indexes = (
            (("batch", "record"), True),
            (("record", "at"), False),
        )


class Finding(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    batch = ForeignKeyField(Batch, backref="+", index=False)
    group = CharField(max_length=8)
    sheet = CharField(max_length=60)
    row = BigIntegerField()
    column = CharField(max_length=40)
    value = TextField(null=True)
    code = CharField(max_length=40)

    class Meta:
        indexes = ((("batch", "group", "row"), False),)


class View(Frozen):
    id = BigAutoField()
    actor = CharField(max_length=30)
    what = CharField(max_length=24)
    object = CharField(max_length=22)
    source = CharField(max_length=24)
    at = DateTimeField()

    class Meta:
        indexes = (
            (("object", "at"), False),
            (("actor", "at"), False),
        )


TABLES = (
    Batch,
    Record,
    Change,
    Finding,
    View,
)


def up(migrator, db):
    db.bind((*TABLES, Account, Class, College, Staff, Unit, Upload))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Account, Class, College, Staff, Unit, Upload))
    db.drop_tables(TABLES)
