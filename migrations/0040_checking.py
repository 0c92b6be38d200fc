"""核查: what agencies ask of schools and provinces, and the answers."""

from peewee import SQL, BigAutoField, CharField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Staff(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Unit(Frozen):
    """Made by an earlier migration."""


class Agency(Frozen):
    """Made by an earlier migration."""


class ApplicationItem(Frozen):
    """Made by an earlier migration."""


class Checking(Frozen):
    key = CharField(max_length=22, unique=True)
    item = ForeignKeyField(ApplicationItem, backref="+")
    agency = ForeignKeyField(Agency, backref="+", index=False)
    way = CharField(max_length=8)
    unit = ForeignKeyField(Unit, null=True, backref="+", index=False)
    province = CharField(max_length=2)
    name = CharField(max_length=60)
    address = CharField(max_length=120)
    number = CharField(max_length=12, null=True)
    question = TextField(null=True)
    state = CharField(max_length=8)
    asked = DateTimeField()
    due = DateTimeField()
    staff = ForeignKeyField(Staff, backref="+", index=False)
    answer = CharField(max_length=8)
    note = TextField(null=True)
    answered = DateTimeField(null=True)
    by = ForeignKeyField(Staff, null=True, backref="+", index=False)
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)

    class Meta:
        indexes = (
            (("agency", "number"), True),
            (("agency", "state", "due", "id"), False),
            (("unit", "state", "due", "id"), False),
            (("province", "state", "due", "id"), False),
        )


Checking.add_index(Checking.item, unique=True, where=Checking.state == SQL("'open'"), name="checking_one_open")

EARLIER = (Staff, Upload, Unit, Agency, ApplicationItem)


def up(migrator, db):
    db.bind((*EARLIER, Checking))
    db.create_tables((Checking,))


def down(migrator, db):
    db.bind((*EARLIER, Checking))
    db.drop_tables((Checking,))
