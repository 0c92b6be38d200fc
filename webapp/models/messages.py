"""What people are told: one row per SMS or mail with whether it left, and one per message that the site itself shows.

Not here: what is told and to whom (`domain/messages.py`), and what people ask (`tickets.py`).
"""

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
    notice = CharField(max_length=22, default="")
    """Key of the Notice that it tells outside the site; empty for what the site does not show, as a code."""
    fault = CharField(max_length=16, default="")
    """Why it failed: a reason of `ports.Unavailable`."""


class Notice(KeyedRow):
    """站内消息: what the site tells one reader, rendered when it is read. `body` holds its params, sealed, as JSON.

    `topic` is one of `domain/preferences.py`. `link` is the path of the page that it is about, made of words and keys alone.
    """

    account = ForeignKeyField(Account, backref="notices")
    template = CharField(max_length=32)
    topic = CharField(max_length=12)
    body = Sealed()
    link = CharField(max_length=120, default="")
    created = Moment()
    read = Moment(null=True)
    deleted = Moment(null=True)

    class Meta:
        indexes = ((("account", "created", "id"), False), (("created",), False))
