"""What an account may become: changes asked for, former documents, message settings, sign-ups by e-mail, phones kept."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
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


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Amendment(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    kind = CharField(max_length=8)
    state = CharField(max_length=10)
    wanted = TextField()
    how = CharField(max_length=8)
    unit = ForeignKeyField(Unit, null=True, backref="+")
    asked = DateTimeField()
    staff = ForeignKeyField(Staff, null=True, backref="+")
    decided = DateTimeField(null=True)
    reason = CharField(max_length=16)
    effective = DateTimeField(null=True)
    closed = DateTimeField(null=True)

    class Meta:
        indexes = ((("state", "asked", "id"), False), (("unit", "state", "asked", "id"), False))


Amendment.add_index(Amendment.account, Amendment.kind, unique=True, where=Amendment.state.in_(("open", "approved")))
Amendment.add_index(Amendment.account, Amendment.id)


class Former(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    document_kind = CharField(max_length=1)
    country = CharField(max_length=3)
    document = TextField()
    identity_index = CharField(max_length=43)
    ended = DateTimeField()

    class Meta:
        indexes = ((("account", "identity_index"), True), (("identity_index",), False))


class Preference(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    topic = CharField(max_length=12)
    channel = CharField(max_length=8)
    wanted = BooleanField()

    class Meta:
        indexes = ((("account", "topic", "channel"), True),)


class Signup(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    way = CharField(max_length=8)
    state = CharField(max_length=8)
    email = TextField()
    email_index = CharField(max_length=43)
    password_hash = CharField(max_length=160)
    language = CharField(max_length=2)
    network = CharField(max_length=45)
    answers = TextField(null=True)
    created = DateTimeField()
    mailed = DateTimeField()
    expires = DateTimeField()
    code = CharField(max_length=22)
    code_tries = IntegerField()
    unit = ForeignKeyField(Unit, null=True, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    decided = DateTimeField(null=True)
    reason = CharField(max_length=16)
    account = BigIntegerField(null=True)

    class Meta:
        indexes = ((("email_index", "state"), False), (("state", "created", "id"), False))


class Reservation(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    phone = TextField()
    phone_index = CharField(max_length=43)
    name = CharField(max_length=100)
    identity_index = CharField(max_length=43)
    photo = ForeignKeyField(Upload, null=True, backref="+")
    staff = ForeignKeyField(Staff, backref="+")
    unit = ForeignKeyField(Unit, null=True, backref="+")
    created = DateTimeField()
    until = DateTimeField()
    used = DateTimeField(null=True)

    class Meta:
        indexes = ((("phone_index", "until"), False),)


TABLES = (Amendment, Former, Preference, Signup, Reservation)
OTHERS = (Account, Staff, Unit, Upload)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
