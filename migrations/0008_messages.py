"""Messages that the site itself shows, whether what left arrived, and questions to the office with their mails."""

from peewee import (
    BigAutoField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

MESSAGE = {"notice": CharField(max_length=22, default=""), "fault": CharField(max_length=16, default="")}
ACCOUNT = {"unread": IntegerField(default=0)}


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


class Upload(Frozen):
    """Made by an earlier migration."""


class Notice(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    template = CharField(max_length=32)
    topic = CharField(max_length=12)
    body = TextField()
    link = CharField(max_length=120)
    created = DateTimeField()
    read = DateTimeField(null=True)
    deleted = DateTimeField(null=True)

    class Meta:
        indexes = ((("account", "created", "id"), False), (("created",), False))


class Ticket(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    code = CharField(max_length=8, unique=True)
    state = CharField(max_length=8)
    source = CharField(max_length=8)
    category = CharField(max_length=12)
    account = ForeignKeyField(Account, null=True, backref="+")
    unit = ForeignKeyField(Unit, null=True, backref="+")
    contact = TextField(null=True)
    contact_index = CharField(max_length=43, null=True)
    username = TextField(null=True)
    language = CharField(max_length=2)
    created = DateTimeField()
    due = DateTimeField()
    answered = DateTimeField(null=True)
    ended = DateTimeField(null=True)
    late = DateTimeField(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+")

    class Meta:
        indexes = ((("state", "due", "id"), False), (("unit", "state", "due", "id"), False))


Ticket.add_index(Ticket.contact_index, Ticket.created)


class Post(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    ticket = ForeignKeyField(Ticket, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    text = TextField()
    cut = BooleanField()
    at = DateTimeField()


class Attachment(Frozen):
    id = BigAutoField()
    post = ForeignKeyField(Post, backref="+")
    upload = ForeignKeyField(Upload, unique=True, backref="+")


class Letter(Frozen):
    id = BigAutoField()
    digest = CharField(max_length=64, unique=True)
    ticket = ForeignKeyField(Ticket, null=True, backref="+")
    why = CharField(max_length=12)
    at = DateTimeField()


TABLES = (Notice, Ticket, Post, Attachment, Letter)


def up(migrator, db):
    db.bind((*TABLES, Account, Staff, Unit, Upload))
    for table, columns in (("message", MESSAGE), ("account", ACCOUNT)):
        for name, field in columns.items():
            migrator.migrate(migrator.add_column(table, name, field))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Account, Staff, Unit, Upload))
    db.drop_tables(TABLES)
    for table, columns in (("account", ACCOUNT), ("message", MESSAGE)):
        for name in reversed(columns):
            migrator.migrate(migrator.drop_column(table, name))
