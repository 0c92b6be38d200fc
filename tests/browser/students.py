"""The screens of students and of everybody, in the order in which somebody meets them. Each tour yields its screens by name."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser import asking, claims, lifetime, recovering
from tests.browser.guide import Guide, Shot
from tests.browser.site import until
from webapp.cli.demo.tour import PASSWORD
from webapp.domain import clock
from webapp.models.accounts import Session
from webapp.models.checks import NoRecord
from webapp.models.papers import Paper
from webapp.models.records import Record
from webapp.models.school import Campaign

CONSENT = "我已阅读并同意《用户协议》、《隐私政策》"
ERRORS = (400, 403, 409, 413, 429, 500, 503)


def everybody(guide: Guide) -> Iterator[Shot]:
    who = guide.open()
    yield "home", who.visit("/")
    yield "campaign", who.visit(f"/campaigns/{guide.campaign.key}")
    for page in ("archive", "help", "about/terms", "about/privacy", "about/accessibility", "continue"):
        yield page.replace("/", "-"), who.visit(f"/{page}")
    yield "error-404", who.visit("/nothing")
    for kind in ERRORS:
        yield f"error-{kind}", who.visit(f"/broken/{kind}")


def registering(guide: Guide) -> Iterator[Shot]:
    her, site = guide.newcomer(), guide.site
    me = guide.open().visit("/register")
    yield "register-phone", me
    me.open("读《用户协议》").page.locator("details[open] h2").first.wait_for()
    yield "register-phone-terms", me
    me.pass_captcha(site.captcha())
    yield "register-phone-errors", me.press("获取短信验证码")
    me.fill("手机号", her.phone).tick(CONSENT).pass_captcha(site.captcha()).press("获取短信验证码")
    yield "register-code", me.open("没收到短信？")
    yield "register-code-errors", me.fill("短信验证码", "000000").press("下一步")
    yield "register-code-elsewhere", guide.open().visit("/register/code")
    me.fill("短信验证码", site.code(her.phone)).press("下一步")
    yield "register-identity", me
    yield "register-identity-errors", me.fill("姓名", "王").fill("证件号码", her.id_number[:-2]).press("是，下一步")
    me.open("有的字打不出来").fill("拼音、部件、编码，或粘贴这个字", "yan3").press("找字")
    yield "register-identity-characters", me
    me.fill("姓名", her.name).fill("证件号码", her.id_number).press("是，下一步")
    yield "register-password", me
    yield "register-password-errors", me.fill("密码", "12345678").fill("密码确认", "1234567").press("完成注册")
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    yield "register-done", me
    yield "records-gate", me.follow("查看学籍信息")
    yield "records-gate-errors", me.fill("院校名称", "别的学校").press("核验，继续")
    me.fill("院校名称", guide.unit.name).press("核验，继续")
    yield "records", me
    yield "me-consents", me.visit("/me/consents")
    me.press("撤回同意").visit("/login").fill("手机号、证件号码或邮箱", her.phone).fill("密码", PASSWORD)
    yield "login-agree", me.press("登录")
    other = guide.open().visit("/register")
    taken = guide.several("confirmed", 2)[-1].account.phone
    other.fill("手机号", taken).tick(CONSENT).pass_captcha(site.captcha()).press("获取短信验证码")
    yield "register-taken", other.fill("短信验证码", site.code(taken)).press("下一步")
    yield "outbox", guide.open().visit("/outbox")


def logging_in(guide: Guide) -> Iterator[Shot]:
    owner, site = guide.record("confirmed").account, guide.site
    owner.language = guide.language
    owner.save()
    me = guide.open().visit("/login")
    yield "login", me
    me.fill("手机号、证件号码或邮箱", owner.phone).fill("密码", "wrong-password").press("登录")
    yield "login-errors", me.pass_captcha(site.captcha())
    me.fill("密码", PASSWORD).press("登录")
    yield "login-device", me.pass_captcha(site.captcha())
    yield "login-code", me.press("获取短信验证码")
    yield "login-code-errors", me.fill("短信验证码", "12").press("下一步")
    me.fill("短信验证码", site.code(owner.phone)).press("下一步")
    yield "me-log", me.visit("/me/log")
    yield from _by_code(guide)


def _by_code(guide: Guide) -> Iterator[Shot]:
    me, site = guide.open().visit("/login/code"), guide.site
    yield "login-phone", me.pass_captcha(site.captcha())
    free = guide.newcomer().phone
    me.fill("手机号", free).press("获取短信验证码")
    yield "login-nobody", me.fill("短信验证码", site.code(free)).press("下一步")
    other = guide.several("confirmed", 1)[0].account
    me.visit("/login/code").fill("手机号", other.phone).pass_captcha(site.captcha()).press("获取短信验证码")
    yield "login-password", me.fill("短信验证码", site.code(other.phone)).press("下一步")


def account(guide: Guide) -> Iterator[Shot]:
    record = guide.record("confirmed")
    me = guide.open(record.account)
    yield "menu", me.visit("/menu")
    for page in ("me", "me/document", "me/language", "me/sessions", "me/password"):
        yield page.replace("/", "-"), me.visit(f"/{page}")
    yield "me-password-errors", me.fill("新密码", "1").press("修改密码")
    me.visit("/me/document").fill("密码", PASSWORD).press("显示证件号码")
    yield "me-document-shown", me
    yield "me-optional", me.visit("/me/optional")
    yield "me-questions", me.visit("/me/questions")
    yield "me-questions-errors", me.fill("答案1", "我").press("保存密保问题")
    yield "me-email", me.visit("/me/email")
    yield "me-email-errors", me.fill("安全邮箱", "xiaoxi").press("发送确认邮件")
    address = f"xiaoxi-{guide.language}@example.edu.cn"
    yield "me-email-sent", me.fill("安全邮箱", address).press("发送确认邮件")
    link = guide.site.link(address)
    yield "me-email-link", me.visit(link)
    yield "me-email-done", me.press("确认邮箱")
    yield "me-email-over", me.visit(link[:-3] + "xxx")
    yield "me-email-bound", me.visit("/me")
    Session.update(sure_until=clock.now() - timedelta(hours=1)).execute()
    yield "me-sure", me.visit("/me/questions")
    yield from _not_me(guide)


def _not_me(guide: Guide) -> Iterator[Shot]:
    owner = guide.several("seen", 1)[0].account
    owner.new_password_due = True
    me = guide.open(owner)
    yield "me-new-password", me.visit("/me")


def record(guide: Guide) -> Iterator[Shot]:
    """The self-check in each of its states."""
    yield "home-begun", guide.open(guide.record("unseen").account).visit("/")
    seen = guide.record("seen")
    me = guide.open(seen.account)
    me.visit(f"/records/{seen.key}")
    yield "record", me
    yield "record-folded-out", me.open("其他登记信息").open("补充说明和证明照片")
    me.visit(f"/records/{seen.key}").page.locator(".flagged [type=checkbox]").nth(1).check()
    yield "record-ticked", me
    yield "record-errors", me.press("提交勾选的问题")
    yield "receipt-open", me.visit(f"/records/{seen.key}/receipt")
    for state in ("confirmed", "reported", "fixed", "kept", "exempt"):
        if found := guide.record(state):
            me = guide.open(found.account)
            yield f"record-{state}", me.visit(f"/records/{found.key}")
            yield f"home-{state}", me.visit("/")
            if state in ("confirmed", "reported"):
                yield f"receipt-{state}", me.visit(f"/records/{found.key}/receipt")
    yield from _late_and_early(guide, guide.several("seen", 2)[-1])


def paper(guide: Guide) -> Iterator[Shot]:
    """A receipt as a PDF: given up, on its way, ready."""
    found = guide.record("confirmed")
    me = guide.open(found.account).visit(f"/records/{found.key}/receipt").press("生成 PDF 回执")
    asked = Paper.select().order_by(Paper.id.desc()).get()
    until(lambda: Paper.by_key(asked.key).state == "ready")
    for state in ("failed", "ready", "waiting"):  # last the one that reloads itself
        Paper.update(state=state).where(Paper.id == asked.id).execute()
        yield f"paper-{state}", me.visit(f"/papers/{asked.key}")


def _late_and_early(guide: Guide, found: Record) -> Iterator[Shot]:
    me, today = guide.open(found.account), clock.today()
    dates = Campaign.update(starts=today - timedelta(days=9), ends=today - timedelta(days=2))
    for name, move in (("late", dates), ("early", Campaign.update(starts=today + timedelta(days=2), ends=None))):
        move.execute()
        yield f"record-{name}", me.visit(f"/records/{found.key}")
        yield f"home-{name}", me.visit("/")
        yield f"campaign-{name}", me.visit(f"/campaigns/{guide.campaign.key}")
    Campaign.update(starts=today - timedelta(days=4), ends=today + timedelta(days=6)).execute()


def finding(guide: Guide) -> Iterator[Shot]:
    """Records of more than one kind, none at all, and the search for one."""
    both, owner = guide.graduate()
    me = guide.open(owner)
    yield "records-both", me.visit("/records")
    yield "qualification", me.visit(f"/records/{both.key}")
    yield "records-add", me.visit("/records/add")
    yield "records-add-errors", me.press("查找并绑定")
    yield "records-identity", me.visit("/records/identity")
    yield "records-identity-bound", me.press("都对，确认绑定")
    stuck = guide.stuck()
    NoRecord.delete().where(NoRecord.account == stuck).execute()
    me = guide.open(stuck)
    yield "records-none", me.visit("/records/none")
    yield "records-none-errors", me.fill("学号", "学号").press("提交问题反馈")
    yield "records-none-told", me.fill("学号", "").press("提交问题反馈")
    yield "home-none", me.visit("/")


TOURS = (
    *(everybody, registering, logging_in, account, record, finding, recovering.recovering, asking.asking, asking.visiting),
    paper,
    *claims.TOURS,
    *lifetime.STUDENTS,
)
