"""People who work for a school, their second factor and the roles they hold.

Not here: what a role may do (`domain/permissions.py`).
"""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.school import Class, College, Unit

GUESTS = ("E", "A", "AL")
"""Roles of people who work for no school: an organisation's, an agency's."""


class Staff(KeyedRow):
    """教职工: a work account, with a password and always a second factor (R-SYS-10). `state`: active, asleep, closed."""

    login = CharField(max_length=64, unique=True)
    name = CharField(max_length=100)
    state = CharField(max_length=8, default="active")
    password_hash = CharField(max_length=160)
    totp = Sealed(null=True)
    totp_step = IntegerField(default=0)
    """The last time step used, so that a code works once."""
    totp_next = Sealed(null=True)
    """A secret that was shown and not yet proved; it becomes `totp` with the first right code."""
    invite = CharField(max_length=64, null=True)
    """SHA-256 of the one-time link with which the person sets the password, until `invite_ends`."""
    invite_ends = Moment(null=True)
    reset_by = CharField(max_length=22, default="")
    """Key of the colleague who asked for a reset, which another one has to confirm (R-SYS-10)."""
    reset_asked = Moment(null=True)
    phone = Sealed(null=True)
    email = Sealed(null=True)
    language = CharField(max_length=2, default="zh")
    created = Moment()
    used = Moment()


class RecoveryCode(Row):
    """恢复码: stands for the second factor once. Ten at a time; only the hash is kept."""

    staff = ForeignKeyField(Staff, backref="recovery_codes")
    code_hash = CharField(max_length=43, unique=True)
    used = Moment(null=True)


class Grant(KeyedRow):
    """A role held in a scope: a province, a whole unit, one college, or one class. `role` is a code of §9 (C, K, R, P …).

    `province` is the code of GB/T 2260 in which a P holds; with neither unit nor province it holds in the whole instance.
    """

    staff = ForeignKeyField(Staff, backref="grants")
    role = CharField(max_length=2)
    unit = ForeignKeyField(Unit, null=True)
    college = ForeignKeyField(College, null=True)
    klass = ForeignKeyField(Class, null=True)
    starts = Moment()
    ends = Moment(null=True)
    province = CharField(max_length=2, default="")
    department = CharField(max_length=60, default="")
    """系、所、函授站: the teaching point in which a T holds, as records name it."""

    @property
    def whole(self) -> bool:
        """Does it hold for all of a school, and not for a part of it alone?"""
        return self.college_id is None and self.klass_id is None and not self.department

    @property
    def everywhere(self) -> bool:
        """Does it hold in the whole instance? A province's grant has no unit either, a guest's reaches no school."""
        return self.unit_id is None and not self.province and self.role not in GUESTS


class Filter(Row):
    """How somebody last filtered a list, as JSON (R-SCH-26); kept here, so that no name stands in an address."""

    staff = ForeignKeyField(Staff, backref="filters")
    page = CharField(max_length=24)
    chosen = TextField(default="{}")

    class Meta:
        indexes = ((("staff", "page"), True),)
