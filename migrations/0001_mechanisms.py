"""Settings, the chained history, jobs, drafts, buckets and huey's own tables."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BlobField,
    CharField,
    CompositeKey,
    DateTimeField,
    FloatField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
    TimestampField,
)


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Bucket(Frozen):
    id = BigAutoField()
    name = CharField(max_length=40)
    subject = CharField(max_length=43)
    stamps = TextField()
    until = DateTimeField()

    class Meta:
        indexes = (
            (("name", "subject"), True),
            (("until",), False),
        )


class Chain(Frozen):
    id = BigAutoField()
    seq = BigIntegerField()
    mac = CharField(max_length=64)


class Draft(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    wizard = CharField(max_length=16)
    token = CharField(max_length=43, unique=True)
    phone = TextField(null=True)
    phone_index = CharField(max_length=43, null=True)
    account = BigIntegerField(null=True)
    answers = TextField()
    updated = DateTimeField()
    expires = DateTimeField()

    class Meta:
        indexes = (
            (("wizard", "phone_index"), False),
            (("account", "wizard"), False),
            (("expires",), False),
        )


class Event(Frozen):
    id = BigAutoField()
    seq = BigIntegerField(unique=True)
    at = DateTimeField()
    actor = CharField(max_length=40)
    action = CharField(max_length=40)
    object = CharField(max_length=40)
    detail = TextField()
    mac = CharField(max_length=64)

    class Meta:
        indexes = (
            (("object", "seq"), False),
            (("actor", "seq"), False),
            (("action", "seq"), False),
        )


class Job(Frozen):
    id = BigAutoField()
    key = CharField(max_length=22, unique=True)
    name = CharField(max_length=40)
    args = TextField()
    state = CharField(max_length=8)
    due = DateTimeField()
    tries = IntegerField()
    fault = TextField()
    created = DateTimeField()
    started = DateTimeField(null=True)
    finished = DateTimeField(null=True)

    class Meta:
        indexes = ((("state", "due"), False),)


class Setting(Frozen):
    id = BigAutoField()
    name = CharField(max_length=64, unique=True)
    value = TextField()
    changed = DateTimeField()


TABLES = (
    Bucket,
    Chain,
    Draft,
    Event,
    Job,
    Setting,
)


class HueyFrozen(Model):
    """huey's own tables, as version 3.5 lays them out."""

    class Meta:
        legacy_table_names = False


class KV(HueyFrozen):
    queue = CharField()
    key = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("queue", "key")
        table_name = "kv"


class Schedule(HueyFrozen):
    queue = CharField()
    data = BlobField()
    timestamp = TimestampField(resolution=1000)

    class Meta:
        indexes = ((("queue", "timestamp"), False),)


class Task(HueyFrozen):
    queue = CharField()
    data = BlobField()
    priority = FloatField(default=0.0)


Task.add_index(Task.priority.desc(), Task.id)


class Counter(HueyFrozen):
    queue = CharField()
    key = CharField()
    value = IntegerField()

    class Meta:
        primary_key = CompositeKey("queue", "key")


WAKE_UP = (KV, Schedule, Task, Counter)


def append_only(db):
    """The database itself refuses to change or remove a line of history."""
    if isinstance(db, SqliteDatabase):
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
                "BEGIN SELECT RAISE(ABORT, 'history is kept'); END"
            )
        return
    db.execute_sql(
        "CREATE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is kept'; END $$"
    )
    db.execute_sql("CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION history_is_kept()")


def up(migrator, db):
    db.bind((*TABLES, *WAKE_UP))
    db.create_tables((*TABLES, *WAKE_UP))
    append_only(db)
    Chain.insert(seq=0, mac="").execute()


def down(migrator, db):
    db.bind((*TABLES, *WAKE_UP))
    db.drop_tables((*TABLES, *WAKE_UP))
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("DROP FUNCTION IF EXISTS history_is_kept")
