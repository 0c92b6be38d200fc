"""Accounts whose identity is somebody's already, and the cases about them."""

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

COLUMNS = {
    "person_proved": DateTimeField(null=True),
    "person_proved_by": CharField(max_length=8, default=""),
    "frozen_from": CharField(max_length=12, default=""),
    "closes": DateTimeField(null=True),
    "archived": DateTimeField(null=True),
    "phone_released": DateTimeField(null=True),
}


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration: what its indexes speak of."""

    state = CharField(max_length=12)
    phone_index = CharField(max_length=43, null=True)
    email_index = CharField(max_length=43, null=True)
    email_proved = DateTimeField(null=True)
    identity_index = CharField(max_length=43)


class AccountBefore(Frozen):
    """The same table, with the indexes that it had."""

    state = CharField(max_length=12)
    phone_index = CharField(max_length=43, null=True)
    email_index = CharField(max_length=43, null=True)
    email_proved = DateTimeField(null=True)
    identity_index = CharField(max_length=43)

    class Meta:
        table_name = "account"


def alone(account, reach, owning):
    """The indexes that keep a phone, an e-mail and an identity with one account."""
    account.add_index(account.phone_index, unique=True, where=account.state.in_(reach))
    account.add_index(account.email_index, unique=True, where=account.state.in_(reach) & account.email_proved.is_null(False))
    account.add_index(account.identity_index, unique=True, where=account.state.in_(owning))


alone(Account, ("active", "frozen", "duplicate", "closing"), ("active", "closing"))
Account.add_index(Account.identity_index, Account.state)
alone(AccountBefore, ("active", "frozen"), ("active", "frozen"))


class Staff(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Claim(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    identity_index = CharField(max_length=43)
    state = CharField(max_length=10)
    unit = ForeignKeyField(Unit, null=True, backref="+", index=False)
    opened = DateTimeField()
    due = DateTimeField(null=True)
    needs_two = BooleanField()
    signals = CharField(max_length=120)
    holder = ForeignKeyField(Staff, null=True, backref="+")
    round = IntegerField()
    held_round = IntegerField()
    lease = DateTimeField(null=True)
    winner = ForeignKeyField(Account, null=True, backref="+")
    way = CharField(max_length=10)
    effective = DateTimeField(null=True)
    objected = DateTimeField(null=True)
    closed = DateTimeField(null=True)

    class Meta:
        indexes = ((("state", "due", "id"), False), (("unit", "state", "due", "id"), False))


Claim.add_index(Claim.identity_index, unique=True, where=Claim.state.not_in(("done", "withdrawn", "expired", "restored")))


class Archive(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    heir = ForeignKeyField(Account, null=True, backref="+")
    claim = ForeignKeyField(Claim, null=True, backref="+")
    why = CharField(max_length=12)
    at = DateTimeField()
    moved = TextField()
    asked_by = ForeignKeyField(Staff, null=True, backref="+")
    asked = DateTimeField(null=True)
    restored = DateTimeField(null=True)


class Party(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    claim = ForeignKeyField(Claim, backref="+")
    account = ForeignKeyField(Account, backref="+")
    joined = DateTimeField()
    left = DateTimeField(null=True)

    class Meta:
        indexes = ((("claim", "account"), True),)


class Submission(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    party = ForeignKeyField(Party, backref="+")
    way = CharField(max_length=10)
    state = CharField(max_length=10)
    begun = DateTimeField()
    sent = DateTimeField(null=True)
    spent = BooleanField()
    decided = DateTimeField(null=True)
    reasons = CharField(max_length=160)
    note = CharField(max_length=100)

    class Meta:
        indexes = ((("party", "begun"), False), (("decided",), False))


class Photo(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    submission = ForeignKeyField(Submission, backref="+")
    slot = CharField(max_length=16)
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    hints = TextField()

    class Meta:
        indexes = ((("submission", "slot"), True),)


class Decision(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    claim = ForeignKeyField(Claim, backref="+")
    staff = ForeignKeyField(Staff, backref="+")
    round = IntegerField()
    place = IntegerField()
    verdict = CharField(max_length=8)
    party = ForeignKeyField(Party, null=True, backref="+")
    reasons = CharField(max_length=160)
    note = CharField(max_length=100)
    seen = TextField()
    at = DateTimeField()
    undone = DateTimeField(null=True)

    class Meta:
        indexes = ((("claim", "place", "at"), False), (("staff", "at"), False))


TABLES = (Claim, Archive, Party, Submission, Photo, Decision)
OTHERS = (Account, AccountBefore, Staff, Unit, Upload)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    AccountBefore._schema.drop_indexes()
    for name, field in COLUMNS.items():
        migrator.migrate(migrator.add_column("account", name, field))
    Account._schema.create_indexes()
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
    Account._schema.drop_indexes()
    for name in reversed(COLUMNS):
        migrator.migrate(migrator.drop_column("account", name))
    AccountBefore._schema.create_indexes()
