"""The screens of 会员单位: the application, the decision, what a member checks, keys and the interface, receipts of checks."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.browser.visitor import DESK, Visitor
from tests.members import CONSENT, application, credit_code
from tests.people import make_colleague
from tests.tables import csv_bytes
from webapp.domain import clock, defaults, sessions
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import applying, keeping
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.reports import issuing
from webapp.domain.reports.issuing import Wish
from webapp.models.organisations import Organisation
from webapp.models.reports import OnlineReport
from webapp.models.staff import Staff
from webapp.models.verifications import CheckReceipt, CodeList, MemberLook


def _serial(guide: Guide) -> int:
    return 1 if guide.language == "zh" else 11


def _report(guide: Guide, **wish: object) -> OnlineReport:
    """A report of somebody in the demo."""
    record = guide.several("confirmed", 60)[50 + (guide.language == "en")]
    return issuing.issue(record.account, student(record.account.key), record, Wish(**wish))


def applied(guide: Guide) -> Iterator[Shot]:
    me = guide.open().visit("/verify/organisations")
    yield "organisations", me
    yield "organisation-apply", me.follow("申请成为会员单位").pass_captcha(guide.site.captcha())
    yield "organisation-apply-errors", me.press("提交申请")
    me.visit("/verify/organisations/apply").fill("单位名称", "青禾人力资源有限公司").fill("联系人姓名", "白主管")
    me.fill("统一社会信用代码", credit_code(_serial(guide) + 5)).fill("联系人邮箱", "hr@example.com")
    me.fill("联系电话", "010-0000 0000").fill("查验用途", "录用前核对学历").tick(
        "每次查验前取得本人签署的授权书，并填写授权书编号"
    )
    yield "organisation-applied", me.pass_captcha(guide.site.captcha()).press("提交申请")
    yield "api", me.visit("/api")


def receipts(guide: Guide) -> Iterator[Shot]:
    defaults.change("rpt.lookup_per_min", 1000, SYSTEM)
    report = _report(guide)
    me = guide.open().visit(f"/verify/{report.code}").follow("下载核验回执")
    yield "receipt-ask", me
    defaults.change("rpt.receipts_day_ip", 1, SYSTEM)
    me.press("再查一次，生成回执")
    made = CheckReceipt.get(CheckReceipt.report == report)
    until(lambda: CheckReceipt.get_by_id(made.id).pdf == "ready")
    yield "receipt-of-check", me.visit(f"/verify/receipts/{made.code}")
    CheckReceipt.update(pdf="waiting").where(CheckReceipt.id == made.id).execute()
    yield "receipt-of-check-waiting", guide.open().visit(f"/verify/receipts/{made.code}")
    CheckReceipt.update(pdf="failed").where(CheckReceipt.id == made.id).execute()
    yield "receipt-of-check-failed", guide.open().visit(f"/verify/receipts/{made.code}")
    yield "receipt-ask-busy", me.visit(f"/verify/{report.code}/receipt").pass_captcha(guide.site.captcha())
    defaults.change("rpt.receipts_day_ip", 1000, SYSTEM)


def deciding(guide: Guide) -> Iterator[Shot]:
    serial = _serial(guide)
    waiting, other = (applying.apply(application(serial + n)) for n in (0, 1))
    keeper = make_colleague(None, f"keeper{serial}", "O")
    admin = guide.open(keeper, DESK).visit("/staff/organisations")
    yield "staff-organisations", admin
    yield "staff-organisation", admin.visit(f"/staff/organisations/{waiting.key}")
    yield "staff-organisation-errors", admin.press("通过，给联系人开账号")
    admin.fill("签约日期", f"{clock.today() - timedelta(days=3)}").fill("登录名", f"qinghe{serial}")
    yield "staff-organisation-link", admin.press("通过，给联系人开账号")
    yield "staff-organisation-approved", admin.visit(f"/staff/organisations/{waiting.key}")
    keeping.refuse(sessions.staff_actor(keeper), other, "公章看不清，重新扫描后再申请")
    yield "staff-organisation-refused", admin.visit(f"/staff/organisations/{other.key}")
    yield "staff-organisations-nothing", admin.visit("/staff/organisations?state=suspended")
    keeping.suspend(sessions.staff_actor(keeper), Organisation.by_key(waiting.key), "合同到期")
    yield "staff-organisation-suspended", admin.visit(f"/staff/organisations/{waiting.key}")
    hr = Staff.get(Staff.login == f"qinghe{serial}")
    yield "staff-verify-suspended", guide.open(hr, DESK).visit("/staff/verify")
    keeping.resume(sessions.staff_actor(keeper), Organisation.by_key(waiting.key))


def checking(guide: Guide) -> Iterator[Shot]:
    report = _report(guide)
    hr = guide.open(Staff.get(Staff.login == f"qinghe{_serial(guide)}"), DESK).visit("/staff")
    yield "staff-verify", hr
    yield "staff-verify-errors", hr.press("查询")
    hr.fill("在线验证码", verification_codes.grouped(report.code)).fill("授权书编号", CONSENT)
    yield "staff-verify-valid", hr.press("查询")
    issuing.close(OnlineReport.get_by_id(report.id), student(report.account.key))
    yield "staff-verify-closed", hr.visit(f"/staff/verify/looks/{MemberLook.select().order_by(MemberLook.id.desc()).get().key}")
    yield "staff-verify-log", hr.visit("/staff/verify/log")
    yield "staff-verify-lists-none", hr.visit("/staff/verify/lists")
    yield "staff-verify-lists-errors", hr.press("上传并查验")
    rows = [["在线验证码", "授权书编号"], [_report(guide).code, "SQ-1"], [report.code, "SQ-2"], ["AP7K", "SQ-3"]]
    hr.attach("CSV 文件", "名单.csv", csv_bytes(rows)).press("上传并查验")
    codes = CodeList.select().order_by(CodeList.id.desc()).get()
    until(lambda: CodeList.get_by_id(codes.id).state == "ready")
    yield "staff-verify-list", hr.visit(f"/staff/verify/lists/{codes.key}")
    yield "staff-verify-lists", hr.visit("/staff/verify/lists")
    CodeList.update(state="waiting").where(CodeList.id == codes.id).execute()
    yield "staff-verify-list-waiting", hr.visit(f"/staff/verify/lists/{codes.key}")
    CodeList.update(state="ready").where(CodeList.id == codes.id).execute()
    yield from _keys(hr)


def _keys(hr: Visitor) -> Iterator[Shot]:
    yield "staff-verify-keys-none", hr.visit("/staff/verify/keys")
    yield "staff-verify-key", hr.fill("用在哪里", "入职平台").press("生成密钥")
    yield "staff-verify-keys", hr.visit("/staff/verify/keys")


STUDENTS: tuple[Tour, ...] = (applied, receipts)
STAFF: tuple[Tour, ...] = (deciding, checking)
