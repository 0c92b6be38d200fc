"""查看申请 for expired codes; looks by network; 零散查询: records by certificate, and reports that may be compared."""

from peewee import SQL, BigAutoField, BooleanField, CharField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class OnlineReport(Frozen):
    """Made by an earlier migration."""


class Look(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    at = DateTimeField()
    network = CharField(max_length=45)

    class Meta:
        indexes = ((("network", "at"), False),)


class Record(Frozen):
    """Made by an earlier migration: what its new index speaks of."""

    certificate = CharField(max_length=40, default="")


Record.add_index(Record.certificate, where=Record.certificate != SQL("''"), name="record_certificate")


class OpenRequest(Frozen):
    key = CharField(max_length=22, unique=True)
    report = ForeignKeyField(OnlineReport, backref="+", index=False)
    state = CharField(max_length=8, default="asked")
    name = TextField()
    reason = TextField()
    at = DateTimeField(index=True)
    decided = DateTimeField(null=True)
    until = DateTimeField(null=True)

    class Meta:
        indexes = ((("report", "at"), False),)


MODELS = (OnlineReport, Look, Record, OpenRequest)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables((OpenRequest,))
    migrator.migrate(migrator.add_column("online_report", "comparable", BooleanField(default=False)))
    Look._schema.create_indexes()
    Record._schema.create_indexes()


def down(migrator, db):
    db.bind(MODELS)
    Record._schema.drop_indexes()
    Look._schema.drop_indexes()
    migrator.migrate(migrator.drop_column("online_report", "comparable"))
    db.drop_tables((OpenRequest,))
