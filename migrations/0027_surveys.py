"""How a school's students like it: votes by school and school year, and who has answered."""

from peewee import BigAutoField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Survey(Frozen):
    unit = ForeignKeyField(Unit, backref="+", index=False)
    year = IntegerField()
    answers = IntegerField(default=0)
    votes = TextField(default="{}")
    shown = TextField(default="{}")

    class Meta:
        indexes = ((("unit", "year"), True),)


class Answered(Frozen):
    survey = ForeignKeyField(Survey, backref="+", index=False)
    account = ForeignKeyField(Account, backref="+")

    class Meta:
        indexes = ((("survey", "account"), True),)


MODELS = (Account, Unit, Survey, Answered)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables((Survey, Answered))


def down(migrator, db):
    db.bind(MODELS)
    db.drop_tables((Answered, Survey))
