"""注册码纸条: a slip of paper with a one-time code that the school hands to a student, in the place of an SMS.

Not here: printing and using one (`domain/slips.py`).
"""

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment
from webapp.models.records import Record
from webapp.models.staff import Staff


class Slip(KeyedRow):
    """纸条: one code for one record. Its eight characters are derived from `key` and found by their keyed hash `code_index`.

    `state`: open, used, replaced (a later print), void (names or numbers that did not fit were tried), expired. Slips of one
    print share `printing`.
    """

    record = ForeignKeyField(Record, backref="slips")
    code_index = CharField(max_length=43, unique=True)
    state = CharField(max_length=10, default="open")
    printing = CharField(max_length=22, index=True)
    staff = ForeignKeyField(Staff, backref="+")
    printed = Moment()
    expires = Moment()
    misfits = IntegerField(default=0)
    """How often somebody told a name or a document with it that is not the record's."""
    used = Moment(null=True)
    account = BigIntegerField(null=True)

    class Meta:
        indexes = ((("state", "expires"), False),)


Slip.add_index(Slip.record, unique=True, where=Slip.state == "open", name="slip_open")
Slip.add_index(Slip.account, where=Slip.account.is_null(False), name="slip_account")
