"""学历认证: agencies with their people and prices, applications with their items, and what was brought for them."""

from peewee import (
    SQL,
    BigAutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


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


class Record(Frozen):
    """Made by an earlier migration."""


class SigningKey(Frozen):
    """Made by an earlier migration."""


class Agency(Frozen):
    key = CharField(max_length=22, unique=True)
    name = CharField(max_length=60)
    english = CharField(max_length=120)
    short = CharField(max_length=12)
    address = CharField(max_length=120)
    phone = CharField(max_length=40)
    hours = CharField(max_length=80)
    provinces = TextField()
    kinds = TextField()
    seal = ForeignKeyField(Upload, null=True, backref="+", index=False)
    signing = ForeignKeyField(SigningKey, null=True, backref="+", index=False)
    active = BooleanField()
    created = DateTimeField()


class AgencyMember(Frozen):
    staff = ForeignKeyField(Staff, unique=True, backref="+")
    agency = ForeignKeyField(Agency, backref="+")


class Price(Frozen):
    key = CharField(max_length=22, unique=True)
    agency = ForeignKeyField(Agency, null=True, backref="+")
    purpose = CharField(max_length=12)
    kind = CharField(max_length=12)
    language = CharField(max_length=2)
    fen = IntegerField()
    starts = DateField()
    ends = DateField(null=True)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    set = DateTimeField()

    class Meta:
        indexes = ((("kind", "language", "starts"), False),)


class Application(Frozen):
    key = CharField(max_length=22, unique=True)
    account = ForeignKeyField(Account, backref="+", index=False)
    state = CharField(max_length=10)
    number = CharField(max_length=16, null=True, unique=True)
    purpose = CharField(max_length=12)
    detail = CharField(max_length=12)
    country = CharField(max_length=3)
    version = CharField(max_length=12)
    agreed = DateTimeField(null=True)
    nature = CharField(max_length=8)
    unit_name = CharField(max_length=60)
    applicant = CharField(max_length=100)
    holder_name = CharField(max_length=100)
    holder_kind = CharField(max_length=1)
    holder_country = CharField(max_length=3)
    holder_document = TextField(null=True)
    holder_phone = TextField(null=True)
    identity_index = CharField(max_length=43, index=True)
    place = CharField(max_length=2)
    phone = TextField(null=True)
    email = TextField(null=True)
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    remark = TextField(null=True)
    total = IntegerField()
    created = DateTimeField()
    updated = DateTimeField()
    submitted = DateTimeField(null=True)
    proved = DateTimeField(null=True)
    proved_by = CharField(max_length=8)
    confirmed = DateTimeField(null=True)
    pay_until = DateTimeField(null=True)
    paid = DateTimeField(null=True)
    refunded = DateTimeField(null=True)
    reminded = IntegerField()

    class Meta:
        indexes = (
            (("account", "created"), False),
            (("state", "updated"), False),
        )


class ApplicationItem(Frozen):
    key = CharField(max_length=22, unique=True)
    application = ForeignKeyField(Application, backref="+")
    place = IntegerField()
    kind = CharField(max_length=12)
    state = CharField(max_length=10)
    round = IntegerField()
    details = TextField(null=True)
    summary = CharField(max_length=200)
    certificate = TextField(null=True)
    certificate_index = CharField(max_length=43, null=True)
    zh = IntegerField()
    en = IntegerField()
    zh_fen = IntegerField()
    en_fen = IntegerField()
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    filed = DateTimeField(null=True)
    since = DateTimeField(null=True)
    due = DateTimeField(null=True)
    accepted = DateTimeField(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+", index=False)
    lease = DateTimeField(null=True)
    record = ForeignKeyField(Record, null=True, backref="+", index=False)
    conclusion = CharField(max_length=16)
    note = TextField(null=True)
    decided = DateTimeField(null=True)
    report = CharField(max_length=15, null=True, unique=True)
    token = TextField(null=True)
    pdf = CharField(max_length=8)
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64)
    kid = CharField(max_length=16)

    class Meta:
        indexes = (
            (("agency", "state", "due", "id"), False),
            (("state", "due"), False),
            (("certificate_index",), False),
        )


class ItemStep(Frozen):
    key = CharField(max_length=22, unique=True)
    item = ForeignKeyField(ApplicationItem, backref="+")
    move = CharField(max_length=16)
    state = CharField(max_length=10)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    reasons = CharField(max_length=120)
    note = TextField(null=True)
    at = DateTimeField()


class Material(Frozen):
    key = CharField(max_length=22, unique=True)
    item = ForeignKeyField(ApplicationItem, backref="+")
    slot = CharField(max_length=12)
    place = IntegerField()
    upload = ForeignKeyField(Upload, backref="+", index=False)
    round = IntegerField()
    added = DateTimeField()


ApplicationItem.add_index(ApplicationItem.digest, where=ApplicationItem.digest != SQL("''"), name="application_item_digest")

TABLES = (Agency, AgencyMember, Price, Application, ApplicationItem, ItemStep, Material)


def up(migrator, db):
    db.bind((Staff, Account, Upload, Record, SigningKey, *TABLES))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((Staff, Account, Upload, Record, SigningKey, *TABLES))
    db.drop_tables(tuple(reversed(TABLES)))
