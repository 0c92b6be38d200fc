"""The page behind the QR of a certification's report: its token is found by a blind index."""

from peewee import BigAutoField, CharField, Model


class ApplicationItem(Model):
    """Made by an earlier migration: what its new index speaks of."""

    id = BigAutoField()
    token_index = CharField(max_length=43, null=True, unique=True)

    class Meta:
        legacy_table_names = False


def up(migrator, db):
    db.bind((ApplicationItem,))
    migrator.migrate(migrator.add_column("application_item", "token_index", CharField(max_length=43, null=True)))
    ApplicationItem._schema.create_indexes()


def down(migrator, db):
    db.bind((ApplicationItem,))
    ApplicationItem._schema.drop_indexes()
    migrator.migrate(migrator.drop_column("application_item", "token_index"))
