"""The screens of English reports: the step that asks for the spelling, what waits, and the office that says the names."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK
from tests.tables import csv_bytes
from webapp.domain.permissions import student
from webapp.domain.reports import english
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record

UNSAID = {"zh": "电子商务", "en": "市场营销"}
"""A major that nobody has translated, another one in each language of the walk."""


def asking(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide)
    me = guide.open(record.account)
    me.visit(f"/reports/new/{record.key}").tick("英文").press("申请")
    yield "report-english", me
    me.visit("/records")
    Record.update(major=UNSAID[guide.language]).where(Record.id == record.id).execute()
    me.visit(f"/reports/new/{record.key}").tick("英文").press("申请")
    yield "report-english-missing", me
    yield "report-english-errors", me.fill("姓名的拼写", "林").press("申请，让学校翻译")
    yield "report-pending", me.fill("姓名的拼写", "Lin Xiaoxi").press("申请，让学校翻译")


def saying(guide: Guide) -> Iterator[Shot]:
    _ask(_somebody(guide), UNSAID[guide.language])
    ni = guide.open(guide.staff("ni"), DESK)
    yield "staff-translations", ni.visit("/staff/translations")
    yield "staff-translations-errors", ni.fill(UNSAID[guide.language], "电商").press("保存")
    yield "staff-translations-known", ni.follow("已有英文")
    yield "staff-translations-sheet", ni.visit("/staff/translations/sheet")
    rows = [["类别", "中文", "英文"], ["年级", "2026", "Year 2026"], ["专业", "电子商业", "E-commerce"]]
    yield "staff-translations-sheet-errors", ni.attach("文件", "英文.csv", csv_bytes(rows)).press("上传")
    ni.visit("/staff/translations?kind=major").fill(UNSAID[guide.language], "E-commerce").press("保存")
    yield "staff-translations-done", ni.visit("/staff/translations?kind=major")


def _ask(record: Record, major: str) -> None:
    """An English report that waits for the major's name."""
    Record.update(major=major).where(Record.id == record.id).execute()
    account = Account.get_by_id(record.account_id)
    english.issue(account, student(account.key), Record.get_by_id(record.id), Wish(), "LIN Xi")


def _somebody(guide: Guide) -> Record:
    """Who has a record, another one in each language."""
    return guide.several("confirmed", 48)[46 + (guide.language == "en")]


STUDENTS: tuple[Tour, ...] = (asking,)
STAFF: tuple[Tour, ...] = (saying,)
