"""找回: ways back into an account that wait before they open, the holder's printed codes, and numbers that were given up.

Not here: what any of them may do (`domain/recovery/`). What somebody typed on the way is a Draft (`journal.py`).
"""

from peewee import CharField, ForeignKeyField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row

OVER = ("done", "cancelled", "expired")
"""States in which a way back is over."""


class Recovery(KeyedRow):
    """找回案件: a way back into an account of which its contacts hear before it opens, and which they can stop.

    `way`: questions, phone, desk (two officers saw who it is), face (a camera did). `state`: opened, cooling (until `ripens`),
    ripe (a new password may be set, until `ends`), done, cancelled (the holder said no), expired.
    """

    account = ForeignKeyField(Account, backref="+")
    way = CharField(max_length=10)
    state = CharField(max_length=10, default="opened")
    opened = Moment()
    ripens = Moment()
    ends = Moment()
    closed = Moment(null=True)


Recovery.add_index(Recovery.account, Recovery.way, unique=True, where=Recovery.state.not_in(OVER))


class PaperCode(Row):
    """恢复码: one of ten codes that the holder printed; each opens the account once. Kept as a keyed hash."""

    account = ForeignKeyField(Account, backref="+")
    code_hash = CharField(max_length=43, unique=True)
    used = Moment(null=True)


class GivenUp(Row):
    """二次放号: a number that left an account because somebody else proved to hold it now (R-REC-14); only its blind index."""

    account = ForeignKeyField(Account, backref="+")
    phone_index = CharField(max_length=43, index=True)
    at = Moment()

    @classmethod
    def ever(cls, phone_index: str) -> bool:
        """Did somebody have to give this number up?"""
        return cls.select().where(cls.phone_index == phone_index).exists()
