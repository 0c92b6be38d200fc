"""更正申请: what a student asks the school to correct in the own record, with the evidence and every step of its way.

Not here: who decides and when (`domain/corrections/`), nor the values before a change, which are kept for ever.
"""

from peewee import BooleanField, CharField, DateField, ForeignKeyField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import College, Unit
from webapp.models.staff import Staff

OPEN = ("draft", "college", "school", "province", "second", "returned")
"""States in which a request is not over: a record has one of them at most for a field."""


class Correction(KeyedRow):
    """更正申请 for one field. `state`: draft, college, school, province, second, returned, done, refused, rejected, withdrawn,
    closed (spec 7.9).

    `field` is a column of the record, `ground` the row of the table of evidence (8.3), `erratum` a 学历勘误 (the record was
    published). `before` and `wanted` are what stands there and what shall; `why` is the student's own words. `since` is when
    it came to who has it now, `due` until when. `reasons` and `note` are the last decision's, `paper` its 文号.
    """

    record = ForeignKeyField(Record, backref="corrections")
    account = ForeignKeyField(Account, backref="corrections")
    unit = ForeignKeyField(Unit, index=False)
    college = ForeignKeyField(College, null=True)
    field = CharField(max_length=16)
    ground = CharField(max_length=16)
    erratum = BooleanField(default=False)
    state = CharField(max_length=10, default="draft")
    before = Sealed(null=True)
    wanted = Sealed(null=True)
    why = Sealed(null=True)
    created = Moment()
    submitted = Moment(null=True)
    since = Moment()
    due = Moment(null=True)
    holder = ForeignKeyField(Staff, null=True)
    lease = Moment(null=True)
    reasons = CharField(max_length=120, default="")
    note = Sealed(null=True)
    paper = CharField(max_length=60, default="")
    closed = Moment(null=True)

    class Meta:
        indexes = ((("unit", "state", "due", "id"), False), (("state", "due"), False))


Correction.add_index(
    Correction.record, Correction.field, unique=True, where=Correction.state.in_(OPEN), name="correction_one_open"
)


class CorrectionStep(KeyedRow):
    """One step of a request: the move, the state it led to, who made it (none: the student, or nobody), and what was said."""

    correction = ForeignKeyField(Correction, backref="steps")
    move = CharField(max_length=16)
    state = CharField(max_length=10)
    staff = ForeignKeyField(Staff, null=True)
    reasons = CharField(max_length=120, default="")
    note = Sealed(null=True)
    at = Moment()


class Evidence(KeyedRow):
    """证明材料: a picture of a document that the table of evidence names as `kind`; the school's own where `staff` brought it.

    `seen_by`, `seen_at` and `seen_where` tell who held the original in the hand (需核验原件); then there may be no picture.
    """

    correction = ForeignKeyField(Correction, backref="evidence")
    kind = CharField(max_length=24)
    upload = ForeignKeyField(Upload, null=True)
    staff = ForeignKeyField(Staff, null=True)
    added = Moment()
    seen_by = ForeignKeyField(Staff, null=True)
    seen_at = Moment(null=True)
    seen_where = CharField(max_length=80, default="")


class CorrectionDeadline(Row):
    """受理截止: the last day on which a school takes requests, and what follows for who comes later (R-COR-14)."""

    unit = ForeignKeyField(Unit, unique=True)
    ends = DateField()
    consequence = CharField(max_length=200, default="")
    staff = ForeignKeyField(Staff)
    told = Moment()
