"""咨询: a question to the office, what was written back and forth, the pictures with it, and the mails that it came by.

Not here: what may happen to one (`domain/tickets/`).
"""

from peewee import BooleanField, CharField, ForeignKeyField

from webapp.domain.identity import emails
from webapp.models.accounts import Account
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Ticket(KeyedRow):
    """One question. `state`: waiting 待回复, answered 已回复, solved 已解决, closed 已关闭.

    `source` is account, visitor (somebody who cannot log in) or mail; the latter two are answered at `contact`. `code` is
    what a person says on the phone and what stands in a mail's subject. `unit` is null where the asker named no school.
    `holder` is who answers; `late` is when somebody was told that nobody did in time.
    """

    code = CharField(max_length=8, unique=True)
    state = CharField(max_length=8, default="waiting")
    source = CharField(max_length=8)
    category = CharField(max_length=12)
    account = ForeignKeyField(Account, null=True, backref="tickets")
    unit = ForeignKeyField(Unit, null=True)
    contact = Sealed(null=True)
    contact_index = Blind("email", emails.clean, of=contact)
    username = Sealed(null=True)
    language = CharField(max_length=2, default="zh")
    created = Moment()
    due = Moment()
    answered = Moment(null=True)
    ended = Moment(null=True)
    late = Moment(null=True)
    holder = ForeignKeyField(Staff, null=True)

    class Meta:
        indexes = ((("state", "due", "id"), False), (("unit", "state", "due", "id"), False))


Ticket.add_index(Ticket.contact_index, Ticket.created)


class Post(KeyedRow):
    """One text in a thread, by the asker or, where `staff` is set, by the office. `cut`: a mail held more than this."""

    ticket = ForeignKeyField(Ticket, backref="posts")
    staff = ForeignKeyField(Staff, null=True)
    text = Sealed()
    cut = BooleanField(default=False)
    at = Moment()


class Attachment(Row):
    """A picture that came with a post. It is opened one at a time, and each look of the office is an Event."""

    post = ForeignKeyField(Post, backref="attachments")
    upload = ForeignKeyField(Upload, unique=True)


class Letter(Row):
    """A mail that came in, so that none is taken twice. `digest` is of its headers; `why` says what became of it."""

    digest = CharField(max_length=64, unique=True)
    ticket = ForeignKeyField(Ticket, null=True)
    why = CharField(max_length=12)
    at = Moment()
