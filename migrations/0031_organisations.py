"""会员单位 with their people and keys, what they looked up, lists of codes, and 核验回执."""

from peewee import SQL, BigAutoField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Staff(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Look(Frozen):
    """Made by an earlier migration."""


class OnlineReport(Frozen):
    """Made by an earlier migration."""


class Organisation(Frozen):
    key = CharField(max_length=22, unique=True)
    name = CharField(max_length=100)
    credit_code = CharField(max_length=18)
    contact = TextField()
    email = TextField()
    phone = TextField()
    purpose = CharField(max_length=200)
    state = CharField(max_length=10)
    contract = DateField(null=True)
    quota = IntegerField(null=True)
    reason = CharField(max_length=200)
    applied = DateTimeField(index=True)
    decided = DateTimeField(null=True)


Organisation.add_index(
    Organisation.credit_code, unique=True, where=Organisation.state != SQL("'refused'"), name="organisation_once"
)


class Member(Frozen):
    staff = ForeignKeyField(Staff, unique=True, backref="+")
    organisation = ForeignKeyField(Organisation, backref="+")


class ApiKey(Frozen):
    key = CharField(max_length=22, unique=True)
    organisation = ForeignKeyField(Organisation, backref="+")
    name = CharField(max_length=60)
    digest = CharField(max_length=64, unique=True)
    tail = CharField(max_length=4)
    created = DateTimeField()
    used = DateField(null=True)
    ended = DateTimeField(null=True)


class MemberLook(Frozen):
    key = CharField(max_length=22, unique=True)
    look = ForeignKeyField(Look, unique=True, backref="+", on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, backref="+", index=False)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    api_key = ForeignKeyField(ApiKey, null=True, backref="+", index=False)
    reference = TextField()
    at = DateTimeField()

    class Meta:
        indexes = ((("organisation", "at"), False),)


class CodeList(Frozen):
    key = CharField(max_length=22, unique=True)
    organisation = ForeignKeyField(Organisation, backref="+", index=False)
    staff = ForeignKeyField(Staff, backref="+", index=False)
    state = CharField(max_length=8)
    many = IntegerField()
    created = DateTimeField()
    expires = DateTimeField(index=True)

    class Meta:
        indexes = ((("organisation", "created"), False),)


class ListedCode(Frozen):
    key = CharField(max_length=22, unique=True)
    codes = ForeignKeyField(CodeList, backref="+", index=False, on_delete="CASCADE")
    place = IntegerField()
    code = TextField()
    reference = TextField()
    verdict = CharField(max_length=12)
    told = TextField(null=True)

    class Meta:
        indexes = ((("codes", "place"), True),)


class CheckReceipt(Frozen):
    key = CharField(max_length=22, unique=True)
    code = TextField()
    code_index = CharField(max_length=43, unique=True)
    report = ForeignKeyField(OnlineReport, null=True, backref="+")
    asked = TextField()
    verdict = CharField(max_length=10)
    at = DateTimeField()
    shown = CharField(max_length=64)
    told = TextField(null=True)
    pdf = CharField(max_length=8)
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, index=True)


TABLES = (Organisation, Member, ApiKey, MemberLook, CodeList, ListedCode, CheckReceipt)
BEFORE = (Staff, Upload, Look, OnlineReport)


def up(migrator, db):
    db.bind((*TABLES, *BEFORE))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((*TABLES, *BEFORE))
    db.drop_tables(TABLES)
