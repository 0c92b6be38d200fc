"""The screens of an account's life: phone, name and document, leaving, messages, registering by e-mail, and the office."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK, Visitor
from webapp.cli.demo.tour import PASSWORD
from webapp.domain import defaults, in_person
from webapp.domain.changes import identity, requests
from webapp.domain.liveness import forgetting
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account
from webapp.models.liveness import PersonCheck
from webapp.models.signups import Signup

CONSENT = "我已阅读并同意《用户协议》、《隐私政策》"


def changing_phone(guide: Guide) -> Iterator[Shot]:
    owner, site = guide.several("confirmed", 3)[-1].account, guide.site
    me = guide.open(owner).visit("/me/phone")
    yield "me-phone", me.pass_captcha(site.captcha())
    me.press("获取短信验证码")
    yield "me-phone-old", me.fill("短信验证码", "12").press("下一步")
    me.fill("短信验证码", site.code(owner.phone)).press("下一步")
    yield "me-phone-new", me.pass_captcha(site.captcha())
    yield "me-phone-lost", me.visit("/me/phone/lost")
    number = f"1380000{66 if guide.language == 'zh' else 67}01"
    me.press("继续，填新手机号").fill("新手机号", number).pass_captcha(site.captcha()).press("获取短信验证码")
    yield "me-phone-check", me
    yield "me-phone-asked", me.fill("短信验证码", site.code(number)).press("更换手机号")
    link = f"/stop/{requests.stop_token(requests.pending(owner, 'phone'))}"
    yield "stop", guide.open().visit(link)
    yield "stop-over", guide.open().visit(link[:-4] + "AAAA")
    yield "stopped", guide.open().visit(link).press("不是我，停掉")
    Account.update(new_password_due=False).execute()


def changing_identity(guide: Guide) -> Iterator[Shot]:
    owner = guide.several("confirmed", 4)[-1].account
    me = guide.open(owner).visit("/me/identity")
    yield "me-identity", me
    yield "me-identity-errors", me.fill("姓名", "王").press("下一步，看看会有什么变化")
    me.fill("姓名", "欧阳若兰").fill("证件号码", owner.document).press("下一步，看看会有什么变化")
    yield "me-identity-check", me
    yield "me-identity-asked", me.press("提交，再到学籍科核对")
    me.press("不改了，撤回申请")


def leaving(guide: Guide) -> Iterator[Shot]:
    owner = guide.several("confirmed", 5)[-1].account
    me = guide.open(owner)
    yield "me-messages", me.visit("/me/messages")
    yield "me-sure-code", me.visit("/me/sure/code").pass_captcha(guide.site.captcha())
    yield "me-close", me.visit("/me/close")
    yield "me-close-errors", me.press("注销账号")
    yield "me-closing", me.tick("我看过上面会停掉的内容，要注销账号").press("注销账号")
    me.press("撤销注销")


def by_email(guide: Guide) -> Iterator[Shot]:
    defaults.change("acc.email_activation", True, SYSTEM)
    defaults.change("acc.email_code", True, SYSTEM)
    defaults.change("msg.wechat", True, SYSTEM)
    her, site, address = guide.newcomer(), guide.site, f"new-{guide.language}@example.edu.cn"
    phone = "13800007795"  # of her own no second code is sent within a minute
    me = _begin(guide, "email", address)
    yield "signup-sent", me.open("没收到？").pass_captcha(site.captcha())
    yield "signup-link", me.visit(site.link(address))
    yield "signup-identity", me.press("确定")
    yield "signup-identity-errors", me.press("获取校验码")
    yield "signup-over", guide.open().visit(site.link(address))
    yield "signup-resume", guide.open().visit("/register/email/resume").pass_captcha(site.captcha())
    me.fill("姓名", her.name).fill("证件号码", her.id_number).fill("手机号码", phone)
    born = her.id_number[6:14]
    me.fill("出生日期", f"{born[:4]}-{born[4:6]}-{born[6:]}")
    me.field("性别").select_option("1" if int(her.id_number[16]) % 2 else "2")
    me.field("所在地区").select_option("33")
    me.press("获取校验码")
    yield "signup-code", me
    yield "signup-question", me.fill("校验码", site.code(phone)).press("完成注册")
    yield "signup-done", me.visit("/register/email/done")
    for name in ("acc.email_activation", "acc.email_code", "msg.wechat"):
        defaults.change(name, False, SYSTEM)


def _begin(guide: Guide, way: str, address: str) -> Visitor:
    me = guide.open().visit(f"/register/{way}")
    me.fill("邮箱", address).fill("密码", PASSWORD).fill("密码确认", PASSWORD).tick(CONSENT)
    return me.pass_captcha(guide.site.captcha()).press("立即注册")


def overseas(guide: Guide) -> Iterator[Shot]:
    yield "signup-begin", guide.open().visit("/register/overseas").pass_captcha(guide.site.captcha())
    address = f"far-{guide.language}@example.edu.cn"
    me = _begin(guide, "overseas", address)
    yield "signup-identity-overseas", me.visit(guide.site.link(address)).press("确定")
    me.field("证件类型").select_option("A")
    me.field("国籍/地区").select_option("KAZ")
    me.fill("姓名", "ZHANG SAN").fill("证件号码", "N7654321")
    yield "signup-question-overseas", me.press("下一步")
    yield "signup-waiting", me.press("是")
    yield "signup-person", me.follow("做实人验证")
    yield "m-consent-newcomer", me.press("在这台设备上做")
    signup = Signup.get(Signup.state == "waiting")
    mine = PersonCheck.subject == signup.key
    PersonCheck.update(tries=2, why="other_person").where(mine).execute()
    yield "signup-person-missed", me.visit("/register/email/person")
    PersonCheck.update(state="passed", tries=0).where(mine).execute()
    yield "signup-waiting-passed", me.visit("/register/email/person")
    forgetting.forget("overseas", signup.key)
    signup.delete_instance()


def office(guide: Guide) -> Iterator[Shot]:
    """Who comes with a document, seen from the desk."""
    desk, owner = guide.open(guide.staff("ni"), DESK), guide.several("confirmed", 6)[-1].account
    wanted = {"name": "欧阳若兰", "kind": owner.document_kind, "country": owner.country, "number": owner.document}
    change = requests.ask(owner, "identity", wanted)
    meeting = in_person.begin("change", owner, change.unit, change.key, identity.wanted(change))
    desk.visit("/staff/in-person").fill("学生手机上的数字", in_person.number(meeting))
    yield "change", desk.press("开始核对")
    yield "change-refuse", desk.open("对不上，不办")
    yield "change-refuse-errors", desk.press("不通过")
    requests.withdraw(owner, "identity")
    yield "phones", desk.visit("/staff/phones")
    yield "phones-errors", desk.press("核对过了，保留手机号")


STUDENTS = (changing_phone, changing_identity, leaving, by_email, overseas)
STAFF = (office,)
