"""实人验证: checks of a person, the frames of a try, and the way from the computer to the phone."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Account(Frozen):
    """Made by an earlier migration."""


class Session(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Agency(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class PersonCheck(Frozen):
    key = CharField(max_length=22, unique=True)
    purpose = CharField(max_length=12)
    subject = CharField(max_length=22)
    identity_index = CharField(max_length=43)
    account = ForeignKeyField(Account, backref="+", index=False)
    unit = ForeignKeyField(Unit, null=True, backref="+", index=False)
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    state = CharField(max_length=10)
    tries = IntegerField()
    consented = DateTimeField(null=True)
    prompts = CharField(max_length=60)
    method = CharField(max_length=8)
    provider = CharField(max_length=16)
    score = IntegerField(null=True)
    why = CharField(max_length=24)
    judged = DateTimeField(null=True)
    photo = ForeignKeyField(Upload, null=True, backref="+", index=False)
    sent = DateTimeField(null=True)
    due = DateTimeField(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+", index=False)
    lease = DateTimeField(null=True)
    reasons = CharField(max_length=120)
    note = TextField(null=True)
    decided = DateTimeField(null=True)
    created = DateTimeField()

    class Meta:
        indexes = (
            (("purpose", "subject", "identity_index"), True),
            (("state", "due", "id"), False),
        )


class Shot(Frozen):
    check_row = ForeignKeyField(PersonCheck, backref="+", column_name="check_id", on_delete="CASCADE")
    prompt = CharField(max_length=8)
    place = IntegerField()
    upload = ForeignKeyField(Upload, backref="+", index=False)

    class Meta:
        indexes = ((("check_row", "prompt", "place"), True),)


class Handoff(Frozen):
    key = CharField(max_length=22, unique=True)
    check_row = ForeignKeyField(PersonCheck, backref="+", column_name="check_id", on_delete="CASCADE")
    way = CharField(max_length=8)
    token = TextField(null=True)
    token_index = CharField(max_length=43, null=True, unique=True)
    code = TextField(null=True)
    code_index = CharField(max_length=43, null=True, unique=True)
    match = CharField(max_length=2)
    session = ForeignKeyField(Session, null=True, backref="+", on_delete="SET NULL")
    created = DateTimeField()
    until = DateTimeField()
    opened = DateTimeField(null=True)
    proved = DateTimeField(null=True)
    ended = DateTimeField(null=True)


TABLES = (PersonCheck, Shot, Handoff)
MODELS = (Account, Session, Unit, Agency, Upload, Staff, *TABLES)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind(MODELS)
    db.drop_tables(tuple(reversed(TABLES)))
