"""People who come to the desk with their document, and the slips that a school hands out in the place of an SMS."""

from peewee import BigAutoField, BigIntegerField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class Meeting(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    purpose = CharField(max_length=10)
    state = CharField(max_length=10)
    account = ForeignKeyField(Account, null=True, backref="+")
    subject = CharField(max_length=22)
    who = TextField(null=True)
    unit = ForeignKeyField(Unit, null=True, backref="+")
    opened = DateTimeField()
    until = DateTimeField()
    first = ForeignKeyField(Staff, null=True, backref="+")
    seen = DateTimeField(null=True)
    second = ForeignKeyField(Staff, null=True, backref="+")
    closed = DateTimeField(null=True)
    used = DateTimeField(null=True)

    class Meta:
        indexes = ((("state", "until"), False),)


LIVE = Meeting.state.in_(("open", "held", "seen")) & Meeting.account.is_null(False)
Meeting.add_index(Meeting.account, Meeting.purpose, unique=True, where=LIVE)


class Slip(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    record = ForeignKeyField(Record, backref="+")
    code_index = CharField(max_length=43, unique=True)
    state = CharField(max_length=10)
    printing = CharField(max_length=22, index=True)
    staff = ForeignKeyField(Staff, backref="+")
    printed = DateTimeField()
    expires = DateTimeField()
    misfits = IntegerField()
    used = DateTimeField(null=True)
    account = BigIntegerField(null=True)

    class Meta:
        indexes = ((("state", "expires"), False),)


Slip.add_index(Slip.record, unique=True, where=Slip.state == "open", name="slip_open")
Slip.add_index(Slip.account, where=Slip.account.is_null(False), name="slip_account")

TABLES = (Meeting, Slip)
OTHERS = (Account, Staff, Unit, Record)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
