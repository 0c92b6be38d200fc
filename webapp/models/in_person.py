"""当面核验: one person who stands at the office's desk with a document, and the two officers who look.

Not here: its moves and the number on the phone (`domain/in_person.py`). No picture is kept of it.
"""

from peewee import CharField, ForeignKeyField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.school import Unit
from webapp.models.staff import Staff

LIVE = ("open", "held", "seen")
"""States in which a meeting may still come to something."""


class Meeting(KeyedRow):
    """当面核验: what for (`purpose`: duplicate, phone, change, level, signup, overseas), of whom, how far it is.

    `state`: open (the number shows on the phone until `until`), held (`first` typed the number), seen (`first` ticked, a
    second officer is to confirm until `until`), done, refused, expired. `subject` is the key of what it is about (a claim, a
    change, a sign-up); `who` is JSON of the identity where no account holds it yet. `used` says when the result was taken up.
    """

    purpose = CharField(max_length=10)
    state = CharField(max_length=10, default="open")
    account = ForeignKeyField(Account, null=True, backref="+")
    subject = CharField(max_length=22, default="")
    who = Sealed(null=True)
    unit = ForeignKeyField(Unit, null=True)
    opened = Moment()
    until = Moment()
    first = ForeignKeyField(Staff, null=True, backref="+")
    seen = Moment(null=True)
    second = ForeignKeyField(Staff, null=True, backref="+")
    closed = Moment(null=True)
    used = Moment(null=True)

    class Meta:
        indexes = ((("state", "until"), False),)


Meeting.add_index(Meeting.account, Meeting.purpose, unique=True, where=Meeting.state.in_(LIVE) & Meeting.account.is_null(False))
