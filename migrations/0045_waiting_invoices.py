"""发票: those that an agency has still to bring, found without reading all that were ever made."""

from peewee import BigAutoField, CharField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Invoice(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    state = CharField(max_length=10)

    class Meta:
        indexes = ((("state", "id"), False),)


MODELS = (Invoice,)


def up(migrator, db):
    db.bind(MODELS)
    Invoice._schema.create_indexes()


def down(migrator, db):
    db.bind(MODELS)
    Invoice._schema.drop_indexes()
