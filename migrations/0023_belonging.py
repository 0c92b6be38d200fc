"""Names and numbers that holders had before, 前置学历 once it was seen, and notes whose record came later."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, Model

PRIOR = DateTimeField(null=True)
FOUND = DateTimeField(null=True)


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Earlier(Frozen):
    account = ForeignKeyField(Account, backref="+")
    kind = CharField(max_length=6)
    value = CharField(max_length=100)
    at = DateTimeField()

    class Meta:
        indexes = ((("account", "kind", "value"), True),)


def up(migrator, db):
    db.bind((Account, Earlier))
    migrator.migrate(
        migrator.add_column("record", "prior_seen", PRIOR),
        migrator.add_column("no_record", "found", FOUND),
    )
    db.create_tables((Earlier,))


def down(migrator, db):
    db.bind((Account, Earlier))
    db.drop_tables((Earlier,))
    migrator.migrate(migrator.drop_column("no_record", "found"), migrator.drop_column("record", "prior_seen"))
