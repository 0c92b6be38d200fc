"""Rare characters of names, one small font each."""

from peewee import BigAutoField, CharField, DateTimeField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Glyph(Frozen):
    key = CharField(max_length=22, unique=True)
    character = CharField(max_length=1, unique=True)
    font = TextField(null=True)
    wanted = DateTimeField()


def up(migrator, db):
    db.bind([Glyph])
    db.create_tables([Glyph])


def down(migrator, db):
    db.bind([Glyph])
    db.drop_tables([Glyph])
