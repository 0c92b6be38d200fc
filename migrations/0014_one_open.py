"""One report of a record, and one note of an account, may be open: the indexes that say so bore a name already taken."""

from peewee import BigAutoField, BigIntegerField, CharField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Report(Frozen):
    """Made by an earlier migration: what its index speaks of."""

    record_id = BigIntegerField()
    state = CharField(max_length=8)


class NoRecord(Frozen):
    """Made by an earlier migration: what its index speaks of."""

    account_id = BigIntegerField()
    state = CharField(max_length=8)


Report.add_index(Report.record_id, unique=True, where=Report.state == "open", name="report_open")
NoRecord.add_index(NoRecord.account_id, unique=True, where=NoRecord.state == "open", name="no_record_open")

TABLES = (Report, NoRecord)


def up(migrator, db):
    db.bind(TABLES)
    for table in TABLES:
        table._schema.create_indexes()


def down(migrator, db):
    db.bind(TABLES)
    for table in TABLES:
        table._schema.drop_indexes()
