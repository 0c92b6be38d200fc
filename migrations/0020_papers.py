"""Papers (PDF) that somebody asked for, until a day later."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration: what papers point to."""


class Staff(Frozen):
    """Made by an earlier migration: what papers point to."""


class Upload(Frozen):
    """Made by an earlier migration: what papers point to."""


class Paper(Frozen):
    key = CharField(max_length=22, unique=True)
    template = CharField(max_length=24)
    title = CharField(max_length=120)
    name = CharField(max_length=60)
    back = CharField(max_length=200)
    data = TextField(null=True)
    digest = CharField(max_length=43)
    state = CharField(max_length=8)
    account = ForeignKeyField(Account, null=True)
    staff = ForeignKeyField(Staff, null=True)
    upload = ForeignKeyField(Upload, null=True, index=False)
    created = DateTimeField()
    expires = DateTimeField(index=True)


def up(migrator, db):
    db.bind((Account, Staff, Upload, Paper))
    db.create_tables((Paper,))


def down(migrator, db):
    db.bind((Account, Staff, Upload, Paper))
    db.drop_tables((Paper,))
