"""What holders ask to change about who they are, the documents they had before, and which messages they want.

Not here: when a change may be made (`domain/changes/`), and the messages themselves (`messages.py`).
"""

from peewee import BooleanField, CharField, ForeignKeyField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.school import Unit
from webapp.models.staff import Staff

PENDING = ("open", "approved")
"""States in which a change is still to come."""


class Amendment(KeyedRow):
    """更改申请: a new phone without the old one, or a new name or document after a record was bound.

    `kind`: phone, identity. `state`: open, approved (made at `effective`), done, refused, withdrawn, expired. `wanted` is JSON
    of what shall stand there; `how` is what proved it: password, desk, face. `reason` is one of `domain/changes/requests.py`.
    """

    account = ForeignKeyField(Account, backref="changes")
    kind = CharField(max_length=8)
    state = CharField(max_length=10, default="open")
    wanted = Sealed()
    how = CharField(max_length=8, default="")
    unit = ForeignKeyField(Unit, null=True)
    asked = Moment()
    staff = ForeignKeyField(Staff, null=True)
    decided = Moment(null=True)
    reason = CharField(max_length=16, default="")
    effective = Moment(null=True)
    closed = Moment(null=True)

    class Meta:
        indexes = ((("state", "asked", "id"), False), (("unit", "state", "asked", "id"), False))


Amendment.add_index(Amendment.account, Amendment.kind, unique=True, where=Amendment.state.in_(PENDING))
Amendment.add_index(Amendment.account, Amendment.id)


class Former(KeyedRow):
    """曾用证件: a document that its holder had before; records under its number are the holder's all the same (R-ACC-56)."""

    account = ForeignKeyField(Account, backref="formers")
    document_kind = CharField(max_length=1)
    country = CharField(max_length=3)
    document = Sealed()
    identity_index = CharField(max_length=43)
    ended = Moment()

    class Meta:
        indexes = ((("account", "identity_index"), True), (("identity_index",), False))


class Earlier(Row):
    """曾用信息: how records may still call the holder, as somebody has proved: a `name` in the form for comparing, or the
    identity index of a `number`. It binds old records (R-BND-10); whose an identity is, it does not say."""

    account = ForeignKeyField(Account)
    kind = CharField(max_length=6)
    value = CharField(max_length=100)
    at = Moment()

    class Meta:
        indexes = ((("account", "kind", "value"), True),)


class Preference(Row):
    """消息推送: whether the holder wants messages of a topic on a channel; without a row the channel's own rule holds."""

    account = ForeignKeyField(Account, backref="preferences")
    topic = CharField(max_length=12)
    channel = CharField(max_length=8)
    wanted = BooleanField()

    class Meta:
        indexes = ((("account", "topic", "channel"), True),)
