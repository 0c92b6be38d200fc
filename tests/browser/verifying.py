"""The screens for who was given a code: the box, every verdict, many at once, a request to the holder, a comparison."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot, Tour
from webapp.domain import clock, defaults
from webapp.domain.identity import verification_codes
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.reports import issuing, requests
from webapp.domain.reports.issuing import Wish
from webapp.models.accounts import Account
from webapp.models.records import Record
from webapp.models.report_requests import OpenRequest
from webapp.models.reports import OnlineReport


def asking(guide: Guide) -> Iterator[Shot]:
    defaults.change("rpt.lookup_per_min", 1000, SYSTEM)
    me = guide.open().visit("/verify")
    yield "verify", me
    yield "verify-mistyped", me.fill("请输入在线验证码", "AP7K D3MX W9QT E52X").press("查询")
    yield "verify-legacy", me.fill("请输入在线验证码", "AP7K D3MX W9QT").press("查询")
    yield "verify-safety", me.visit("/verify/safety")


def answered(guide: Guide) -> Iterator[Shot]:
    valid, over, shut, gone, locked = (
        _issued(guide, **wish) for wish in ({"shows": ("photo", "document")}, {}, {}, {}, {"pin": "4821"})
    )
    _set(over, ends=clock.today() - timedelta(days=1))
    issuing.close(shut, student(shut.account.key))
    _set(gone, state="corrected", successor=valid.id)
    me = guide.open().visit("/")
    yield "verify-valid", me.fill("请输入在线验证码", valid.code).press("查询")
    for name, report in (("expired", over), ("closed", shut), ("corrected", gone), ("pin", locked)):
        yield f"verify-{name}", me.visit(f"/v/{report.token}")
    yield "verify-pin-wrong", me.fill("查看密码", "1234").press("查看")
    yield "verify-unknown", me.visit(f"/verify/{verification_codes.make('P')}")
    Record.update(status="X1").where(Record.id == valid.record_id).execute()
    yield "verify-withheld", me.visit(f"/verify/{valid.code}")
    Record.update(status=valid.record.status).where(Record.id == valid.record_id).execute()
    yield "verify-english", me.visit(f"/verify/{_issued(guide, language='en').code}")
    defaults.change("rpt.lookup_per_min", 1, SYSTEM)
    yield "verify-slow", me.visit(f"/verify/{valid.code}").pass_captcha(guide.site.captcha())
    me.press("接着查询").sees("有效")
    defaults.change("rpt.lookup_per_min", 1000, SYSTEM)
    yield from _requested(guide, over)


def _requested(guide: Guide, over: OnlineReport) -> Iterator[Shot]:
    me = guide.open().visit(f"/verify/{over.code}/request").pass_captcha(guide.site.captcha())
    yield "verify-request", me
    yield "verify-request-errors", me.press("提交申请")
    me.fill("你的姓名或单位", "海川公司 人事部").fill("为什么要查看", "办理入职，核对学历").pass_captcha(guide.site.captcha())
    yield "verify-request-asked", me.press("提交申请")
    asked, holder = OpenRequest.get(OpenRequest.report == over), student(over.account.key)
    requests.decline(asked, holder)
    yield "verify-request-declined", me.visit(f"/verify/requests/{asked.key}")
    requests.open(OpenRequest.get_by_id(asked.id), holder)
    yield "verify-request-opened", me.visit(f"/verify/requests/{asked.key}")
    OpenRequest.update(until=clock.now()).where(OpenRequest.id == asked.id).execute()
    yield "verify-request-over", me.visit(f"/verify/requests/{asked.key}")


def several(guide: Guide) -> Iterator[Shot]:
    codes = [_issued(guide).code, verification_codes.make("P"), "AP7K D3MX W9QT E52X"]
    me = guide.open().visit("/verify/many").pass_captcha(guide.site.captcha())
    yield "verify-many", me
    yield "verify-many-errors", me.press("全部查询").pass_captcha(guide.site.captcha())
    yield "verify-answers", me.fill("在线验证码，一行一个", "\n".join(codes)).press("全部查询")


def comparing(guide: Guide) -> Iterator[Shot]:
    defaults.change("rpt.scattered", True, SYSTEM)
    yield "verify-with-certificate", guide.open().visit("/verify")
    me = guide.open().visit("/verify/certificate").pass_captcha(guide.site.captcha())
    yield "verify-certificate", me
    me.fill("证书编号", "999995202606000001").fill("姓名", "林晓溪")
    yield "verify-certificate-answer", me.press("查询").pass_captcha(guide.site.captcha())
    defaults.change("rpt.scattered", False, SYSTEM)


def _issued(guide: Guide, **wish: object) -> OnlineReport:
    """A report of somebody who has a record, of another one in each language."""
    record = guide.several("confirmed", 32)[30 + (guide.language == "en")]
    account = Account.get_by_id(record.account_id)
    return issuing.issue(account, student(account.key), Record.get_by_id(record.id), Wish(**wish))


def _set(report: OnlineReport, **changes: object) -> None:
    OnlineReport.update(**changes).where(OnlineReport.id == report.id).execute()


STUDENTS: tuple[Tour, ...] = (asking, answered, several, comparing)
