"""学历认证: the agencies that take applications, their prices, and what a holder applies for with the papers brought for it.

Not here: what may happen to any of them (`domain/certification/`), the person's check (`liveness.py`), money (`payments.py`).
"""

from peewee import SQL, BooleanField, CharField, DateField, Expression, ForeignKeyField, IntegerField, TextField

from webapp.domain.identity import certificates, verification_codes
from webapp.models.accounts import Account
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.signing import SigningKey
from webapp.models.staff import Staff

UNDER_WAY = ("proving", "proved", "paying", "filed")
"""States of an application that was handed in and is not over by itself."""

AT_WORK = ("proof", "supplement", "accepted", "checking", "delayed", "second", "reconsider")
"""States of an item that the agency has, or that it gave back for more."""

OVER = ("upheld", "fraud", "cancelled", "closed")
"""States in which an item ended otherwise than by a report or a notice."""


class Agency(KeyedRow):
    """受理机构: a body that checks certificates and issues reports about them (R-CRT-48).

    `provinces` and `kinds` are JSON lists: codes of GB/T 2260 and of `domain/certification/catalogue.KINDS`; an empty list of
    provinces is all of them. `seal` is a picture that its reports show, `signing` the key of its own that signs them;
    without one the site's does.
    """

    name = CharField(max_length=60)
    english = CharField(max_length=120, default="")
    short = CharField(max_length=12)
    address = CharField(max_length=120, default="")
    phone = CharField(max_length=40, default="")
    hours = CharField(max_length=80, default="")
    provinces = TextField(default="[]")
    kinds = TextField(default="[]")
    seal = ForeignKeyField(Upload, null=True, backref="+", index=False)
    signing = ForeignKeyField(SigningKey, null=True, backref="+", index=False)
    active = BooleanField(default=True)
    created = Moment()


class AgencyMember(Row):
    """Who works for an agency: a work account with the role A or AL, which works for no other."""

    staff = ForeignKeyField(Staff, unique=True, backref="+")
    agency = ForeignKeyField(Agency, backref="members")


class Price(KeyedRow):
    """What one copy costs, in fen, from the day `starts` until before `ends` (R-PAY-09).

    Without `agency` it holds for all of them, with an empty `purpose` for all purposes; the closest one counts.
    """

    agency = ForeignKeyField(Agency, null=True, backref="prices")
    purpose = CharField(max_length=12, default="")
    kind = CharField(max_length=12)
    language = CharField(max_length=2)
    fen = IntegerField()
    starts = DateField()
    ends = DateField(null=True)
    staff = ForeignKeyField(Staff, null=True, index=False)
    set = Moment()

    class Meta:
        indexes = ((("kind", "language", "starts"), False),)


class Application(KeyedRow):
    """申请单: one application by `account`, with one or more items of one holder.

    `state`: draft 未提交, proving 待实人验证, proved 待确认提交, paying 待支付, lapsed 已超时关闭, filed 已提交, cancelled
    已取消, expired 已过期 (what it said of people is gone). `number` is the 申请单编号, null before the first 提交申请.
    `purpose` and `detail` are codes of the catalogue, `country` the one to which a holder goes. `version` and `agreed` tell of
    the 申请须知. `nature`: person 个人, unit 单位; a unit names the holder (the five `holder_…`, R-CRT-46), a person is the
    holder. `identity_index` is the holder's. `place` is a province. `total` is in fen and frozen when the application is
    handed in. `proved` and `proved_by` (face, photo) tell of 实人验证. `paid` is 支付时间, for a free one the moment of
    确认提交. `reminded` counts the reminders to confirm; 3 says that the end was told of. One that an impostor made is `held`
    until its holder says that it goes on.
    """

    account = ForeignKeyField(Account, backref="applications", index=False)
    state = CharField(max_length=10, default="draft")
    number = CharField(max_length=16, null=True, unique=True)
    purpose = CharField(max_length=12, default="")
    detail = CharField(max_length=12, default="")
    country = CharField(max_length=3, default="")
    version = CharField(max_length=12, default="")
    agreed = Moment(null=True)
    nature = CharField(max_length=8, default="")
    unit_name = CharField(max_length=60, default="")
    applicant = CharField(max_length=100, default="")
    holder_name = CharField(max_length=100, default="")
    holder_kind = CharField(max_length=1, default="")
    holder_country = CharField(max_length=3, default="")
    holder_document = Sealed(null=True)
    holder_phone = Sealed(null=True)
    identity_index = CharField(max_length=43, default="", index=True)
    place = CharField(max_length=2, default="")
    phone = Sealed(null=True)
    email = Sealed(null=True)
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    remark = Sealed(null=True)
    total = IntegerField(default=0)
    created = Moment()
    updated = Moment()
    submitted = Moment(null=True)
    proved = Moment(null=True)
    proved_by = CharField(max_length=8, default="")
    confirmed = Moment(null=True)
    pay_until = Moment(null=True)
    paid = Moment(null=True)
    refunded = Moment(null=True)
    reminded = IntegerField(default=0)
    held = Moment(null=True)

    class Meta:
        indexes = ((("account", "created"), False), (("state", "updated"), False))


class ApplicationItem(KeyedRow):
    """申请项目: one certificate or transcript to be checked; `kind` is a code of the catalogue.

    `state`: draft (before the application is filed), proof 待校对, supplement 待补充材料, accepted 已受理, checking 核查中,
    delayed 已延期, second 待复核 (a refusal that another person confirms), issued 已出报告, refused 查询结果通知, reconsider
    复议中, upheld 维持原结论, fraud 不予受理, cancelled 已取消, closed 已关闭. `round` counts how often it was handed in.
    `details` is JSON, what its form asks; `summary` is 概要. `differs` says whether certificate and document name the holder
    alike: empty (they do), wrong 登记有误, renamed 改过名. `certificate_index` finds the same certificate again. `zh` and
    `en` are copies, `zh_fen` and `en_fen` what each cost when it was handed in. `since` is when it came to who has it now,
    `due` until when; `accepted` begins the clock of the holder. `holder` and `lease` are the certifier's. `record` is the
    record that it was compared with. `conclusion` and `note` are the decision's. `report` is the 报告编号, `token` leads to
    the page behind its QR; `pdf`: empty, waiting, ready, failed; `digest` and `kid` as of any signed paper.
    """

    application = ForeignKeyField(Application, backref="items")
    place = IntegerField()
    kind = CharField(max_length=12)
    state = CharField(max_length=10, default="draft")
    round = IntegerField(default=1)
    details = Sealed(null=True)
    summary = CharField(max_length=200, default="")
    certificate = Sealed(null=True)
    certificate_index = Blind("certificate", certificates.clean, of=certificate)
    zh = IntegerField(default=0)
    en = IntegerField(default=0)
    zh_fen = IntegerField(default=0)
    en_fen = IntegerField(default=0)
    agency = ForeignKeyField(Agency, null=True, backref="+", index=False)
    filed = Moment(null=True)
    since = Moment(null=True)
    due = Moment(null=True)
    accepted = Moment(null=True)
    holder = ForeignKeyField(Staff, null=True, backref="+", index=False)
    lease = Moment(null=True)
    record = ForeignKeyField(Record, null=True, backref="+", index=False)
    conclusion = CharField(max_length=16, default="")
    note = Sealed(null=True)
    decided = Moment(null=True)
    report = CharField(max_length=15, null=True, unique=True)
    token = Sealed(null=True)
    pdf = CharField(max_length=8, default="")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="")
    kid = CharField(max_length=16, default="")
    token_index = Blind("item_token", verification_codes.clean, of=token, unique=True)
    differs = CharField(max_length=8, default="")

    class Meta:
        indexes = (
            (("agency", "state", "due", "id"), False),
            (("state", "due"), False),
            (("certificate_index",), False),
        )

    @classmethod
    def is_over(cls) -> Expression:
        """Is its state one of OVER: in literals, or no database sees that the index of those fits."""
        return cls.state.in_([SQL(f"'{one}'") for one in OVER])


ApplicationItem.add_index(ApplicationItem.digest, where=ApplicationItem.digest != SQL("''"), name="application_item_digest")
ApplicationItem.add_index(
    ApplicationItem.agency,
    ApplicationItem.since,
    ApplicationItem.id,
    where=ApplicationItem.is_over(),
    name="application_item_over",
)


class ItemStep(KeyedRow):
    """One step of an item: the move, the state it led to, who made it (none: the applicant, or nobody), and what was said."""

    item = ForeignKeyField(ApplicationItem, backref="steps")
    move = CharField(max_length=16)
    state = CharField(max_length=10)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    reasons = CharField(max_length=120, default="")
    note = Sealed(null=True)
    at = Moment()


class Material(KeyedRow):
    """附件: one picture in a slot of an item (`domain/certification/required.py`), in the order of `place`.

    `round` is the one in which it is handed in. `digest` is SHA-256 of the bytes as they came, so that none comes twice. `turn`
    is how often the applicant turned it to the right, of four, and `turned` how far the stored picture is.
    """

    item = ForeignKeyField(ApplicationItem, backref="materials")
    slot = CharField(max_length=12)
    place = IntegerField()
    upload = ForeignKeyField(Upload, backref="+", index=False)
    round = IntegerField(default=1)
    added = Moment()
    digest = CharField(max_length=64)
    turn = IntegerField(default=0)
    turned = IntegerField(default=0)

    class Meta:
        indexes = ((("item", "digest"), True),)
