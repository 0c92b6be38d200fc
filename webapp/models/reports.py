"""学籍在线验证报告 and 学历证书电子注册备案表: what a holder issued, and every look at it through its code.

Not here: what a look answers (`domain/reports/verifying.py`), what stands in a report (`domain/reports/content.py`).
"""

from peewee import SQL, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from webapp.domain.identity import verification_codes
from webapp.models.accounts import Account
from webapp.models.base import Blind, KeyedRow, Moment, Row, Sealed
from webapp.models.photos import Upload
from webapp.models.records import Record


class OnlineReport(KeyedRow):
    """在线验证报告: a live view of one record behind a code, with a signed PDF as it was on the day of issue.

    `kind`: enrolment, qualification. `state`: active, closed (by its holder), corrected (another was issued in its place:
    `successor`), pending (翻译中: an English one, whose code nobody is told before the school has translated what it says,
    until `due`), refused (it never will, and nobody is told the code). `code` is the typed 在线验证码, `token` the 26
    characters in its QR; both are found by their blind index.
    `shows` names, with spaces between, what the holder adds to the usual fields (`content.EXTRAS`). `ends` is the last day
    in China on which it answers. `pin_index` is a keyed hash of the PIN, null without one. `english` is JSON: field →
    Chinese text of the record → what an English report says for it. `told` is the JSON that its PDF was drawn from; `pdf`:
    waiting, ready, failed, gone (shredded long after its end); `digest` is the SHA-256 of the signed file. `reminded` is for
    how many days before its end the holder was told.
    `kid` is the id of the key that signed the file (`models/signing.py`); `lacking` are characters for which this machine has
    no font, and without which no PDF is drawn.
    `comparable`: its holder lets strangers compare name and certificate number (零散查询).
    """

    account = ForeignKeyField(Account, backref="online_reports", index=False)
    record = ForeignKeyField(Record, backref="online_reports")
    kind = CharField(max_length=16)
    language = CharField(max_length=2)
    state = CharField(max_length=10, default="active")
    code = Sealed()
    code_index = Blind("report_code", verification_codes.clean, of=code, unique=True)
    token = Sealed()
    token_index = Blind("report_token", verification_codes.clean, of=token, unique=True)
    pin_index = CharField(max_length=43, null=True)
    shows = CharField(max_length=60, default="")
    english = Sealed(null=True)
    issued = Moment()
    ends = DateField()
    closed = Moment(null=True)
    successor = ForeignKeyField("self", null=True, backref="+", index=False)
    told = Sealed(null=True)
    pdf = CharField(max_length=8, default="waiting")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="")
    reminded = IntegerField(null=True)
    kid = CharField(max_length=16, default="")
    lacking = CharField(max_length=40, default="")
    due = Moment(null=True)
    comparable = BooleanField(default=False)

    class Meta:
        indexes = ((("account", "issued"), False),)


OnlineReport.add_index(OnlineReport.ends, where=OnlineReport.state == SQL("'active'"), name="online_report_ends")
OnlineReport.add_index(OnlineReport.due, where=OnlineReport.state == SQL("'pending'"), name="online_report_pending")
OnlineReport.add_index(OnlineReport.digest, where=OnlineReport.digest != SQL("''"), name="online_report_digest")
OnlineReport.add_index(OnlineReport.kid, OnlineReport.ends, where=OnlineReport.kid != SQL("''"), name="online_report_kid")
OnlineReport.add_index(OnlineReport.ends, where=OnlineReport.pdf == SQL("'ready'"), name="online_report_drawn")
OnlineReport.add_index(OnlineReport.lacking, where=OnlineReport.lacking != SQL("''"), name="online_report_lacking")


class Look(Row):
    """查验: one look-up of a code, a wrong one too (`report` null). `way`: typed, scanned, many, machine, asked (by the mark of
    a request to open it), compared, file (a PDF that was checked), member (of an organisation), receipt (one was issued).

    `verdict` is what was answered (`verifying.VERDICTS`), `network` where it came from, no finer than a neighbourhood.
    """

    report = ForeignKeyField(OnlineReport, null=True, backref="looks", index=False)
    at = Moment(index=True)
    way = CharField(max_length=8)
    verdict = CharField(max_length=10)
    network = CharField(max_length=45)

    class Meta:
        indexes = ((("report", "at"), False), (("network", "at"), False))
