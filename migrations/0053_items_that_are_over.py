"""学历认证: what ended otherwise than by a report or a notice, in the order in which it did, without reading all of it."""

from peewee import SQL, BigAutoField, CharField, DateTimeField, ForeignKeyField, Model

OVER = [SQL(f"'{one}'") for one in ("upheld", "fraud", "cancelled", "closed")]


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Agency(Frozen):
    """Made by an earlier migration."""


class ApplicationItem(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    state = CharField(max_length=10, default="draft")
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    since = DateTimeField(null=True)


ApplicationItem.add_index(
    ApplicationItem.agency,
    ApplicationItem.since,
    ApplicationItem.id,
    where=ApplicationItem.state.in_(OVER),
    name="application_item_over",
)

MODELS = (Agency, ApplicationItem)


def up(migrator, db):
    db.bind(MODELS)
    ApplicationItem._schema.create_indexes()


def down(migrator, db):
    db.bind(MODELS)
    ApplicationItem._schema.drop_indexes()
