"""The page behind the QR of a certification's report, found by a blind index; applications that an impostor made wait."""

from peewee import BigAutoField, CharField, DateTimeField, Model


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
    migrator.migrate(migrator.add_column("application", "held", DateTimeField(null=True)))


def down(migrator, db):
    db.bind((ApplicationItem,))
    migrator.migrate(migrator.drop_column("application", "held"))
    ApplicationItem._schema.drop_indexes()
    migrator.migrate(migrator.drop_column("application_item", "token_index"))
