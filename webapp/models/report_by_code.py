"""One report as its code finds it, with the record as it is now: a single compiled query for the page that strangers open.

Not here: whether it may be shown (`domain/reports/verifying.py`).
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from peewee import JOIN, ModelSelect, Value

from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import Compiled
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Class, College, Unit


class FoundReport(NamedTuple):
    """A row of the query. Columns of the record keep their names; those of the report begin with `report_`.

    What is sealed still is: `opened` opens a column of the report, `number` the document's number.
    """

    report_id: int
    report_key: str
    report_state: str
    report_language: str
    report_shows: str
    report_english: str | None
    report_code: str
    report_issued: datetime
    report_ends: date
    report_pin: str | None
    report_successor: int | None
    report_account: int
    account_state: str
    account: int | None
    record_key: str
    kind: str
    name: str
    sex: str
    birth_date: date | None
    document: str | None
    document_kind: str
    ethnic: str
    level: str
    length: str
    category: str
    mode: str
    major: str
    department: str
    student_number: str
    enrolled_on: date | None
    expected_on: date | None
    left_on: date | None
    status: str
    graduated_on: date | None
    conclusion: str
    certificate: str
    president: str
    updated: datetime
    unit_name: str
    unit_english: str
    college: str | None
    klass: str | None
    photo: str | None

    @property
    def number(self) -> str:
        """The document's number, opened; empty where the school has none."""
        if self.document is None:
            return ""
        return keys.unseal("record|document", self.document, f"record|document|{self.record_key}")

    @property
    def code(self) -> str:
        """The report's 在线验证码, opened."""
        return keys.unseal("online_report|code", self.report_code, f"online_report|code|{self.report_key}")

    @property
    def english(self) -> str:
        """The JSON of what an English report says where the record has Chinese alone; empty without."""
        if self.report_english is None:
            return ""
        return keys.unseal("online_report|english", self.report_english, f"online_report|english|{self.report_key}")


_COLUMNS = {
    "report_id": OnlineReport.id,
    "report_key": OnlineReport.key,
    "report_state": OnlineReport.state,
    "report_language": OnlineReport.language,
    "report_shows": OnlineReport.shows,
    "report_english": OnlineReport.english,
    "report_code": OnlineReport.code,
    "report_issued": OnlineReport.issued,
    "report_ends": OnlineReport.ends,
    "report_pin": OnlineReport.pin_index,
    "report_successor": OnlineReport.successor,
    "report_account": OnlineReport.account,
    "account_state": Account.state,
    "record_key": Record.key,
    "unit_name": Unit.name,
    "unit_english": Unit.english,
    "college": College.name,
    "klass": Class.name,
    "photo": Upload.key,
}


def _by(column: str) -> Callable[[Value], ModelSelect]:
    def build(wanted: Value) -> ModelSelect:
        columns = [_COLUMNS.get(name) or getattr(Record, name) for name in FoundReport._fields]
        return (
            OnlineReport.select(*columns)
            .join(Account)
            .switch(OnlineReport)
            .join(Record)
            .join(Unit)
            .switch(Record)
            .join(College, JOIN.LEFT_OUTER)
            .switch(Record)
            .join(Class, JOIN.LEFT_OUTER, on=Record.klass)
            .switch(Record)
            .join(Upload, JOIN.LEFT_OUTER, on=Record.photo)
            .where(getattr(OnlineReport, column) == wanted)
        )

    return build


_by_code = Compiled(FoundReport, _by("code_index"))
_by_token = Compiled(FoundReport, _by("token_index"))
_by_key = Compiled(FoundReport, _by("key"))


def by_code(code: str) -> FoundReport | None:
    """The report with this 在线验证码, already checked and cleaned."""
    return next(iter(_by_code(OnlineReport.code_index.of(code))), None)


def by_token(token: str) -> FoundReport | None:
    """The report whose QR holds this token."""
    return next(iter(_by_token(OnlineReport.token_index.of(token))), None)


def by_key(key: str) -> FoundReport | None:
    """The report of this row, with the record beside it: what its PDF is drawn from."""
    return next(iter(_by_key(key)), None)
