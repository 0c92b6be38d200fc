"""认领: a qualification that was not found, which its holder claims with a picture of the certificate (R-BND-22).

Not here: the texts and pictures that go back and forth, which are a question's (`tickets.py`), nor what may happen to one.
"""

from peewee import CharField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment
from webapp.models.records import Record
from webapp.models.tickets import Ticket


class CertificateClaim(KeyedRow):
    """What stands on the certificate, as its holder typed it: both numbers, school, year. `state`: open, bound, refused."""

    ticket = ForeignKeyField(Ticket, backref="+", unique=True)
    state = CharField(max_length=8, default="open")
    certificate = CharField(max_length=40)
    serial = CharField(max_length=40, default="")
    school = CharField(max_length=60)
    year = IntegerField()
    record = ForeignKeyField(Record, null=True, backref="+")
    decided = Moment(null=True)
