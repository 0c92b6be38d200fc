"""The catalogue of English names, and English reports that wait for one."""

from peewee import SQL, BigAutoField, CharField, DateTimeField, ForeignKeyField, Model

DUE = DateTimeField(null=True)


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Unit(Frozen):
    """Made by an earlier migration."""


class Translation(Frozen):
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    kind = CharField(max_length=10)
    zh = CharField(max_length=60)
    en = CharField(max_length=120)
    who = CharField(max_length=30)
    at = DateTimeField()

    class Meta:
        indexes = ((("unit", "kind", "zh"), True),)


class OnlineReport(Frozen):
    state = CharField(max_length=10)
    due = DateTimeField(null=True)


PENDING = OnlineReport.index(OnlineReport.due, where=OnlineReport.state == SQL("'pending'"), name="online_report_pending")


def up(migrator, db):
    db.bind((Unit, Translation, OnlineReport))
    migrator.migrate(migrator.add_column("online_report", "due", DUE))
    db.execute(PENDING)
    db.create_tables((Translation,))


def down(migrator, db):
    db.bind((Unit, Translation, OnlineReport))
    db.drop_tables((Translation,))
    db.execute_sql("DROP INDEX online_report_pending")
    migrator.migrate(migrator.drop_column("online_report", "due"))
