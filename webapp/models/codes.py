"""Proofs on the way in: SMS codes, captchas and solved puzzles. The secrets themselves are never stored."""

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


class Captcha(KeyedRow):
    """图片验证码 or 算术题: the answer as a hash, usable once, for minutes."""

    answer_hash = CharField(max_length=43)
    expires = Moment()
    used = Moment(null=True)


class Puzzle(Row):
    """A proof of work that was handed in: kept until its challenge expires, so that it counts once."""

    mark = CharField(max_length=43, unique=True)
    expires = Moment()
