"""Qualifications that were not found, claimed with a picture of the certificate."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model


class Frozen(Model):
    id = BigAutoField()

    class Meta:
        legacy_table_names = False


class Ticket(Frozen):
    """Made by an earlier migration."""


class Record(Frozen):
    """Made by an earlier migration."""


class CertificateClaim(Frozen):
    key = CharField(max_length=22, unique=True)
    ticket = ForeignKeyField(Ticket, backref="+", unique=True)
    state = CharField(max_length=8, default="open")
    certificate = CharField(max_length=40)
    serial = CharField(max_length=40, default="")
    school = CharField(max_length=60)
    year = IntegerField()
    record = ForeignKeyField(Record, backref="+", null=True)
    decided = DateTimeField(null=True)


MODELS = (Ticket, Record, CertificateClaim)


def up(migrator, db):
    db.bind(MODELS)
    db.create_tables((CertificateClaim,))


def down(migrator, db):
    db.bind(MODELS)
    db.drop_tables((CertificateClaim,))
