"""What goes out to people: one row per SMS or mail, whether it left, and by which gateway."""

from peewee import CharField, ForeignKeyField, IntegerField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Sealed


class Message(KeyedRow):
    """An SMS or a mail. Recipient and body are sealed, the body is emptied once it left. `state`: queued, sent, failed.

    `template` names the text (``"sms/code"``), so that support sees what was sent without reading it.
    """

    channel = CharField(max_length=8)
    template = CharField(max_length=32)
    account = ForeignKeyField(Account, null=True, backref="messages")
    recipient = Sealed()
    body = Sealed(null=True)
    state = CharField(max_length=8, default="queued")
    reference = CharField(max_length=64, null=True)
    tries = IntegerField(default=0)
    created = Moment()
    sent = Moment(null=True)
