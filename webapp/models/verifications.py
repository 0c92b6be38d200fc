"""What organisations looked up and under which consent, their lists of codes, and 核验回执.

Not here: the look itself, which the holder reads (`reports.Look`), nor any rule (`domain/organisations/`, `domain/reports/`).
"""

from peewee import CharField, ForeignKeyField, IntegerField

from webapp.domain.identity import verification_codes
from webapp.models.base import Blind, KeyedRow, Moment, Sealed
from webapp.models.organisations import ApiKey, Organisation
from webapp.models.photos import Upload
from webapp.models.reports import Look, OnlineReport
from webapp.models.staff import Staff


class MemberLook(KeyedRow):
    """会员查询: a look by an organisation. `reference` is the 授权书编号 under which the person consented (R-RPT-24).

    `staff` typed it, or `api_key` asked it.
    """

    look = ForeignKeyField(Look, unique=True, backref="+", on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, backref="+", index=False)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    api_key = ForeignKeyField(ApiKey, null=True, backref="+", index=False)
    reference = Sealed()
    at = Moment()

    class Meta:
        indexes = ((("organisation", "at"), False),)


class CodeList(KeyedRow):
    """批量核验: codes with their consents that an organisation handed in at once, and what came of them, for a day.

    `state`: waiting, ready.
    """

    organisation = ForeignKeyField(Organisation, backref="+", index=False)
    staff = ForeignKeyField(Staff, backref="+", index=False)
    state = CharField(max_length=8, default="waiting")
    many = IntegerField()
    created = Moment()
    expires = Moment(index=True)

    class Meta:
        indexes = ((("organisation", "created"), False),)


class ListedCode(KeyedRow):
    """One line of a list: the code as it was written, its consent, and once it is done the verdict and what it told (JSON)."""

    codes = ForeignKeyField(CodeList, backref="lines", index=False, on_delete="CASCADE")
    place = IntegerField()
    code = Sealed()
    reference = Sealed()
    verdict = CharField(max_length=12, default="")
    told = Sealed(null=True)

    class Meta:
        indexes = ((("codes", "place"), True),)


class CheckReceipt(KeyedRow):
    """核验回执: that a code was checked, when, with which verdict (R-RPT-27). It has a code of its own, of kind V.

    `asked` is the code that was checked, `report` what it led to. `shown` is the SHA-256 of what the page said then, `digest`
    that of the signed file. `told` is the JSON that its PDF is drawn from, gone once it is. `pdf`: waiting, ready, failed.
    """

    code = Sealed()
    code_index = Blind("receipt_code", verification_codes.clean, of=code, unique=True)
    report = ForeignKeyField(OnlineReport, null=True, backref="receipts")
    asked = Sealed()
    verdict = CharField(max_length=10)
    at = Moment()
    shown = CharField(max_length=64)
    told = Sealed(null=True)
    pdf = CharField(max_length=8, default="waiting")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    digest = CharField(max_length=64, default="", index=True)
