"""国际合作申请: institutions that receive documents, transcripts with their courses, and transfers with their looks."""

from peewee import SQL, BigAutoField, BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


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


class Unit(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class OnlineReport(Frozen):
    """Made by an earlier migration."""


class Institution(Frozen):
    key = CharField(max_length=22, unique=True)
    unit = ForeignKeyField(Unit, null=True, backref="+")
    code = CharField(max_length=16, default="")
    country = CharField(max_length=3)
    name = CharField(max_length=80)
    english = CharField(max_length=120)
    email = TextField(null=True)
    rule = CharField(max_length=80, default="")
    active = BooleanField(default=True)
    staff = ForeignKeyField(Staff, null=True, index=False, backref="+")
    changed = DateTimeField()


Institution.add_index(
    Institution.unit, Institution.code, unique=True, where=Institution.code != SQL("''"), name="institution_once"
)
Institution.add_index(
    Institution.code,
    unique=True,
    where=Institution.unit.is_null() & (Institution.code != SQL("''")),
    name="institution_once_for_all",
)


class Transcript(Frozen):
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+")
    record = ForeignKeyField(Record, backref="+")
    unit = ForeignKeyField(Unit, index=False, backref="+")
    state = CharField(max_length=10, default="draft")
    source = CharField(max_length=12, default="")
    token = TextField(null=True)
    token_index = CharField(max_length=43, null=True, unique=True)
    created = DateTimeField()
    submitted = DateTimeField(null=True)
    decided = DateTimeField(null=True)
    staff = ForeignKeyField(Staff, null=True, index=False, backref="+")
    reason = CharField(max_length=16, default="")
    note = TextField(null=True)
    pdf = CharField(max_length=8, default="")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="")
    kid = CharField(max_length=16, default="")

    class Meta:
        indexes = ((("unit", "state", "submitted"), False),)


Transcript.add_index(
    Transcript.account, Transcript.record, unique=True, where=Transcript.state != SQL("'confirmed'"), name="transcript_one_open"
)
Transcript.add_index(Transcript.digest, where=Transcript.digest != SQL("''"), name="transcript_digest")


class Course(Frozen):
    key = CharField(max_length=22, unique=True)
    transcript = ForeignKeyField(Transcript, backref="+")
    place = IntegerField()
    name = CharField(max_length=60)
    english = CharField(max_length=120)
    credit = CharField(max_length=6)
    mark = CharField(max_length=16)
    kind = CharField(max_length=10)


class TranscriptPage(Frozen):
    key = CharField(max_length=22, unique=True)
    transcript = ForeignKeyField(Transcript, backref="+")
    upload = ForeignKeyField(Upload, backref="+", index=False)
    added = DateTimeField()


class Transfer(Frozen):
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+", index=False)
    code = CharField(max_length=22, default="")
    receiver = CharField(max_length=160)
    email = TextField()
    reference = TextField(null=True)
    consent = TextField()
    version = CharField(max_length=12)
    agreed = DateTimeField()
    network = CharField(max_length=45)
    state = CharField(max_length=10, default="waiting")
    round = IntegerField(default=1)
    link = CharField(max_length=64, null=True, unique=True)
    ends = DateTimeField(null=True)
    tries = IntegerField(default=0)
    fault = CharField(max_length=12, default="")
    sent = DateTimeField(null=True)
    received = DateTimeField(null=True)
    asked = DateTimeField(null=True)
    wrong = IntegerField(default=0)
    asks = IntegerField(default=0)

    class Meta:
        indexes = ((("account", "agreed"), False),)


Transfer.add_index(Transfer.ends, where=Transfer.state == SQL("'sent'"), name="transfer_ends")


class TransferItem(Frozen):
    key = CharField(max_length=22, unique=True)
    transfer = ForeignKeyField(Transfer, backref="+")
    report = ForeignKeyField(OnlineReport, null=True, backref="+")
    transcript = ForeignKeyField(Transcript, null=True, backref="+")


class TransferLook(Frozen):
    transfer = ForeignKeyField(Transfer, backref="+", index=False)
    item = ForeignKeyField(TransferItem, null=True, backref="+", index=False)
    at = DateTimeField()
    network = CharField(max_length=45)

    class Meta:
        indexes = ((("transfer", "at"), False),)


MADE = (Institution, Transcript, Course, TranscriptPage, Transfer, TransferItem, TransferLook)
MODELS = (Account, Record, Upload, Unit, Staff, OnlineReport, *MADE)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables(MADE)


def down(migrator, db):
    db.bind(MODELS)
    db.drop_tables(tuple(reversed(MADE)))
