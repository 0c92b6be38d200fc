"""证件号码重复: the case about one identity, who claims it, what they handed in, and what staff decided.

Not here: the moves (`domain/duplicates/lifecycle.py`), and the bytes of photos (`photos.py`).
"""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff
from webapp.models.tickets import Ticket

CLOSED = ("done", "withdrawn", "expired", "restored")
"""States in which a case is over; the next claimant of the identity opens another."""


class Claim(KeyedRow):
    """申诉案件: whose an identity is. One open case per identity; every claimant joins it (R-DUP-22).

    `state`: open, waiting 待审核, in_review, second (a second person is to look), in_second, approved (decided, takes
    effect at `effective`), refused 审核失败, alleged 疑似冒用, done, withdrawn, expired, restored.
    `signals` are codes, a space between them. `round` counts what was handed in: `holder` took the case in `held_round` and
    has it until `lease`.
    """

    identity_index = CharField(max_length=43)
    state = CharField(max_length=10, default="open")
    unit = ForeignKeyField(Unit, null=True, index=False)
    opened = Moment()
    due = Moment(null=True)
    needs_two = BooleanField(default=False)
    signals = CharField(max_length=120, default="")
    holder = ForeignKeyField(Staff, null=True)
    round = IntegerField(default=0)
    held_round = IntegerField(default=0)
    lease = Moment(null=True)
    winner = ForeignKeyField(Account, null=True)
    way = CharField(max_length=10, default="")
    """What decided it: photos, record, classmates, desk, ticket, face."""
    effective = Moment(null=True)
    objected = Moment(null=True)
    closed = Moment(null=True)
    consented = Moment(null=True)
    """When the holder of the account that an approval puts away said 「是我」: nothing waits for an objection any more."""

    class Meta:
        indexes = ((("state", "due", "id"), False), (("unit", "state", "due", "id"), False))


Claim.add_index(Claim.identity_index, unique=True, where=Claim.state.not_in(CLOSED))


class Archive(KeyedRow):
    """归档: one account that was put away, what it lost to whom, so that two people can restore it for 30 days.

    `why`: duplicate, impostor, own_request, support. `moved` is JSON of keys by kind of asset; `asked_by` is the first of
    the two.
    """

    account = ForeignKeyField(Account, backref="+")
    heir = ForeignKeyField(Account, null=True, backref="+")
    claim = ForeignKeyField(Claim, null=True, backref="archives")
    why = CharField(max_length=12)
    at = Moment()
    moved = TextField(default="{}")
    asked_by = ForeignKeyField(Staff, null=True)
    asked = Moment(null=True)
    restored = Moment(null=True)


class Party(KeyedRow):
    """申请人: an account in state duplicate that claims the identity of a case."""

    claim = ForeignKeyField(Claim, backref="parties")
    account = ForeignKeyField(Account, backref="+")
    joined = Moment()
    left = Moment(null=True)
    warned = Moment(null=True)
    """When the claimant ticked that the other accounts will be put away (重要提示, R-DUP-02); no way starts before."""

    class Meta:
        indexes = ((("claim", "account"), True),)


class Submission(KeyedRow):
    """提交: one set of evidence, or one answer, of one party. `way` as in Claim.

    `state`: draft, checking, waiting, refused, approved, withdrawn. `spent` counts against the tries of R-DUP-10 and 11.
    `reasons` are codes of `domain/reasons.py`, a space between them.
    """

    party = ForeignKeyField(Party, backref="submissions")
    way = CharField(max_length=10)
    state = CharField(max_length=10, default="draft")
    begun = Moment()
    sent = Moment(null=True)
    spent = BooleanField(default=False)
    decided = Moment(null=True)
    reasons = CharField(max_length=160, default="")
    note = CharField(max_length=100, default="")

    class Meta:
        indexes = ((("party", "begun"), False), (("decided",), False))


class Filing(Row):
    """转为证件重复审核: a submission that support handed in out of a question (`way` ticket), and who of them did."""

    submission = ForeignKeyField(Submission, unique=True, backref="+")
    ticket = ForeignKeyField(Ticket, backref="+")
    staff = ForeignKeyField(Staff, backref="+")


class Photo(KeyedRow):
    """证据照片: one picture of a submission, in its slot (holding_front …, `domain/duplicates/photo_sets.py`).

    `hints` is JSON of what a machine noticed (size, sharpness, glare, darkness, reused): for people, never a verdict.
    """

    submission = ForeignKeyField(Submission, backref="photos")
    slot = CharField(max_length=16)
    upload = ForeignKeyField(Upload, unique=True)
    hints = TextField(default="{}")

    class Meta:
        indexes = ((("submission", "slot"), True),)


class Vouch(KeyedRow):
    """同学协助: one classmate who was asked whether the claimant is who she says. `state`: asked, yes, no, expired.

    The key is the address of the page on which the helper answers, logged in.
    """

    party = ForeignKeyField(Party, backref="vouches")
    helper = ForeignKeyField(Account, backref="+")
    state = CharField(max_length=8, default="asked")
    asked = Moment()
    expires = Moment()
    answered = Moment(null=True)

    class Meta:
        indexes = ((("party", "helper"), True), (("helper", "answered"), False))


class Decision(KeyedRow):
    """决定: what one member of staff said of a case; `place` 1 or 2, the second without sight of the first.

    `verdict`: approve (for `party`), refuse (`reasons`), allege. `seen` is JSON of the ticks and rotations.
    """

    claim = ForeignKeyField(Claim, backref="decisions")
    staff = ForeignKeyField(Staff, backref="+")
    round = IntegerField()
    place = IntegerField()
    verdict = CharField(max_length=8)
    party = ForeignKeyField(Party, null=True)
    reasons = CharField(max_length=160, default="")
    note = CharField(max_length=100, default="")
    seen = TextField(default="{}")
    at = Moment()
    undone = Moment(null=True)

    class Meta:
        indexes = ((("claim", "place", "at"), False), (("staff", "at"), False))
