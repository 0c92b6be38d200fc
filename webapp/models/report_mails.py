"""To whom a holder sent an online verification report by mail: the holder's own log.

Not here: the mail itself and whether it left (`messages.py`).
"""

from peewee import BooleanField, CharField, ForeignKeyField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.reports import OnlineReport


class ReportMail(KeyedRow):
    """A report sent to one address. `attached`: the PDF went with it. `message` is the key of the Message."""

    report = ForeignKeyField(OnlineReport, backref="mails")
    address = Sealed()
    attached = BooleanField()
    at = Moment()
    message = CharField(max_length=22)
