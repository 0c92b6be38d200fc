"""The screens of 在线验证报告 as holders meet them: asking for one, its page in every state, sending it, and how it works."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from webapp.domain import clock
from webapp.domain.permissions import student
from webapp.domain.reports import issuing, requests, verifying
from webapp.domain.reports.issuing import Wish
from webapp.models import report_by_code
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.reports import OnlineReport

HERE = "198.51.100.0/24"


def reading(guide: Guide) -> Iterator[Shot]:
    anybody = guide.open()
    yield "report-how", anybody.visit("/reports/how")
    yield "report-features", anybody.visit("/reports/features")


def issuing_one(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide, 0)
    me = guide.open(record.account).visit("/reports")
    yield "reports-none", me
    yield "report-make", me.visit("/reports/new")
    yield "report-make-errors", me.tick("本人照片").fill("查看密码", "12").press("申请")
    me.fill("查看密码", "4821").press("申请")
    report = until(lambda: OnlineReport.get_or_none((OnlineReport.record == record) & (OnlineReport.pdf != "waiting")))
    for n in range(23):
        verifying.by_code(report.code, "typed", HERE, "4821" if n else "")
    verifying.by_token(report.token, HERE, "4821")
    yield "my-report", me.visit(f"/reports/{report.key}")
    yield "report-send", me.visit(f"/reports/{report.key}/send")
    yield "report-send-errors", me.fill("对方的邮箱", "人事处").press("发送")
    yield "report-sent", me.fill("对方的邮箱", "hr@example.com").press("发送")
    _set(report, pdf="waiting")
    yield "report-waiting", me.visit(f"/reports/{report.key}")
    _set(report, pdf="failed", lacking="𬱖䶮")
    yield "report-no-font", me.visit(f"/reports/{report.key}")


def ending(guide: Guide) -> Iterator[Shot]:
    record = _somebody(guide, 1)
    soon, over, shut, gone = (_issued(record) for _ in range(4))
    _set(soon, ends=clock.today() + timedelta(days=5))
    _set(over, ends=clock.today() - timedelta(days=1))
    issuing.close(shut, student(record.account.key))
    _set(gone, state="corrected", successor=soon.id)
    requests.ask(report_by_code.by_key(over.key), "云溪科技 人事处 王老师", "入职材料里要核对学籍，报告上周到期了。")
    me = guide.open(record.account).visit("/reports")
    yield "my-reports", me
    for name, report in (("soon", soon), ("over", over), ("closed", shut), ("corrected", gone)):
        yield f"report-{name}", me.visit(f"/reports/{report.key}")
    yield "report-opened", me.visit(f"/reports/{over.key}").press("给对方看 7 天")
    _set(soon, ends=issuing.end(6))
    Record.update(status="X1").where(Record.id == record.id).execute()
    yield "report-withheld", me.visit(f"/reports/{soon.key}")
    yield "report-new-none", me.visit("/reports/new")
    Record.update(status=record.status).where(Record.id == record.id).execute()


def _somebody(guide: Guide, n: int) -> Record:
    """Who has a record, another one in each language."""
    return guide.several("confirmed", 40)[36 + 2 * n + (guide.language == "en")]


def _issued(record: Record) -> OnlineReport:
    account = Account.get_by_id(record.account_id)
    return issuing.issue(account, student(account.key), Record.get_by_id(record.id), Wish())


def _set(report: OnlineReport, **changes: object) -> None:
    OnlineReport.update(**changes).where(OnlineReport.id == report.id).execute()


STUDENTS: tuple[Tour, ...] = (reading, issuing_one, ending)
