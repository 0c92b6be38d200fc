"""Ways back into an account, printed codes, and numbers that were given up."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Recovery(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    way = CharField(max_length=10)
    state = CharField(max_length=10)
    opened = DateTimeField()
    ripens = DateTimeField()
    ends = DateTimeField()
    closed = DateTimeField(null=True)


Recovery.add_index(Recovery.account, Recovery.way, unique=True, where=Recovery.state.not_in(("done", "cancelled", "expired")))


class PaperCode(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    code_hash = CharField(max_length=43, unique=True)
    used = DateTimeField(null=True)


class GivenUp(Frozen):
    id = BigAutoField()
    account = ForeignKeyField(Account, backref="+")
    phone_index = CharField(max_length=43, index=True)
    at = DateTimeField()


TABLES = (Recovery, PaperCode, GivenUp)


def up(migrator, db):
    db.bind((*TABLES, Account))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, Account))
    db.drop_tables(TABLES)
