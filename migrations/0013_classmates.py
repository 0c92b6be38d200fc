"""Classmates who vouch for a claimant, what a claimant agreed to, and the consent of who had the identity."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, Model

COLUMNS = {
    "claim": {"consented": DateTimeField(null=True)},
    "party": {"warned": DateTimeField(null=True)},
}


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Party(Frozen):
    """Made by an earlier migration."""


class Vouch(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    party = ForeignKeyField(Party, backref="+")
    helper = ForeignKeyField(Account, backref="+")
    state = CharField(max_length=8)
    asked = DateTimeField()
    expires = DateTimeField()
    answered = DateTimeField(null=True)

    class Meta:
        indexes = ((("party", "helper"), True), (("helper", "answered"), False))


OTHERS = (Account, Party)


def up(migrator, db):
    db.bind((Vouch, *OTHERS))
    for table, columns in COLUMNS.items():
        for name, field in columns.items():
            migrator.migrate(migrator.add_column(table, name, field))
    db.create_tables((Vouch,))


def down(migrator, db):
    db.bind((Vouch, *OTHERS))
    db.drop_tables((Vouch,))
    for table, columns in COLUMNS.items():
        for name in columns:
            migrator.migrate(migrator.drop_column(table, name))
