"""English reports that cost something: their orders, payments for them, and what vendors said that did not fit.

A payment is for an application or for such an order: SQLite adds no reference to a table that is there, so payments and
refunds are made anew and filled with what they held.
"""

from peewee import (
    SQL,
    BigAutoField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Application(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class OnlineReport(Frozen):
    """Made by an earlier migration."""


class ReportOrder(Frozen):
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+", index=False)
    record = ForeignKeyField(Record, backref="+")
    unit = ForeignKeyField(Unit, backref="+", index=False)
    number = CharField(max_length=21, unique=True)
    state = CharField(max_length=10)
    total = IntegerField()
    wish = TextField(null=True)
    pin_index = CharField(max_length=43, null=True)
    report = ForeignKeyField(OnlineReport, null=True, backref="+")
    note = TextField(null=True)
    confirmed = DateTimeField()
    pay_until = DateTimeField()
    paid = DateTimeField(null=True)
    refunded = DateTimeField(null=True)

    class Meta:
        indexes = ((("account", "confirmed"), False), (("state", "pay_until"), False), (("unit", "state"), False))


ReportOrder.add_index(
    ReportOrder.account,
    ReportOrder.record,
    unique=True,
    where=ReportOrder.state.in_(("paying", "lapsed")),
    name="report_order_once",
)


def payment(*, reports):
    """The table as it is with reports, and as it was without them."""

    class Payment(Frozen):
        key = CharField(max_length=22, unique=True)
        application = ForeignKeyField(Application, null=reports, backref="+")
        if reports:
            order = ForeignKeyField(ReportOrder, null=True, backref="+")
        way = CharField(max_length=8)
        scene = CharField(max_length=8)
        number = CharField(max_length=32, unique=True)
        fen = IntegerField()
        state = CharField(max_length=10)
        transaction = CharField(max_length=64, null=True)
        link = TextField()
        reference = CharField(max_length=40)
        staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
        second = ForeignKeyField(Staff, null=True, backref="+", index=False)
        opened = DateTimeField()
        until = DateTimeField(null=True)
        asked = DateTimeField(null=True)
        paid = DateTimeField(null=True)
        closed = DateTimeField(null=True)
        if reports:
            odd = CharField(max_length=10)

        class Meta:
            indexes = ((("way", "transaction"), True), (("state", "asked"), False))

    if reports:
        Payment.add_index(Payment.odd, where=Payment.odd != SQL("''"), name="payment_odd")
    return Payment


def refund(of):
    class Refund(Frozen):
        key = CharField(max_length=22, unique=True)
        payment = ForeignKeyField(of, unique=True, backref="+")
        number = CharField(max_length=40, unique=True)
        fen = IntegerField()
        reason = CharField(max_length=10)
        note = TextField(null=True)
        staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
        reference = CharField(max_length=40)
        fault = CharField(max_length=40)
        asked = DateTimeField()
        done = DateTimeField(null=True)

    return Refund


EARLIER = (Application, Staff, Account, Record, Unit, OnlineReport)


def up(migrator, db):
    db.bind((*EARLIER, ReportOrder))
    db.create_tables([ReportOrder])
    _made_anew(db, payment(reports=False), payment(reports=True), {"odd": "''"})


def down(migrator, db):
    """Money for reports is forgotten with them."""
    db.bind((*EARLIER, ReportOrder))
    db.execute_sql("DELETE FROM refund WHERE payment_id IN (SELECT id FROM payment WHERE application_id IS NULL)")
    db.execute_sql("DELETE FROM payment WHERE application_id IS NULL")
    _made_anew(db, payment(reports=True), payment(reports=False), {})
    db.drop_tables([ReportOrder])


def _made_anew(db, before, after, filled):
    """The two tables with what they held; `filled` says what stands in a column that was not there."""
    old, new = (before, refund(before)), (after, refund(after))
    db.bind((*old, *new))
    for name in [model._meta.table_name for model in old]:
        db.execute_sql(f"CREATE TABLE held_{name} AS SELECT * FROM {name}")  # noqa: S608 (names from above)  # noqa: S608 (names from above)
    db.drop_tables(tuple(reversed(old)))
    db.create_tables(new)
    for model in new:
        name, held = model._meta.table_name, f"held_{model._meta.table_name}"
        kept = [column.name for column in db.get_columns(held) if column.name in model._meta.columns]
        into, taken = ([*kept, *filled], [*kept, *filled.values()]) if name == "payment" else (kept, kept)
        db.execute_sql(f"INSERT INTO {name} ({_list(into)}) SELECT {_list(taken)} FROM {held}")  # noqa: S608 (names from above)
        db.execute_sql(f"DROP TABLE {held}")
        if isinstance(db, PostgresqlDatabase):
            place = f"pg_get_serial_sequence('{name}', 'id')"
            db.execute_sql(f"SELECT setval({place}, max(id)) FROM {name} HAVING max(id) IS NOT NULL")  # noqa: S608 (names from above)


def _list(columns):
    return ", ".join(column if column.startswith("'") else f'"{column}"' for column in columns)
