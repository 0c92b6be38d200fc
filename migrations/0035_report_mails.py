"""To whom reports were sent by mail."""

from peewee import BigAutoField, BooleanField, CharField, DateTimeField, ForeignKeyField, Model, TextField


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class OnlineReport(Frozen):
    """Made by an earlier migration."""


class ReportMail(Frozen):
    key = CharField(max_length=22, unique=True)
    report = ForeignKeyField(OnlineReport, backref="+")
    address = TextField()
    attached = BooleanField()
    at = DateTimeField()
    message = CharField(max_length=22)


def up(migrator, db):
    db.bind((OnlineReport, ReportMail))
    db.create_tables((ReportMail,))


def down(migrator, db):
    db.bind((OnlineReport, ReportMail))
    db.drop_tables((ReportMail,))
