"""Students' accounts and what belongs to them: sessions, known devices, log-ins, consents, security questions.

Not here: staff (`staff.py`) and what any of these rows may do (`domain/accounts.py`, `domain/sessions.py`).
"""

from peewee import BooleanField, CharField, Expression, ForeignKeyField, IntegerField

from webapp.domain.identity import emails, phones
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.staff import Staff

ALIVE = ("active", "frozen", "duplicate", "closing")
"""States in which a holder can log in; the account holds its phone and its e-mail alone (R-ACC-34)."""

OWNING = ("active", "closing")
"""States in which an account holds its identity alone: the database's last word on one person, one account."""


class Account(KeyedRow):
    """学档账号: one person's access, found by phone, document number or e-mail.

    `identity_index` is the blind index of `documents.canonical(kind, number, country)`: 15 and 18 digits are one person.
    `state`: active; duplicate 证件号码重复 (its identity is somebody's already); frozen 已冻结 (read-only); closing 注销冷静期;
    archived 已注销. Its moves are `domain/standing.py`.
    """

    state = CharField(max_length=12, default="active")
    phone = Sealed(null=True)
    phone_index = Blind("phone", phones.clean, of=phone)
    phone_proved = Moment(null=True)
    email = Sealed(null=True)
    email_index = Blind("email", emails.clean, of=email)
    email_proved = Moment(null=True)
    name = CharField(max_length=100)
    name_compare = CharField(max_length=100)
    name_fallback = BooleanField(default=False)
    document_kind = CharField(max_length=1)
    country = CharField(max_length=3, default="CHN")
    document = Sealed()
    identity_index = CharField(max_length=43)
    password_hash = CharField(max_length=160)
    password_changed = Moment()
    new_password_due = BooleanField(default=False)
    language = CharField(max_length=2, default="zh")
    school_proved = Moment(null=True)
    records_seen = Moment(null=True)
    identity_confirmed = Moment(null=True)
    """When the holder bound name, document and phone to the account for good (绑定实名信息, R-BND-13)."""
    created = Moment()
    person_proved = Moment(null=True)
    """When somebody looked at the person's documents or face and said yes: level L3 (`photos`, `desk`) or L4 (`face`)."""
    person_proved_by = CharField(max_length=8, default="")
    frozen_from = CharField(max_length=12, default="")
    """The state that a frozen account goes back to."""
    closes = Moment(null=True)
    """When the cooling period of 注销 ends."""
    archived = Moment(null=True)
    phone_released = Moment(null=True)
    """When its number was last given up to somebody who proved to hold it now (R-REC-14)."""
    unread = IntegerField(default=0)
    """Messages of the site that were not opened yet; counted here, because every page shows it."""

    @classmethod
    def registered(cls, identity_index: str) -> Expression:
        """Accounts for which an identity counts as registered: who comes later has to claim it (R-ACC-21).

        A frozen one counts too, unless it was in doubt itself.
        """
        frozen = (cls.state == "frozen") & (cls.frozen_from != "duplicate")
        return (cls.identity_index == identity_index) & (cls.state.in_(OWNING) | frozen)

    @classmethod
    def alive(cls, key: str) -> "Account | None":
        return cls.get_or_none((cls.key == key) & cls.state.in_(ALIVE))


Account.add_index(Account.phone_index, unique=True, where=Account.state.in_(ALIVE))
Account.add_index(Account.email_index, unique=True, where=Account.state.in_(ALIVE) & Account.email_proved.is_null(False))
Account.add_index(Account.identity_index, unique=True, where=Account.state.in_(OWNING))
Account.add_index(Account.identity_index, Account.state)


class Session(Row):
    """A browser that is logged in. `token` is the SHA-256 of the cookie's 256 bits; `kind`: student, staff, keeper."""

    token = CharField(max_length=64, unique=True)
    kind = CharField(max_length=8)
    account = ForeignKeyField(Account, backref="sessions", null=True)
    staff = ForeignKeyField(Staff, backref="sessions", null=True)
    device = CharField(max_length=80)
    network = CharField(max_length=45)
    created = Moment()
    seen = Moment()
    ends = Moment()
    ended = Moment(null=True)
    sure_until = Moment(null=True)
    """Until when the holder counts as having just given the password again (step-up)."""


class Device(Row):
    """A browser in which this account has logged in before; `mark` is the hash of the mark in its cookie."""

    account = ForeignKeyField(Account, backref="devices")
    mark = CharField(max_length=43)
    first = Moment()
    last = Moment()

    class Meta:
        indexes = ((("account", "mark"), True),)


class Login(KeyedRow):
    """登录日志: one attempt. `method` password, code, link; `result` in, wrong, code_asked, refused. Kept 180 days."""

    account = ForeignKeyField(Account, backref="logins")
    at = Moment()
    method = CharField(max_length=12)
    result = CharField(max_length=12)
    device = CharField(max_length=80)
    network = CharField(max_length=45)
    disowned = Moment(null=True)

    class Meta:
        indexes = ((("account", "at"), False),)


class Consent(Row):
    """What a person agreed to: `kind` terms, privacy, wechat, face; the version of the text, when and from where (R-ACC-57).

    `subject` is the key of the person check that a consent to compare a face is about.
    """

    account = ForeignKeyField(Account, backref="consents")
    kind = CharField(max_length=16)
    version = CharField(max_length=16)
    at = Moment()
    network = CharField(max_length=45)
    withdrawn = Moment(null=True)
    subject = CharField(max_length=22, default="")


class Question(Row):
    """密保问题: up to three, `question` a code of the list, the answer only as a hash (R-ACC-27)."""

    account = ForeignKeyField(Account, backref="questions")
    place = IntegerField()
    question = CharField(max_length=24)
    answer_hash = CharField(max_length=160)

    class Meta:
        indexes = ((("account", "place"), True), (("account", "question"), True))
