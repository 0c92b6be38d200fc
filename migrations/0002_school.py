"""Units with colleges and classes, contacts, campaigns; staff and their roles."""

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


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Unit(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    name = CharField(max_length=60)
    english = CharField(max_length=120)
    short = CharField(max_length=20)
    seal = CharField(max_length=2)
    code = CharField(max_length=5, unique=True)
    province = CharField(max_length=2)
    created = DateTimeField()


class Contact(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    topic = CharField(max_length=24)
    title = CharField(max_length=60)
    phone = CharField(max_length=40)
    room = CharField(max_length=80)
    hours = CharField(max_length=80)
    email = CharField(max_length=254)

    class Meta:
        indexes = ((("unit", "topic"), True),)


class Campaign(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    title = CharField(max_length=60)
    scope = TextField()
    starts = DateField(null=True)
    ends = DateField(null=True)
    notice = TextField()
    contact = ForeignKeyField(Contact, null=True, backref="+")
    closed = BooleanField()
    created = DateTimeField()


class College(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    name = CharField(max_length=60)

    class Meta:
        indexes = ((("unit", "name"), True),)


class Class(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+")
    college = ForeignKeyField(College, backref="+")
    name = CharField(max_length=60)

    class Meta:
        indexes = ((("unit", "college", "name"), True),)


class Staff(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    login = CharField(max_length=64, unique=True)
    name = CharField(max_length=100)
    state = CharField(max_length=8)
    password_hash = CharField(max_length=160)
    totp = TextField(null=True)
    totp_step = IntegerField()
    totp_next = TextField(null=True)
    invite = CharField(max_length=64, null=True)
    invite_ends = DateTimeField(null=True)
    reset_by = CharField(max_length=22)
    reset_asked = DateTimeField(null=True)
    phone = TextField(null=True)
    email = TextField(null=True)
    language = CharField(max_length=2)
    created = DateTimeField()
    used = DateTimeField()


class Filter(Frozen):
    id = BigAutoField()
    staff = ForeignKeyField(Staff, backref="+")
    page = CharField(max_length=24)
    chosen = TextField()

    class Meta:
        indexes = ((("staff", "page"), True),)


class Grant(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    staff = ForeignKeyField(Staff, backref="+")
    role = CharField(max_length=2)
    unit = ForeignKeyField(Unit, null=True, backref="+")
    college = ForeignKeyField(College, null=True, backref="+")
    klass = ForeignKeyField(Class, null=True, backref="+")
    starts = DateTimeField()
    ends = DateTimeField(null=True)


class RecoveryCode(Frozen):
    id = BigAutoField()
    staff = ForeignKeyField(Staff, backref="+")
    code_hash = CharField(max_length=43, unique=True)
    used = DateTimeField(null=True)


TABLES = (
    Unit,
    Contact,
    Campaign,
    College,
    Class,
    Staff,
    Filter,
    Grant,
    RecoveryCode,
)


def up(migrator, db):
    db.bind(TABLES)
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind(TABLES)
    db.drop_tables(TABLES)
