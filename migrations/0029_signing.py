"""The keys that sign reports; which of them signed a report, and what its fonts lack."""

from peewee import SQL, BigAutoField, CharField, DateField, DateTimeField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class SigningKey(Frozen):
    key = CharField(max_length=22, unique=True)
    part = CharField(max_length=6)
    state = CharField(max_length=8, default="current")
    fingerprint = CharField(max_length=64, unique=True)
    certificate = TextField()
    private = TextField(null=True)
    made = DateTimeField()
    ends = DateTimeField()
    stopped = DateTimeField(null=True)
    reason = CharField(max_length=10, default="")


SigningKey.add_index(SigningKey.part, unique=True, where=SigningKey.state == SQL("'current'"), name="signing_key_current")


class OnlineReport(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    ends = DateField()
    pdf = CharField(max_length=8, default="waiting")
    kid = CharField(max_length=16, default="")
    lacking = CharField(max_length=40, default="")


OnlineReport.add_index(OnlineReport.kid, OnlineReport.ends, where=OnlineReport.kid != SQL("''"), name="online_report_kid")
OnlineReport.add_index(OnlineReport.ends, where=OnlineReport.pdf == SQL("'ready'"), name="online_report_drawn")
OnlineReport.add_index(OnlineReport.lacking, where=OnlineReport.lacking != SQL("''"), name="online_report_lacking")

MODELS = (SigningKey, OnlineReport)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables((SigningKey,))
    migrator.migrate(
        migrator.add_column("online_report", "kid", CharField(max_length=16, default="")),
        migrator.add_column("online_report", "lacking", CharField(max_length=40, default="")),
    )
    OnlineReport._schema.create_indexes()


def down(migrator, db):
    db.bind(MODELS)
    OnlineReport._schema.drop_indexes()
    migrator.migrate(migrator.drop_column("online_report", "lacking"), migrator.drop_column("online_report", "kid"))
    db.drop_tables((SigningKey,))
