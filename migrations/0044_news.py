"""要闻、专题、重要信息 with their files."""

from peewee import BigAutoField, BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Unit(Frozen):
    """Made by an earlier migration."""


class Agency(Frozen):
    """Made by an earlier migration."""


class Upload(Frozen):
    """Made by an earlier migration."""


class Staff(Frozen):
    """Made by an earlier migration."""


class News(Frozen):
    key = CharField(max_length=22, unique=True)
    state = CharField(max_length=10)
    kind = CharField(max_length=8)
    title = CharField(max_length=60)
    body = TextField()
    unit = ForeignKeyField(Unit, null=True, backref="+")
    province = CharField(max_length=2)
    agency = ForeignKeyField(Agency, null=True, backref="+")
    starts = DateField()
    ends = DateField(null=True)
    pinned = BooleanField()
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    updated = DateTimeField()

    class Meta:
        indexes = ((("state", "pinned", "starts", "id"), False), (("updated", "id"), False))


class NewsFile(Frozen):
    key = CharField(max_length=22, unique=True)
    news = ForeignKeyField(News, backref="+")
    upload = ForeignKeyField(Upload, unique=True, backref="+")
    name = CharField(max_length=80)


TABLES = (News, NewsFile)


def up(migrator, db):
    db.bind((Unit, Agency, Upload, Staff, *TABLES))
    db.create_tables(TABLES)


def down(migrator, db):
    db.bind((Unit, Agency, Upload, Staff, *TABLES))
    db.drop_tables(tuple(reversed(TABLES)))
