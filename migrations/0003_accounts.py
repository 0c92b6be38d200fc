"""Accounts with sessions and consents, codes, messages, uploads."""

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


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Account(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    state = CharField(max_length=12)
    phone = TextField(null=True)
    phone_index = CharField(max_length=43, null=True)
    phone_proved = DateTimeField(null=True)
    email = TextField(null=True)
    email_index = CharField(max_length=43, null=True)
    email_proved = DateTimeField(null=True)
    name = CharField(max_length=100)
    name_compare = CharField(max_length=100)
    name_fallback = BooleanField()
    document_kind = CharField(max_length=1)
    country = CharField(max_length=3)
    document = TextField()
    identity_index = CharField(max_length=43)
    password_hash = CharField(max_length=160)
    password_changed = DateTimeField()
    new_password_due = BooleanField()
    language = CharField(max_length=2)
    school_proved = DateTimeField(null=True)
    records_seen = DateTimeField(null=True)
    identity_confirmed = DateTimeField(null=True)
    created = DateTimeField()


Account.add_index(Account.phone_index, unique=True, where=Account.state.in_(("active", "frozen")))


Account.add_index(
    Account.email_index, unique=True, where=Account.state.in_(("active", "frozen")) & Account.email_proved.is_null(False)
)


Account.add_index(Account.identity_index, unique=True, where=Account.state.in_(("active", "frozen")))


class Code(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    purpose = CharField(max_length=16)
    phone = TextField()
    phone_index = CharField(max_length=43)
    digits = IntegerField()
    tries = IntegerField()
    sent = DateTimeField()
    last_sent = DateTimeField()
    expires = DateTimeField()
    proved = DateTimeField(null=True)
    ended = DateTimeField(null=True)


Code.add_index(Code.phone_index, Code.purpose, unique=True, where=Code.ended.is_null())


class Consent(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    kind = CharField(max_length=16)
    version = CharField(max_length=16)
    at = DateTimeField()
    network = CharField(max_length=45)
    withdrawn = DateTimeField(null=True)


class Device(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    mark = CharField(max_length=43)
    first = DateTimeField()
    last = DateTimeField()

    class Meta:
        indexes = ((("account", "mark"), True),)


class Login(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    at = DateTimeField()
    method = CharField(max_length=12)
    result = CharField(max_length=12)
    device = CharField(max_length=80)
    network = CharField(max_length=45)
    disowned = DateTimeField(null=True)

    class Meta:
        indexes = ((("account", "at"), False),)


class Message(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    channel = CharField(max_length=8)
    template = CharField(max_length=32)
    account = ForeignKeyField(Account, null=True, backref="+")
    recipient = TextField()
    body = TextField(null=True)
    state = CharField(max_length=8)
    reference = CharField(max_length=64, null=True)
    tries = IntegerField()
    created = DateTimeField()
    sent = DateTimeField(null=True)


class Puzzle(Frozen):
    id = BigAutoField()
    mark = CharField(max_length=43, unique=True)
    expires = DateTimeField()


class Question(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    place = IntegerField()
    question = CharField(max_length=24)
    answer_hash = CharField(max_length=160)

    class Meta:
        indexes = (
            (("account", "place"), True),
            (("account", "question"), True),
        )


class Session(Frozen):
    id = BigAutoField()
    token = CharField(max_length=64, unique=True)
    kind = CharField(max_length=8)
    account = ForeignKeyField(Account, null=True, backref="+")
    staff = ForeignKeyField(Staff, null=True, backref="+")
    device = CharField(max_length=80)
    network = CharField(max_length=45)
    created = DateTimeField()
    seen = DateTimeField()
    ends = DateTimeField()
    ended = DateTimeField(null=True)
    sure_until = DateTimeField(null=True)


class Upload(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    purpose = CharField(max_length=16)
    state = CharField(max_length=8)
    name = CharField(max_length=32, null=True)
    wrapped_key = TextField(null=True)
    size = BigIntegerField()
    digest = CharField(max_length=64)
    media = CharField(max_length=80)
    reason = CharField(max_length=32)
    account = ForeignKeyField(Account, null=True, backref="+")
    unit = ForeignKeyField(Unit, null=True, backref="+")
    created = DateTimeField()
    expires = DateTimeField(null=True)


TABLES = (
    Account,
    Code,
    Consent,
    Device,
    Login,
    Message,
    Puzzle,
    Question,
    Session,
    Upload,
)


def up(migrator, db):
    db.bind((*TABLES, Staff, Unit))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Staff, Unit))
    db.drop_tables(TABLES)
