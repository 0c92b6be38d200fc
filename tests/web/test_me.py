"""The account's own pages: one fact each, the password before what matters, and the way to put strangers out."""

from collections.abc import Callable

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import login, passwords
from webapp.models.accounts import Account, Consent, Login, Question, Session
from webapp.models.journal import Event

PHONE = "13800000001"
NEW = "tian kong de yun duo 7"

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


@pytest.fixture
def holder(person: Maker, world: World, account: Account) -> Person:
    """Logged in just now."""
    return world.log_in(person(), account)


@pytest.mark.req("ACC-40", "ACC-42")
def test_the_account_shows_a_row_for_each_fact(holder: Person, account: Account) -> None:
    holder.visit("/me").sees("账号管理", "学档账号", "密码", "姓名", "林晓溪", "国籍/地区", "中国大陆", "证件类型", "证件号码")
    holder.sees(
        "手机号（已绑定）", "138 0000 0001", "安全邮箱", "密保问题", f"{account.document[0]}*****{account.document[-1]}"
    )
    holder.sees_not(account.document)


@pytest.mark.req("ACC-41")
def test_completeness_counts_six_things_alike(holder: Person, account: Account) -> None:
    holder.visit("/me").sees("账号完善度 67%")
    Question.create(account=account, place=1, question="pet", answer_hash="x")
    holder.visit("/me").sees("账号完善度 83%")
    account.email, account.email_proved = "xiaoxi@example.edu.cn", account.created
    account.save()
    holder.visit("/me").sees("账号完善度 100%")


@pytest.mark.req("ACC-42")
def test_the_whole_number_shows_only_after_the_password(holder: Person, account: Account) -> None:
    holder.visit("/me").follow("查看").sees_not(account.document)
    holder.fill("密码", "not the password").press("显示证件号码")
    assert holder.errors() == ["密码不对，再填一次"]
    holder.fill("密码", PASSWORD).press("显示证件号码").sees(account.document)
    assert Event.select().where(Event.action == "account.show_document").count() == 1
    holder.visit("/me/document").sees_not(account.document)


@pytest.mark.req("ACC-46")
def test_a_new_password_ends_all_other_sessions_and_is_told(
    holder: Person, person: Maker, world: World, account: Account
) -> None:
    other = world.log_in(person(), account)
    holder.visit("/me").follow("修改密码")
    holder.fill("现在的密码", PASSWORD).fill("新密码", NEW).fill("密码确认", NEW).press("修改密码")
    assert holder.path == "/me"
    assert other.visit("/me").path == "/login"
    assert passwords.verify(Account.get().password_hash, NEW)
    assert any("你的密码刚刚换了" in line for line in world.outbox())


@pytest.mark.req("ACC-46")
@pytest.mark.parametrize(
    ("now", "new", "again", "said"),
    [
        ("", "", "", ["填写密码", "填写密码"]),
        ("wrong password", NEW, NEW, ["密码不对，再填一次"]),
        (PASSWORD, NEW, NEW + "x", ["两次输入的密码不一致"]),
        (PASSWORD, PASSWORD, PASSWORD, ["新密码和现在的一样，换一个"]),
    ],
)
def test_what_is_wrong_with_a_password_change(
    visitor: Maker, world: World, account: Account, now: str, new: str, again: str, said: list[str]
) -> None:
    holder = world.log_in(visitor(), account).visit("/me/password")
    holder.fill("现在的密码", now).fill("新密码", new).fill("密码确认", again).press("修改密码")
    assert holder.errors() == said
    assert holder.status == 422


def test_a_password_of_ones_own_data_is_refused(visitor: Maker, world: World, account: Account) -> None:
    holder = world.log_in(visitor(), account).visit("/me/password")
    for new in ("linxiaoxi2008", account.document[-8:], "13800000001", "password1"):
        holder.fill("现在的密码", PASSWORD).fill("新密码", new).fill("密码确认", new).press("修改密码")
        assert holder.status == 422, new


@pytest.mark.req("ACC-46")
def test_long_after_logging_in_the_password_comes_first(holder: Person, world: World) -> None:
    world.wait(minutes=11)
    holder.visit("/me/questions")
    assert holder.path == "/me/sure"
    holder.fill("密码", "not the password").press("继续")
    assert holder.errors() == ["密码不对，再填一次"]
    before = holder.client.get_cookie("xd_session").value
    holder.fill("密码", PASSWORD).press("继续")
    assert holder.path == "/me/questions"
    assert holder.client.get_cookie("xd_session").value != before


@pytest.mark.req("ACC-27")
def test_questions_are_kept_as_hashes_and_end_other_sessions(
    holder: Person, person: Maker, world: World, account: Account
) -> None:
    other = world.log_in(person(), account)
    holder.visit("/me/questions").sees(
        "请牢记您设置的密保问题及答案，以便于您忘记密码时通过此“密保问题、答案”找回密码。", "密保问题1", "选一个", "答案"
    )
    holder.fill("密保问题1", "你的第一只宠物叫什么").fill("答案1", "Da Huang").press("保存密保问题")
    assert holder.path == "/me"
    holder.sees("已设 1 个")
    assert "huang" not in Question.get().answer_hash
    assert passwords.verify(Question.get().answer_hash, "dahuang")
    assert other.visit("/me").path == "/login"


@pytest.mark.req("ACC-27")
def test_what_is_wrong_with_questions_is_told_at_once(holder: Person) -> None:
    holder.visit("/me/questions").press("保存密保问题")
    assert holder.errors() == ["至少选一个密保问题"]
    holder.fill("密保问题1", "pet").fill("答案1", "大").fill("密保问题2", "pet").fill("答案2", "大黄").press("保存密保问题")
    assert holder.errors() == ["答案要 2 到 50 个字", "密保问题不能重复"]
    holder.fill("密保问题1", "pet").fill("答案1", "大" * 51).fill("密保问题2", "").fill("答案2", "").press("保存密保问题")
    assert holder.errors() == ["答案要 2 到 50 个字"]
    assert Question.select().count() == 0


@pytest.mark.req("ACC-26")
def test_an_address_counts_once_its_link_was_opened_and_pressed(holder: Person, visitor: Maker, world: World) -> None:
    holder.visit("/me/email").sees("请设定一个安全邮箱，忘记密码时可通过此邮箱找回密码。")
    holder.fill("安全邮箱", "XiaoXi@example.edu.cn").press("发送确认邮件").sees("xiaoxi@example.edu.cn")
    holder.visit("/me").sees("等你打开邮件里的链接")
    link = world.link("xiaoxi@example.edu.cn")
    assert "xiaoxi" not in link
    reader = visitor().visit(link)
    assert Account.get().email_proved is None
    reader.sees("x***@example.edu.cn").press("确认邮箱").sees("安全邮箱已绑定")
    holder.visit("/me").sees("安全邮箱（已绑定）", "xiaoxi@example.edu.cn")
    assert reader.visit(link).heading == "这个链接不能用了"


@pytest.mark.req("ACC-26")
def test_a_link_ends_after_a_day_or_with_the_next_one(visitor: Maker, world: World, account: Account) -> None:
    holder = world.log_in(visitor(), account)
    links = []
    for address in ("a@example.edu.cn", "b@example.edu.cn"):
        holder.visit("/me/email").fill("安全邮箱", address).press("发送确认邮件")
        links.append(world.link(address))
    reader = visitor()
    assert reader.visit(links[0]).status == 404
    assert reader.visit(links[1]).status == 200
    world.wait(hours=24)
    reader.press("确认邮箱")
    assert reader.errors() == ["这个链接用过了，或者太旧了"]
    assert reader.visit(links[1]).status == 404
    assert reader.visit(links[1][:-1] + "A").status == 404


@pytest.mark.req("ACC-26", "ACC-34")
def test_two_accounts_cannot_prove_the_same_address(visitor: Maker, world: World, school: School, account: Account) -> None:
    other = make_account(school.record("何苗"), "13800000002")
    links = []
    for owner in (account, other):
        world.log_in(visitor(), owner).visit("/me/email").fill("安全邮箱", "both@example.edu.cn").press("发送确认邮件")
        links.append(world.link("both@example.edu.cn"))
    visitor().visit(links[0]).press("确认邮箱").sees("安全邮箱已绑定")
    assert visitor().visit(links[1]).press("确认邮箱").errors() == ["这个邮箱已经绑定了另一个账号"]


def test_a_wrong_or_repeated_address_is_refused(visitor: Maker, world: World, account: Account) -> None:
    holder = world.log_in(visitor(), account).visit("/me/email")
    assert holder.fill("安全邮箱", "nobody").press("发送确认邮件").errors() == ["邮箱格式有误，应像 name@example.edu.cn"]
    for n in range(5):
        holder.visit("/me/email").fill("安全邮箱", f"a{n}@example.edu.cn").press("发送确认邮件")
    holder.visit("/me/email").fill("安全邮箱", "z@example.edu.cn").press("发送确认邮件")
    assert "今天发的确认邮件太多" in holder.errors()[0]


@pytest.mark.req("ACC-26", "ACC-27", "ACC-29")
def test_the_optional_page_takes_an_address_and_questions_together(holder: Person, world: World) -> None:
    holder.visit("/me/optional").sees("以下信息为选填项，忘记密码时可通过手机号找回密码")
    holder.fill("安全邮箱", "nobody").fill("密保问题1", "pet").fill("答案1", "大").press("保存")
    assert holder.errors() == ["答案要 2 到 50 个字", "邮箱格式有误，应像 name@example.edu.cn"]
    holder.fill("安全邮箱", "a@example.edu.cn").fill("密保问题1", "pet").fill("答案1", "大黄").press("保存")
    assert holder.path == "/me/email/sent"
    assert Question.select().count() == 1
    holder.visit("/me/optional").press("保存")
    assert holder.path == "/me"


@pytest.mark.req("ACC-49")
def test_not_me_puts_everybody_out_and_asks_for_a_new_password(
    person: Maker, visitor: Maker, world: World, account: Account
) -> None:
    stranger = visitor(address="203.0.113.9")
    token = login.admit(account, login.Visit("Chrome · Windows", "203.0.113.0/24", "their mark"), "password")
    stranger.client.set_cookie("xd_session", token)
    holder = world.log_in(person(), account)
    holder.visit("/me/log").sees("203.0.113.0/24", "Chrome · Windows").press("不是我")
    assert holder.path == "/login"
    assert stranger.visit("/me").path == "/login"
    assert Login.get().disowned is not None
    assert any("你报告了一次不是你的登录" in line for line in world.outbox())
    assert Event.select().where(Event.action == "account.disown").count() == 1
    assert not login.knows(account, "their mark")
    world.log_in(holder, account)
    for page in ("/me", "/me/email", "/records"):
        assert holder.visit(page).path == "/me/new-password"
    holder.fill("新密码", PASSWORD).fill("密码确认", PASSWORD).press("保存新密码")
    assert holder.errors() == ["新密码和现在的一样，换一个"]
    holder.fill("新密码", NEW).fill("密码确认", NEW).press("保存新密码")
    assert holder.path == "/me"


def test_another_persons_login_cannot_be_disowned(visitor: Maker, world: World, school: School, account: Account) -> None:
    other = make_account(school.record("何苗"), "13800000002")
    login.admit(other, login.Visit("Chrome", "203.0.113.0/24", "mark"), "password")
    holder = world.log_in(visitor(), account).visit("/me/log")
    assert holder.post(f"/me/log/{Login.get().key}").status == 404
    assert holder.post("/me/log/nothing").status == 404
    assert not Account.get_by_id(other.id).new_password_due


@pytest.mark.req("ACC-49")
def test_the_log_turns_its_pages_and_ends_after_180_days(visitor: Maker, world: World, account: Account) -> None:
    world.log_in(visitor(), account)
    for n in range(60):
        Login.create(account=account, at=account.created, method="code", result="in", device=f"browser {n}", network="-")
    holder = (
        world.log_in(visitor(), account).visit("/me/log").sees("browser 59", "browser 10").sees_not("browser 9<", "browser 9 ")
    )
    holder.follow("更早的登录").sees("browser 9", "browser 0").sees_not("browser 10")
    world.wait(days=181)
    world.log_in(holder, account).visit("/me/log").sees_not("browser 0")


def test_other_devices_can_be_put_out(holder: Person, person: Maker, world: World, account: Account) -> None:
    other = world.log_in(person(), account)
    holder.visit("/me/sessions").sees("这个浏览器").press("退出其他设备").sees_not("退出其他设备")
    assert other.visit("/me").path == "/login"
    holder.press("全部退出")
    assert holder.visit("/me").path == "/login"


@pytest.mark.req("ACC-57")
def test_a_consent_can_be_read_withdrawn_and_given_again(holder: Person, world: World, account: Account) -> None:
    Consent.create(account=account, kind="privacy", version="2026-10", at=account.created, network="192.0.2.0/24")
    holder.visit("/me/consents").sees("隐私政策", "版本 2026-10", "192.0.2.0/24").press("撤回同意")
    assert holder.visit("/me").path == "/login"
    holder.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    holder.fill("图片验证码", world.captcha()).press("获取短信验证码")
    holder.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert holder.heading == "登录前再同意一次"
    assert Session.select().where(Session.ended.is_null()).count() == 0
    holder.press("同意并登录")
    holder.visit("/me/consents").sees("版本 2026-11", "撤回")
    assert holder.page.find("main").find("a", href="/transfers")


@pytest.mark.req("ACC-63")
def test_the_language_is_kept_with_the_account(visitor: Maker, world: World, account: Account) -> None:
    world.log_in(visitor(), account).visit("/me/language").tick("English").press("保存语言")
    assert Account.get().language == "en"
    assert world.log_in(visitor(), account).visit("/me").page.html["lang"] == "en"


def test_nothing_waits_in_a_new_browser(visitor: Maker, holder: Person) -> None:
    visitor().visit("/continue").sees("这个浏览器里没有没做完的事")
    assert holder.visit("/continue").path.startswith("/records")


@pytest.mark.parametrize("page", ["", "/password", "/email", "/questions", "/log", "/sessions", "/consents", "/document"])
def test_nobody_else_sees_these_pages(visitor: Maker, world: World, school: School, page: str) -> None:
    assert visitor().visit(f"/me{page}").path == "/login"
    assert world.log_in(visitor(), school.staff("ni")).visit(f"/me{page}").path == "/login"
