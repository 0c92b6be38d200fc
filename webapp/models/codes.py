"""Proofs on the way in: SMS codes, and which captchas and puzzles were used. The secrets themselves are never stored."""

from peewee import CharField, IntegerField

from webapp.domain.identity import phones
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed


class Code(KeyedRow):
    """短信验证码: one issue for a phone and a purpose. Its digits are derived from `key`, not stored (R-ACC-07).

    `sent` is the first sending, `last_sent` the latest; a repeat sends the same digits again.
    """

    purpose = CharField(max_length=16)
    phone = Sealed()
    phone_index = Blind("phone", phones.clean, of=phone)
    digits = IntegerField()
    tries = IntegerField(default=0)
    sent = Moment()
    last_sent = Moment()
    expires = Moment()
    proved = Moment(null=True)
    ended = Moment(null=True)


Code.add_index(Code.phone_index, Code.purpose, unique=True, where=Code.ended.is_null())


class Puzzle(Row):
    """A captcha or a proof of work that was handed in: kept until it would be too old anyway, so that it counts once."""

    mark = CharField(max_length=43, unique=True)
    expires = Moment()
