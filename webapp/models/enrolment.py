"""What becomes of an enrolment record over the years: kept values, 学籍异动, 学年注册, the province's word, admission data.

Not here: what may be changed and by whom (`domain/enrolment/`).
"""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.records import Record
from webapp.models.school import Unit


class Kept(KeyedRow):
    """One field of a record before and after somebody changed it; never dropped, never printed on a report (R-COR-05).

    `before` and `after` are the column's values as text (places by name); `who` is an actor's name, `paper` the document's
    number, `source` correction, edit, move, or graduation.
    """

    record = ForeignKeyField(Record, backref="kept", index=False)
    field = CharField(max_length=24)
    before = Sealed(null=True)
    after = Sealed(null=True)
    who = CharField(max_length=30)
    at = Moment()
    paper = CharField(max_length=60, default="")
    why = Sealed(null=True)
    source = CharField(max_length=12)

    class Meta:
        indexes = ((("record", "at"), False),)


class Alteration(KeyedRow):
    """学籍异动: what happens to an enrolment on `day`, with document number and reason (R-SCH-12).

    `kind` is a code of `domain/enrolment/kinds.py`, `values` sealed JSON of the fields that change with it. `state`: waiting
    (its day has not come), made, withdrawn, dropped (on its day it no longer fitted; `fault` is why).
    """

    record = ForeignKeyField(Record, backref="alterations")
    unit = ForeignKeyField(Unit, index=False)
    kind = CharField(max_length=16)
    state = CharField(max_length=10, default="waiting")
    day = DateField()
    paper = CharField(max_length=60)
    reason = Sealed(null=True)
    values = Sealed(null=True)
    before = CharField(max_length=2, default="")
    who = CharField(max_length=30)
    created = Moment()
    made = Moment(null=True)
    fault = CharField(max_length=40, default="")

    class Meta:
        indexes = ((("unit", "state", "day"), False), (("state", "day"), False))


class YearRegistration(KeyedRow):
    """学年注册: with what a record was registered for the school year that begins in `year` (R-SCH-11).

    `outcome` is a 学籍状态. Another word for the same year is another row; `current` marks the one that counts.
    """

    record = ForeignKeyField(Record, backref="years", index=False)
    unit = ForeignKeyField(Unit, index=False)
    year = IntegerField()
    outcome = CharField(max_length=2)
    current = BooleanField(default=True)
    who = CharField(max_length=30)
    at = Moment()
    note = Sealed(null=True)

    class Meta:
        indexes = ((("record", "year"), False), (("unit", "year", "outcome"), False))


YearRegistration.add_index(
    YearRegistration.record,
    YearRegistration.year,
    unique=True,
    where=YearRegistration.current,
    name="year_registration_current",
)


class Approval(KeyedRow):
    """What the province decides before a record is registered: a special category, or 疑似双学籍 (R-SCH-07, R-SCH-09).

    `kind` special or double; `category` a code of `tables.SPECIALS`; `other` the record that the same person has at another
    school. `state`: flagged (found, not sent), waiting, approved, refused, withdrawn.
    """

    record = ForeignKeyField(Record, backref="approvals", index=False)
    unit = ForeignKeyField(Unit, index=False)
    other = ForeignKeyField(Record, null=True, backref="+", index=False)
    kind = CharField(max_length=8)
    category = CharField(max_length=16, default="")
    state = CharField(max_length=10, default="flagged")
    paper = CharField(max_length=60, default="")
    note = Sealed(null=True)
    answer = Sealed(null=True)
    asked_by = CharField(max_length=30, default="")
    asked = Moment(null=True)
    decided_by = CharField(max_length=30, default="")
    decided = Moment(null=True)
    created = Moment()

    class Meta:
        indexes = ((("record", "kind"), False), (("unit", "state", "created"), False))


Approval.add_index(
    Approval.record,
    Approval.kind,
    unique=True,
    where=Approval.state.in_(("flagged", "waiting")),
    name="approval_open",
)


class Admission(KeyedRow):
    """高考录取信息: what the admission office sent about a student, kept beside the record (R-SCH-10).

    `values` is sealed JSON of the fields as a roster names them. `differs` names the fields in which the record says
    something else, separated by spaces; `reason` is the school's word on it.
    """

    unit = ForeignKeyField(Unit, index=False)
    record = ForeignKeyField(Record, null=True, backref="admissions")
    year = IntegerField()
    exam_number = CharField(max_length=18)
    level = CharField(max_length=20)
    values = Sealed()
    differs = CharField(max_length=200, default="")
    reason = Sealed(null=True)
    explained_by = CharField(max_length=30, default="")
    explained = Moment(null=True)
    taken = Moment()

    class Meta:
        indexes = ((("unit", "exam_number", "level"), True), (("unit", "differs"), False))


class SchoolName(KeyedRow):
    """曾用名: a name that a school had, or that of a school which went into it, from and until when (R-SCH-30).

    `how` is renamed (更名) or merged (并入); the unit is the successor, which keeps the records.
    """

    unit = ForeignKeyField(Unit, backref="former_names")
    name = CharField(max_length=60)
    english = CharField(max_length=120, default="")
    since = DateField(null=True)
    until = DateField(null=True)
    how = CharField(max_length=8, default="renamed")

    class Meta:
        indexes = ((("unit", "name"), True),)
