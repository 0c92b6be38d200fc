"""在线验证报告: reports behind a code, and the looks at them."""

from peewee import SQL, BigAutoField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class OnlineReport(Frozen):
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+", index=False)
    record = ForeignKeyField(Record, backref="+")
    kind = CharField(max_length=16)
    language = CharField(max_length=2)
    state = CharField(max_length=10, default="active")
    code = TextField()
    code_index = CharField(max_length=43, unique=True)
    token = TextField()
    token_index = CharField(max_length=43, unique=True)
    pin_index = CharField(max_length=43, null=True)
    shows = CharField(max_length=60, default="")
    english = TextField(null=True)
    issued = DateTimeField()
    ends = DateField()
    closed = DateTimeField(null=True)
    successor = ForeignKeyField("self", null=True, backref="+", index=False)
    told = TextField(null=True)
    pdf = CharField(max_length=8, default="waiting")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="")
    reminded = IntegerField(null=True)

    class Meta:
        indexes = ((("account", "issued"), False),)


OnlineReport.add_index(OnlineReport.ends, where=OnlineReport.state == SQL("'active'"), name="online_report_ends")
OnlineReport.add_index(OnlineReport.digest, where=OnlineReport.digest != SQL("''"), name="online_report_digest")


class Look(Frozen):
    report = ForeignKeyField(OnlineReport, null=True, backref="+", index=False)
    at = DateTimeField(index=True)
    way = CharField(max_length=8)
    verdict = CharField(max_length=10)
    network = CharField(max_length=45)

    class Meta:
        indexes = ((("report", "at"), False),)


MODELS = (Account, Record, Upload, OnlineReport, Look)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables((OnlineReport, Look))


def down(migrator, db):
    db.bind(MODELS)
    db.drop_tables((Look, OnlineReport))
