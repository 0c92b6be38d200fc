"""新生学籍自查: each student's state in a campaign, errors reported, and notes of those who found no record."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Staff


class Check(KeyedRow):
    """One record in one campaign. `state`: unseen, seen, confirmed, again 需重新确认, reported, fixed, kept, exempt
    (spec 7.7).

    `held` is why the system itself keeps the student out (卡住), empty when it does not; `held_since` starts the clock
    that moves the deadline, `held_days` are the days already given back (R-CHK-17). `college` and `klass` repeat the
    record's, so that the board counts from one index; `domain/checks.py` keeps them so.
    """

    campaign = ForeignKeyField(Campaign, backref="checks")
    record = ForeignKeyField(Record, backref="checks")
    college = ForeignKeyField(College, null=True, index=False)
    klass = ForeignKeyField(Class, null=True, index=False)
    state = CharField(max_length=10, default="unseen")
    seen = Moment(null=True)
    confirmed = Moment(null=True)
    held = CharField(max_length=16, default="")
    held_since = Moment(null=True)
    held_days = IntegerField(default=0)

    class Meta:
        indexes = (
            (("campaign", "record"), True),
            (("campaign", "college", "klass", "state", "held", "record"), False),
        )


WAITING = ("open", "gathered", "working")
"""States of a report that the school has not answered yet."""


class Report(KeyedRow):
    """信息有误: what a student says is wrong in a record. `state`: open, gathered 学院已汇总, working 处理中, answered.

    `outcome`: fixed or kept. `due` is the last moment for the answer, none while the campaign has no end.
    """

    check_row = ForeignKeyField(Check, null=True, backref="reports", column_name="check_id")
    record = ForeignKeyField(Record, backref="reports")
    account = ForeignKeyField(Account, backref="reports")
    note = Sealed(null=True)
    state = CharField(max_length=8, default="open")
    outcome = CharField(max_length=8, default="")
    answer = Sealed(null=True)
    staff = ForeignKeyField(Staff, null=True)
    created = Moment()
    answered = Moment(null=True)
    due = Moment(null=True)

    class Meta:
        indexes = ((("state", "created"), False),)


Report.add_index(Report.record, unique=True, where=Report.state.in_(WAITING), name="report_open")


class ReportStep(KeyedRow):
    """One step of a report on its way to the answer: `move` (forward, take), who made it, and the words sent along."""

    report = ForeignKeyField(Report, backref="steps")
    move = CharField(max_length=8)
    staff = ForeignKeyField(Staff, index=False)
    note = Sealed(null=True)
    at = Moment()


class ReportedField(KeyedRow):
    """One field of a report: the name of the record's column and the value that the student holds to be right."""

    report = ForeignKeyField(Report, backref="fields")
    field = CharField(max_length=24)
    right = Sealed(null=True)


class ReportedFile(Row):
    report = ForeignKeyField(Report, backref="files")
    upload = ForeignKeyField(Upload)


class NoRecord(KeyedRow):
    """查无学籍: a student found no record and told the office. `reason`: name, document, not_reported, before_1991.

    `unit` answers it; `record` is the one that the identity or the typed student number points to.
    """

    account = ForeignKeyField(Account, backref="no_records")
    unit = ForeignKeyField(Unit)
    record = ForeignKeyField(Record, null=True)
    school = CharField(max_length=60, default="")
    student_number = Sealed(null=True)
    note = Sealed(null=True)
    reason = CharField(max_length=16)
    state = CharField(max_length=8, default="open")
    answer = Sealed(null=True)
    staff = ForeignKeyField(Staff, null=True)
    created = Moment()
    answered = Moment(null=True)
    found = Moment(null=True)
    """When a matching record came in and the student was told (R-CHK-12)."""


NoRecord.add_index(NoRecord.account, unique=True, where=NoRecord.state == "open", name="no_record_open")


class Snapshot(Row):
    """The board at the end of a day, per class (R-CHK-08): `counts` is JSON of the states."""

    campaign = ForeignKeyField(Campaign)
    klass = ForeignKeyField(Class, null=True)
    day = DateField()
    counts = TextField()

    class Meta:
        indexes = ((("campaign", "day", "klass"), True),)
