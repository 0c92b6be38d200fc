"""What was, what is promised, what is half done: Event, Job, Draft, Bucket.

Not here: writing them. Events are written by `domain/journal.py` alone, jobs by a verb's transaction.
"""

from peewee import BigIntegerField, CharField, IntegerField, TextField

from webapp.domain.identity import phones
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed


class Event(Row):
    """One line of history, chained: `mac` covers the line and the line before (R-SYS-02). Rows are never changed.

    `actor` is ``student:<key>``, ``staff:<key>``, ``system`` or ``visitor``; `object` is ``record:<key>`` and the like.
    `detail` is JSON without anything that identifies a person.
    """

    seq = BigIntegerField(unique=True)
    at = Moment()
    actor = CharField(max_length=40)
    action = CharField(max_length=40)
    object = CharField(max_length=40)
    detail = TextField()
    mac = CharField(max_length=64)

    class Meta:
        indexes = ((("object", "seq"), False), (("actor", "seq"), False), (("action", "seq"), False))


class Chain(Row):
    """The head of the chain of events: one row, one short lock for all writers."""

    seq = BigIntegerField()
    mac = CharField(max_length=64)


class Job(KeyedRow):
    """A promise kept later. `state`: queued, running, done, failed. `args` is JSON of keys, never of personal data."""

    name = CharField(max_length=40)
    args = TextField(default="{}")
    state = CharField(max_length=8, default="queued")
    due = Moment()
    tries = IntegerField(default=0)
    fault = TextField(default="")
    created = Moment()
    started = Moment(null=True)
    finished = Moment(null=True)

    class Meta:
        indexes = ((("state", "due"), False),)


class Draft(KeyedRow):
    """Answers so far in a wizard, one sealed blob. Found by the hash of its token or, once proved, by the phone."""

    wizard = CharField(max_length=16)
    token = CharField(max_length=43, unique=True)
    phone = Sealed(null=True)
    phone_index = Blind("phone", phones.clean, of=phone)
    account = BigIntegerField(null=True)
    answers = Sealed()
    updated = Moment()
    expires = Moment()

    class Meta:
        indexes = ((("wizard", "phone_index"), False), (("account", "wizard"), False), (("expires",), False))


class Bucket(Row):
    """Times at which a limited thing was done for one subject (hashed): a rolling window, exact (`domain/limits.py`)."""

    name = CharField(max_length=40)
    subject = CharField(max_length=43)
    stamps = TextField(default="")
    until = Moment()

    class Meta:
        indexes = ((("name", "subject"), True), (("until",), False))
