"""附件: the same picture once in an item, how it was turned; whether a certificate and the document name the holder alike."""

from peewee import BigAutoField, CharField, IntegerField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Material(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    item_id = IntegerField()
    digest = CharField(max_length=64)

    class Meta:
        indexes = ((("item_id", "digest"), True),)


MODELS = (Material,)


def up(migrator, db):
    db.bind(MODELS)
    migrator.migrate(
        migrator.add_column("material", "digest", CharField(max_length=64, default="")),
        migrator.add_column("material", "turn", IntegerField(default=0)),
        migrator.add_column("material", "turned", IntegerField(default=0)),
        migrator.add_column("application_item", "differs", CharField(max_length=8, default="")),
    )
    db.execute_sql("UPDATE material SET digest = key")
    Material._schema.create_indexes()


def down(migrator, db):
    db.bind(MODELS)
    Material._schema.drop_indexes()
    migrator.migrate(
        migrator.drop_column("application_item", "differs"),
        migrator.drop_column("material", "turned"),
        migrator.drop_column("material", "turn"),
        migrator.drop_column("material", "digest"),
    )
