"""Reports that go over the college to the records office, and reminders of a self-check."""

from peewee import BigAutoField, BigIntegerField, CharField, DateField, DateTimeField, ForeignKeyField, Model, TextField

DUE = DateTimeField(null=True)
WAITING = ("open", "gathered", "working")


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Check(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Before(Frozen):
    """A report as its index spoke of it before."""

    record_id = BigIntegerField()
    state = CharField(max_length=8)

    class Meta:
        table_name = "report"


class Report(Frozen):
    """Made by an earlier migration: what its index speaks of."""

    record_id = BigIntegerField()
    state = CharField(max_length=8)


Before.add_index(Before.record_id, unique=True, where=Before.state == "open", name="report_open")
Report.add_index(Report.record_id, unique=True, where=Report.state.in_(WAITING), name="report_open")


class ReportStep(Frozen):
    key = CharField(max_length=22, unique=True)
    report = ForeignKeyField(Report, backref="+")
    move = CharField(max_length=8)
    staff = ForeignKeyField(Staff, backref="+", index=False)
    note = TextField(null=True)
    at = DateTimeField()


class Reminder(Frozen):
    check_row = ForeignKeyField(Check, backref="+", column_name="check_id", on_delete="CASCADE")
    record = ForeignKeyField(Record, backref="+", index=False)
    day = DateField()
    kind = CharField(max_length=8)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    made = DateTimeField()
    told = DateTimeField(null=True)
    ways = CharField(max_length=16)

    class Meta:
        indexes = ((("record", "day"), True),)


Reminder.add_index(Reminder.id, where=Reminder.told.is_null(), name="reminder_untold")

TABLES = (ReportStep, Reminder)
OTHERS = (Check, Record, Staff, Before, Report)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    migrator.migrate(migrator.add_column("report", "due", DUE))
    Before._schema.drop_indexes()
    Report._schema.create_indexes()
    db.create_tables(TABLES)


def down(migrator, db):
    """A report on its way is told apart no more: it waits for its answer."""
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
    Report._schema.drop_indexes()
    Report.update(state="open").where(Report.state.in_(WAITING)).execute()
    Before._schema.create_indexes()
    migrator.migrate(migrator.drop_column("report", "due"))
