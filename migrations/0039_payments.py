"""Money for applications: payments with the vendors' notices, refunds, invoices."""

from peewee import SQL, BigAutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Staff(Frozen):
    """Made by an earlier migration."""


class Account(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Application(Frozen):
    """Made by an earlier migration."""


class ApplicationItem(Frozen):
    """Made by an earlier migration."""


class Payment(Frozen):
    key = CharField(max_length=22, unique=True)
    application = ForeignKeyField(Application, backref="+")
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

    class Meta:
        indexes = (
            (("way", "transaction"), True),
            (("state", "asked"), False),
        )


class PayNotice(Frozen):
    way = CharField(max_length=8)
    event = CharField(max_length=80)
    transaction = CharField(max_length=64)
    kind = CharField(max_length=8)
    number = CharField(max_length=32)
    verdict = CharField(max_length=10)
    at = DateTimeField()

    class Meta:
        indexes = ((("way", "event"), True),)


class Refund(Frozen):
    key = CharField(max_length=22, unique=True)
    payment = ForeignKeyField(Payment, unique=True, backref="+")
    number = CharField(max_length=40, unique=True)
    fen = IntegerField()
    reason = CharField(max_length=10)
    note = TextField(null=True)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    reference = CharField(max_length=40)
    fault = CharField(max_length=40)
    asked = DateTimeField()
    done = DateTimeField(null=True)


class Invoice(Frozen):
    key = CharField(max_length=22, unique=True)
    item = ForeignKeyField(ApplicationItem, backref="+")
    account = ForeignKeyField(Account, backref="+")
    state = CharField(max_length=10)
    kind = CharField(max_length=8)
    title = TextField(null=True)
    tax = CharField(max_length=18)
    email = TextField(null=True)
    phone = TextField(null=True)
    fen = IntegerField()
    number = CharField(max_length=20)
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    red = CharField(max_length=20)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    asked = DateTimeField()
    issued = DateTimeField(null=True)
    reversed = DateTimeField(null=True)


PayNotice.add_index(
    PayNotice.way,
    PayNotice.transaction,
    PayNotice.kind,
    unique=True,
    where=PayNotice.verdict == SQL("'taken'"),
    name="pay_notice_taken_once",
)
Invoice.add_index(Invoice.item, unique=True, where=Invoice.state != SQL("'reversed'"), name="invoice_once")

EARLIER = (Staff, Account, Upload, Application, ApplicationItem)
TABLES = (Payment, PayNotice, Refund, Invoice)


def up(migrator, db):
    db.bind((*EARLIER, *TABLES))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*EARLIER, *TABLES))
    db.drop_tables(tuple(reversed(TABLES)))
