"""Fewer and smaller indexes on records: a roster of a million rows writes into each of them."""

from peewee import BigAutoField, BigIntegerField, CharField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Record(Frozen):
    """Made by an earlier migration: what its indexes speak of."""

    name_compare = CharField(max_length=100)
    identity_index = CharField(max_length=43, null=True)
    batch = BigIntegerField(column_name="batch_id", null=True)


BEFORE = (Record.index(Record.identity_index, Record.name_compare), Record.index(Record.batch))
AFTER = (Record.index(Record.identity_index),)
"""Nobody asks for a batch's records but through its changes; two names of one identity are too few to be sorted."""


def up(migrator, db):
    _swap(db, BEFORE, AFTER)


def down(migrator, db):
    _swap(db, AFTER, BEFORE)


def _swap(db, gone, made):
    db.bind((Record,))
    for index in gone:
        db.execute_sql(f'DROP INDEX "{index._name}"')
    for index in made:
        db.execute(index)
