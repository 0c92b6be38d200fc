"""The office's desk: lists that were taken away, campaigns of an evening, and roles that hold in one teaching point."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

DEPARTMENT = CharField(max_length=60, default="")


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Unit(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Campaign(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration: what its index speaks of."""

    unit_id = BigIntegerField()
    department = CharField(max_length=60)


Record.add_index(Record.unit_id, Record.department, where=Record.department != SQL("''"), name="record_department")


class Export(Frozen):
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, backref="+", index=False)
    staff = ForeignKeyField(Staff, backref="+", index=False)
    kind = CharField(max_length=16)
    reason = CharField(max_length=16)
    place = CharField(max_length=130)
    rows = IntegerField(null=True)
    at = DateTimeField()

    class Meta:
        indexes = ((("unit", "at", "id"), False), (("at", "id"), False))


class Evening(Frozen):
    campaign = ForeignKeyField(Campaign, backref="+", index=False)
    day = DateField()
    due = IntegerField()
    done = IntegerField()
    wrong = IntegerField()
    held = IntegerField()
    registered = IntegerField()

    class Meta:
        indexes = ((("campaign", "day"), True),)


TABLES = (Export, Evening)
OTHERS = (Unit, Staff, Campaign, Record)


def up(migrator, db):
    db.bind((*TABLES, *OTHERS))
    migrator.migrate(migrator.add_column("grant", "department", DEPARTMENT))
    Record._schema.create_indexes()
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *OTHERS))
    db.drop_tables(TABLES)
    Record._schema.drop_indexes()
    migrator.migrate(migrator.drop_column("grant", "department"))
