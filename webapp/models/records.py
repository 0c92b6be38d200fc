"""The school's records: 学籍 (enrolment) and 学历 (qualification), and who looked at them.

Not here: which record belongs to whom (`domain/records.py`), how they come in (`domain/imports/`).
"""

from peewee import SQL, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from webapp.domain.identity import emails, phones
from webapp.models.accounts import Account
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.models.school import Class, College, Unit


class Record(KeyedRow):
    """One 学籍 or 学历 record (`kind` enrolment, qualification); columns are those of spec 5.1 and 5.2.

    `natural` finds it again in the next roster: student number, else exam number, with the level (certificate number
    for a qualification). `name` is as the school registered it, `name_sort` orders by pinyin, codes are those of
    `identity/tables.py`. `exempt` (免查) takes the student out of the count, with a reason.
    """

    unit = ForeignKeyField(Unit, backref="records", index=False)
    kind = CharField(max_length=16)
    natural = CharField(max_length=60)
    name = CharField(max_length=100)
    name_compare = CharField(max_length=100)
    name_sort = CharField(max_length=255)
    name_gap = BooleanField(default=False)
    sex = CharField(max_length=1, default="")
    birth_date = DateField(null=True)
    document_kind = CharField(max_length=1, default="1")
    country = CharField(max_length=3, default="CHN")
    document = Sealed(null=True)
    identity_index = CharField(max_length=43, null=True)
    ethnic = CharField(max_length=2, default="")
    political = CharField(max_length=2, default="")
    level = CharField(max_length=20)
    length = CharField(max_length=3, default="")
    category = CharField(max_length=20, default="")
    mode = CharField(max_length=20, default="")
    major = CharField(max_length=60, default="")
    major_code = CharField(max_length=10, default="")
    college = ForeignKeyField(College, null=True)
    department = CharField(max_length=60, default="")
    klass = ForeignKeyField(Class, null=True, index=False)
    student_number = CharField(max_length=18, default="")
    exam_number = CharField(max_length=18, default="")
    enrolled_on = DateField(null=True)
    expected_on = DateField(null=True)
    left_on = DateField(null=True)
    status = CharField(max_length=2, default="A1")
    photo = ForeignKeyField(Upload, null=True, index=False)
    phone = Sealed(null=True)
    phone_index = Blind("phone", phones.clean, of=phone)
    email = Sealed(null=True)
    email_index = Blind("email", emails.clean, of=email)
    counsellor = CharField(max_length=100, default="")
    graduated_on = DateField(null=True)
    conclusion = CharField(max_length=12, default="")
    certificate = CharField(max_length=40, default="")
    certificate_serial = CharField(max_length=40, default="")
    president = CharField(max_length=40, default="")
    source = CharField(max_length=8, default="")
    batch = ForeignKeyField(Batch, null=True, index=False)
    account = ForeignKeyField(Account, null=True, backref="records", index=False)
    bound = Moment(null=True)
    bound_how = CharField(max_length=8, default="")
    opened = Moment(null=True)
    """When the holder first opened the detail page: from then on a batch cannot be rolled back."""
    exempt = CharField(max_length=200, default="")
    updated = Moment()
    published = Moment(null=True)
    """When its qualification was published (公布): from then on the school changes nothing (R-COR-07, R-SCH-15)."""
    special = CharField(max_length=16, null=True)
    """A category that the province decides about before the student is registered: a code of `tables.SPECIALS`."""
    prior_seen = Moment(null=True)
    """When the 专科 before this 专升本 was found among its holder's records: 前置学历 通过 (R-BND-18)."""

    class Meta:
        indexes = (
            (("unit", "kind", "natural"), True),
            (("identity_index",), False),
            (("klass",), False),
            (("unit", "kind", "name_sort", "id"), False),
            (("unit", "exam_number"), False),
            (("unit", "student_number"), False),
        )


Record.add_index(Record.account, where=Record.account.is_null(False))
Record.add_index(
    Record.unit,
    Record.kind,
    Record.name_sort,
    Record.id,
    where=Record.status.in_(("N0", "N1", "N2", "N3")),
    name="record_fresh",
)
Record.add_index(
    Record.unit,
    Record.kind,
    Record.klass,
    Record.enrolled_on,
    where=Record.status.in_(("A1", "A2", "A3", "A4")),
    name="record_enrolled",
)
Record.add_index(Record.unit, Record.department, where=Record.department != SQL("''"), name="record_department")
Record.add_index(Record.certificate, where=Record.certificate != SQL("''"), name="record_certificate")


class Change(Row):
    """One changed record of a batch. `before` is its sealed JSON (none: the batch made it); undoing puts it back."""

    batch = ForeignKeyField(Batch, backref="changes", index=False)
    record = ForeignKeyField(Record, backref="changes", index=False)
    before = TextField(null=True)
    at = Moment()
    fields = IntegerField(default=0)
    """How many fields differ."""

    class Meta:
        indexes = ((("batch", "record"), True), (("record", "at"), False))


class View(Row):
    """Who looked at what: the plain log (a decision or a look at evidence is an Event). `source` names the page."""

    actor = CharField(max_length=30)
    what = CharField(max_length=24)
    object = CharField(max_length=22)
    source = CharField(max_length=24)
    at = Moment()

    class Meta:
        indexes = ((("object", "at"), False), (("actor", "at"), False))
