"""国际合作申请: documents sent abroad, the institutions that receive them, and 大学成绩验证, which the school confirms first.

Not here: what may happen to any of them (`domain/transfers/`), nor the institutions that everybody knows (its `catalogue.py`).
"""

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField

from webapp.domain.identity import verification_codes
from webapp.models.accounts import Account
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Unit
from webapp.models.staff import Staff


class Institution(KeyedRow):
    """接收机构 that a school (or, without `unit`, the site) added; or what it says about one of the catalogue: `code`.

    `country` is an ISO 3166 alpha-3 code. `email` is the one address to which documents go; without it the holder types one.
    `rule` tells what reference numbers look like (`domain/transfers/catalogue.fits`), empty where none is asked for.
    """

    unit = ForeignKeyField(Unit, null=True)
    code = CharField(max_length=16, default="")
    country = CharField(max_length=3)
    name = CharField(max_length=80)
    english = CharField(max_length=120)
    email = Sealed(null=True)
    rule = CharField(max_length=80, default="")
    active = BooleanField(default=True)
    staff = ForeignKeyField(Staff, null=True, index=False)
    changed = Moment()


Institution.add_index(
    Institution.unit, Institution.code, unique=True, where=Institution.code != SQL("''"), name="institution_once"
)
Institution.add_index(
    Institution.code,
    unique=True,
    where=Institution.unit.is_null() & (Institution.code != SQL("''")),
    name="institution_once_for_all",
)


class Transcript(KeyedRow):
    """大学成绩单: courses that the holder entered, with the school's own English original or a sealed translation beside them.

    `state`: draft, waiting (for the school), confirmed, returned. `source` says what the pages are: original, translation.
    `reason` and `note` are the last return's. `token` leads to the page on which anyone checks it; `pdf`: empty, waiting,
    ready, failed; `digest` is the SHA-256 of the signed file, `kid` the id of the key that signed it (`models/signing.py`).
    """

    account = ForeignKeyField(Account, backref="transcripts")
    record = ForeignKeyField(Record, backref="transcripts")
    unit = ForeignKeyField(Unit, index=False)
    state = CharField(max_length=10, default="draft")
    source = CharField(max_length=12, default="")
    token = Sealed(null=True)
    token_index = Blind("transcript_token", verification_codes.clean, of=token, unique=True)
    created = Moment()
    submitted = Moment(null=True)
    decided = Moment(null=True)
    staff = ForeignKeyField(Staff, null=True, index=False)
    reason = CharField(max_length=16, default="")
    note = Sealed(null=True)
    pdf = CharField(max_length=8, default="")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="")
    kid = CharField(max_length=16, default="")

    class Meta:
        indexes = ((("unit", "state", "submitted"), False),)


Transcript.add_index(
    Transcript.account, Transcript.record, unique=True, where=Transcript.state != SQL("'confirmed'"), name="transcript_one_open"
)
Transcript.add_index(Transcript.digest, where=Transcript.digest != SQL("''"), name="transcript_digest")


class Course(KeyedRow):
    """课程: one line of a transcript. `kind` is a code of `domain/transfers/courses.KINDS`."""

    transcript = ForeignKeyField(Transcript, backref="courses")
    place = IntegerField()
    name = CharField(max_length=60)
    english = CharField(max_length=120)
    credit = CharField(max_length=6)
    mark = CharField(max_length=16)
    kind = CharField(max_length=10)


class TranscriptPage(KeyedRow):
    """A picture of one page of the original or of the translation."""

    transcript = ForeignKeyField(Transcript, backref="pages")
    upload = ForeignKeyField(Upload, backref="+", index=False)
    added = Moment()


class Transfer(KeyedRow):
    """国际合作传输: what a holder sends to one receiver.

    `state`: waiting 待发送, sent 已发送, received 对方已接收, failed 发送失败, withdrawn 已撤回, expired 链接已过期.
    `code` names the institution (of the catalogue, or the key of a row), empty for a typed address; `receiver` is its name
    as it was agreed to. `consent` is the text word for word, `version` the text's, `agreed` when, from `network`. `round`
    counts addresses, each with a link of its own; `link` is the SHA-256 of its token, `ends` when it ends; `tries` and
    `fault` tell of sending it. `asked`, `wrong` and `asks` are of the code that proves the receiver's mailbox: when it went
    out, wrong tries, how many did.
    """

    account = ForeignKeyField(Account, backref="transfers", index=False)
    code = CharField(max_length=22, default="")
    receiver = CharField(max_length=160)
    email = Sealed()
    reference = Sealed(null=True)
    consent = Sealed()
    version = CharField(max_length=12)
    agreed = Moment()
    network = CharField(max_length=45)
    state = CharField(max_length=10, default="waiting")
    round = IntegerField(default=1)
    link = CharField(max_length=64, null=True, unique=True)
    ends = Moment(null=True)
    tries = IntegerField(default=0)
    fault = CharField(max_length=12, default="")
    sent = Moment(null=True)
    received = Moment(null=True)
    asked = Moment(null=True)
    wrong = IntegerField(default=0)
    asks = IntegerField(default=0)

    class Meta:
        indexes = ((("account", "agreed"), False),)


Transfer.add_index(Transfer.ends, where=Transfer.state == SQL("'sent'"), name="transfer_ends")


class TransferItem(KeyedRow):
    """One document of a transfer: a report or a transcript."""

    transfer = ForeignKeyField(Transfer, backref="items")
    report = ForeignKeyField(OnlineReport, null=True, backref="+")
    transcript = ForeignKeyField(Transcript, null=True, backref="+")


class TransferLook(Row):
    """The receiver opened the page (`item` null) or took a document; `network` is where from, no finer than a neighbourhood."""

    transfer = ForeignKeyField(Transfer, backref="looks", index=False)
    item = ForeignKeyField(TransferItem, null=True, backref="+", index=False)
    at = Moment()
    network = CharField(max_length=45)

    class Meta:
        indexes = ((("transfer", "at"), False),)
