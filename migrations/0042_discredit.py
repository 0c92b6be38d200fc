"""失信行为名单: entries of who brought false papers; and the texts of messages that a site words its own way."""

from peewee import SQL, BigAutoField, CharField, DateField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Staff(Frozen):
    """Made by an earlier migration."""


class Agency(Frozen):
    """Made by an earlier migration."""


class ApplicationItem(Frozen):
    """Made by an earlier migration."""


class Discredit(Frozen):
    key = CharField(max_length=22, unique=True)
    item = ForeignKeyField(ApplicationItem, backref="+", index=False)
    agency = ForeignKeyField(Agency, backref="+", index=False)
    identity_index = CharField(max_length=43)
    state = CharField(max_length=8)
    evidence = TextField()
    proposer = ForeignKeyField(Staff, backref="+", index=False)
    proposed = DateTimeField()
    decider = ForeignKeyField(Staff, null=True, backref="+", index=False)
    decided = DateTimeField(null=True)
    starts = DateField(null=True)
    ends = DateField(null=True)
    appeal = TextField(null=True)
    appealed = DateTimeField(null=True)
    reviewer = ForeignKeyField(Staff, null=True, backref="+", index=False)
    answer = TextField(null=True)
    answered = DateTimeField(null=True)

    class Meta:
        indexes = (
            (("identity_index", "ends"), False),
            (("agency", "state", "proposed", "id"), False),
            (("state", "ends"), False),
        )


Discredit.add_index(Discredit.item, unique=True, where=Discredit.state != SQL("'dropped'"), name="discredit_once")


class MessageText(Frozen):
    key = CharField(max_length=22, unique=True)
    channel = CharField(max_length=8)
    language = CharField(max_length=2)
    name = CharField(max_length=32)
    text = TextField()
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    changed = DateTimeField()

    class Meta:
        indexes = ((("channel", "language", "name"), True),)


TABLES = (Discredit, MessageText)


def up(migrator, db):
    db.bind((Staff, Agency, ApplicationItem, *TABLES))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((Staff, Agency, ApplicationItem, *TABLES))
    db.drop_tables(tuple(reversed(TABLES)))
