"""Registering without an SMS: a sign-up by e-mail until it has become an account, and a phone kept for one person.

Not here: the steps of either (`domain/signups.py`, `domain/reservations.py`).
"""

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from webapp.domain.identity import emails, phones
from webapp.models.base import Blind, KeyedRow, Moment, Sealed
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Signup(KeyedRow):
    """邮箱注册: who registers with an e-mail address and is no account yet, so that Account stays strict.

    `way`: email (待激活 → 待完善实名信息), overseas (a person looks at the document first). `state`: mailed, opened, waiting,
    done, refused, expired. `answers` is JSON of the identity; a link works while it names `mailed`.
    """

    way = CharField(max_length=8)
    state = CharField(max_length=8, default="mailed")
    email = Sealed()
    email_index = Blind("email", emails.clean, of=email)
    password_hash = CharField(max_length=160)
    language = CharField(max_length=2, default="zh")
    network = CharField(max_length=45)
    answers = Sealed(null=True)
    created = Moment()
    mailed = Moment()
    expires = Moment()
    code = CharField(max_length=22, default="")
    """The issue of a code that was mailed (R-ACC-33); its digits are derived."""
    code_tries = IntegerField(default=0)
    unit = ForeignKeyField(Unit, null=True)
    staff = ForeignKeyField(Staff, null=True)
    decided = Moment(null=True)
    reason = CharField(max_length=16, default="")
    account = BigIntegerField(null=True)

    class Meta:
        indexes = ((("email_index", "state"), False), (("state", "created", "id"), False))


class Reservation(KeyedRow):
    """手机号保留: support saw whose a phone is; for some days only that person registers with it (R-ACC-58)."""

    phone = Sealed()
    phone_index = Blind("phone", phones.clean, of=phone)
    name = CharField(max_length=100)
    identity_index = CharField(max_length=43)
    photo = ForeignKeyField(Upload, null=True)
    staff = ForeignKeyField(Staff)
    unit = ForeignKeyField(Unit, null=True)
    created = Moment()
    until = Moment()
    used = Moment(null=True)

    class Meta:
        indexes = ((("phone_index", "until"), False),)
