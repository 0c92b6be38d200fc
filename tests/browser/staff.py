"""The screens of the school's staff, each tour as one of the roles. Each yields its screens by name."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp

from tests.browser import asking, lifetime
from tests.browser.guide import Guide, Shot
from tests.browser.site import until
from tests.browser.visitor import DESK, Visitor
from tests.desk import HEADER, roster, student
from tests.domain.test_photo_imports import packed, portrait
from webapp.cli.demo.school import make_unit
from webapp.cli.demo.tour import PASSWORD
from webapp.domain import clock, users
from webapp.domain.permissions import SYSTEM
from webapp.domain.users import Role
from webapp.models.checks import NoRecord, Report
from webapp.models.imports import Batch
from webapp.models.papers import Paper
from webapp.models.records import Record
from webapp.models.school import Class, College
from webapp.models.staff import Staff

ROSTER = "学籍名册（在校生、新生）"
LONG = "shan-gao-shui-chang-26"


def door(guide: Guide) -> Iterator[Shot]:
    who = guide.open(size=DESK).visit("/staff")
    yield "staff-login", who
    yield "staff-login-errors", who.press("下一步")
    who.fill("登录名", "ni").fill("密码", PASSWORD).press("下一步")
    yield "staff-second", who
    yield "staff-second-errors", who.fill("动态码", "12").press("登录")
    officer = guide.staff("ni")
    officer.state, officer.phone = "asleep", "13800008999"
    officer.save()
    yield "staff-wake", who.fill("动态码", pyotp.TOTP(officer.totp).now()).press("登录")
    yield "staff-wake-code", who.press("发送短信验证码")
    who.fill("短信验证码", guide.site.code(officer.phone)).press("唤醒并登录")
    yield from _invited(guide)


def _invited(guide: Guide) -> Iterator[Shot]:
    fresh, token = users.add(SYSTEM, "qiu", "邱老师", Role("R", guide.unit, clock.today()))
    fresh.language = guide.language
    fresh.save()
    who = guide.open(size=DESK).visit(f"/staff/invite/{token}")
    yield "staff-invite", who
    yield "staff-invite-errors", who.fill("密码", "kurz").fill("密码确认", "kurz").press("保存密码，下一步")
    yield "staff-setup", who.fill("密码", LONG).fill("密码确认", LONG).press("保存密码，下一步")
    secret = Staff.get(Staff.login == "qiu").totp_next
    yield "staff-recovery-codes", who.fill("动态码", pyotp.TOTP(secret).now()).press("核对动态码")
    yield "staff-invite-over", who.visit(f"/staff/invite/{token}")


def officer(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK).visit("/staff")
    yield "staff-home", ni
    for page in ("me", "me/password", "me/codes", "me/second"):
        yield f"staff-{page.replace('/', '-')}", ni.visit(f"/staff/{page}")
    yield from _progress(guide, ni)
    yield from _records(guide, ni)
    yield from _reports(ni)
    yield from _campaigns(guide, ni)


def _progress(guide: Guide, ni: Visitor) -> Iterator[Shot]:
    yield "board", ni.visit("/staff/progress")
    yield "board-college", ni.visit(f"/staff/progress/college/{College.get(College.name == '信息工程学院').key}")
    klass = guide.record("seen").klass
    yield "board-class", ni.visit(f"/staff/progress/class/{klass.key}")
    yield "board-student", ni.visit(f"/staff/progress/student/{guide.record('seen').key}")
    yield "board-sheet", ni.visit(f"/staff/progress/class/{klass.key}/sheet")
    yield "board-sheet-errors", ni.press("生成核对表")
    yield "board-names", ni.visit("/staff/progress/names?who=all")
    yield "board-export", ni.visit("/staff/progress/export")
    yield "board-export-errors", ni.press("导出")


def _records(guide: Guide, ni: Visitor) -> Iterator[Shot]:
    yield "staff-records", ni.visit("/staff/records")
    yield "staff-records-found", ni.fill("姓名或学号", "王").press("查找")
    yield "staff-records-nobody", ni.fill("姓名或学号", "没有这个人").press("查找")
    found = guide.record("seen")
    yield "staff-record", ni.visit(f"/staff/records/{found.key}")
    yield "staff-record-exempt", ni.visit(f"/staff/records/{found.key}/exempt")
    yield "staff-record-exempt-errors", ni.press("设为免查")
    spared = Record.select().where(Record.exempt != "").first()
    yield "staff-record-exempted", ni.visit(f"/staff/records/{spared.key}")


def _reports(ni: Visitor) -> Iterator[Shot]:
    yield "reports", ni.visit("/staff/reports")
    waiting = Report.select().where(Report.answered.is_null()).first()
    yield "report", ni.visit(f"/staff/reports/{waiting.key}")
    yield "report-errors", ni.press("答复学生")
    ni.tick("已更正").fill("答复学生", "已按录取名册更正")
    yield "report-answered", ni.press("答复学生")
    yield "no-records", ni.visit("/staff/reports/no-records")
    note = NoRecord.select().first()
    yield "no-record", ni.visit(f"/staff/reports/no-records/{note.key}")
    yield "no-record-answered", ni.fill("答复学生", "名单补好了，再查一次").press("答复学生")


def _campaigns(guide: Guide, ni: Visitor) -> Iterator[Shot]:
    yield "campaigns", ni.visit("/staff/campaigns")
    yield "staff-campaign", ni.visit(f"/staff/campaigns/{guide.campaign.key}")
    yield "staff-campaign-documents", ni.visit(f"/staff/campaigns/{guide.campaign.key}/documents")
    yield "staff-paper", _drawn(ni.press("生成 PDF"))
    yield "staff-campaign-rehearsal", ni.visit(f"/staff/campaigns/{guide.campaign.key}/rehearsal")
    yield "staff-campaign-edit", ni.visit(f"/staff/campaigns/{guide.campaign.key}/edit")
    yield "staff-campaign-new", ni.visit("/staff/campaigns/new").open("再按专业、班级或学号缩小")
    yield "staff-campaign-new-errors", ni.fill("名称", "").press("安排自查")
    yield "staff-campaign-close", ni.visit(f"/staff/campaigns/{guide.campaign.key}/close")
    yield "staff-contact", ni.visit("/staff/campaigns/contacts/records")


def _drawn(ni: Visitor) -> Visitor:
    """The page of the paper that was asked for last, once it is drawn."""
    asked = Paper.select().order_by(Paper.id.desc()).get()
    until(lambda: Paper.by_key(asked.key).state == "ready")
    return ni.visit(f"/staff/papers/{asked.key}")


def imports(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK).visit("/staff/import")
    yield "imports-empty", ni
    yield "import-roster", ni.follow("导入名册")
    yield "import-roster-errors", ni.press("上传并检查")
    data = roster(*(student(n) for n in range(1, 30)), student(30, 层次="本"), student(31, 身份证号="11010520080101002"))
    yield "import-preview", _bring(ni, "2026 级新生.csv", data)
    batch = Batch.select().order_by(Batch.id.desc()).get()
    for group in ("new", "wrong", "missing", "same"):
        yield f"import-{group}", ni.visit(f"/staff/import/{batch.key}/{group}")
    ni.visit(f"/staff/import/{batch.key}").press("确认，写入 %(num)s 行", num=29)
    yield "import-applied", _settled(ni)
    yield "import-undo", ni.follow("撤回这批导入")
    changed = roster(student(1, 姓名="学生改名", 专业名称="软件技术"), student(2))
    yield "import-reason", _bring(ni, "更正.csv", changed)
    batch = Batch.select().order_by(Batch.id.desc()).get()
    yield "import-changed", ni.visit(f"/staff/import/{batch.key}/changed")
    unknown = roster([*student(3), "x"], header=["学号", "编码二", *HEADER[2:], "其他"])
    yield "import-columns", _bring(ni, "补录.csv", unknown)
    yield "import-columns-errors", ni.press("检查名册")
    yield "import-failed", _bring(ni, "通知.xlsx", b"%PDF-1.7")
    numbers = [record.student_number for record in Record.select().where(Record.exempt == "").limit(3)]
    files = {**{f"{number}.jpg": portrait() for number in numbers}, "谁.jpg": portrait(), "横.jpg": portrait(400, 300)}
    yield "import-photos", ni.visit("/staff/import/photos")
    ni.attach("文件", "照片.zip", packed(files)).press("上传并检查")
    yield "import-photos-preview", _settled(ni)
    Batch.update(state="reading", progress=52_000).where(Batch.id == batch.id).execute()
    yield "import-reading", ni.visit(f"/staff/import/{batch.key}")
    Batch.update(state="preview").where(Batch.id == batch.id).execute()
    yield "imports", ni.visit("/staff/import")


def _bring(ni: Visitor, name: str, data: bytes) -> Visitor:
    ni.visit("/staff/import/new").tick(ROSTER).attach("文件", name, data).press("上传并检查")
    return _settled(ni)


def _settled(ni: Visitor) -> Visitor:
    """The page of a batch once its job is done: it moves on by itself, from state to state, and then has no progress."""
    ni.page.locator("body:has(footer):not(:has(#progress))").wait_for()
    ni.page.wait_for_load_state()
    return ni


def people(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK)
    yield "users", ni.visit("/staff/users")
    yield "user-new", ni.visit("/staff/users/new")
    yield "user-new-errors", ni.press("新增，得到链接")
    ni.fill("姓名", "方老师").fill("登录名", f"fang-{guide.language}").tick("辅导员")
    place = Class.select().order_by(Class.id).first()
    ni.choose("范围", f"{place.college.name} {place.name}")
    yield "user-new-link", ni.press("新增，得到链接")
    luo = guide.staff("luo")
    yield "user", ni.visit(f"/staff/users/{luo.key}").open("再加一个角色")
    for step in ("link", "reset", "close"):
        yield f"user-{step}", ni.visit(f"/staff/users/{luo.key}/{step}")
    luo.reset_by, luo.reset_asked = "staff:another", clock.now()
    luo.save()
    yield "user-confirm", ni.visit(f"/staff/users/{luo.key}/confirm")


def others(guide: Guide) -> Iterator[Shot]:
    """What the other roles see, and a school that has not begun."""
    luo = guide.open(guide.staff("luo"), DESK)
    yield "counsellor-home", luo.visit("/staff")
    yield "counsellor-board", luo.visit("/staff/progress")
    yield "counsellor-forbidden", luo.visit("/staff/import")
    yield "office-board", guide.open(guide.staff("xinxi"), DESK).visit("/staff/progress")
    auditor = guide.open(guide.staff("shenji"), DESK)
    yield "audit", auditor.visit("/staff/audit")
    yield "audit-nothing", auditor.fill("谁做的", "nobody").press("查找")
    yield "administrator-home", guide.open(guide.staff("admin"), DESK).visit("/staff")
    beginner, _ = users.add(SYSTEM, "chen", "陈老师", Role("R", make_unit(1), clock.today() - timedelta(days=1)))
    chen = guide.open(beginner, DESK)
    for name, page in (("home", ""), ("board", "/progress"), ("records", "/records"), ("campaigns", "/campaigns")):
        yield f"beginner-{name}", chen.visit(f"/staff{page}")


TOURS = (door, officer, imports, people, others, asking.office, *lifetime.STAFF)
