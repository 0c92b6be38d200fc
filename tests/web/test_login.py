"""Logging in and out, as a visitor and as somebody who should not get in."""

from collections.abc import Callable

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import clock, defaults, login
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Device, Login, Session
from webapp.models.journal import Event

PHONE = "13800000001"
OTHER_PHONE = "13800000002"
WRONG = "用户名或密码有误"

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


def knock(person: Person, name: str = PHONE, password: str = PASSWORD) -> Person:
    """Fill in the log-in page and press, with the captcha where there is one."""
    person.visit("/login").fill("手机号、证件号码或邮箱", name).fill("密码", password)
    return person.press("登录")


def knock_again(person: Person, world: World, name: str = PHONE, password: str = PASSWORD) -> Person:
    person.visit("/login").fill("手机号、证件号码或邮箱", name).fill("密码", password)
    return person.fill("图片验证码", world.captcha()).press("登录")


def type_code(person: Person, world: World, phone: str = PHONE) -> Person:
    person.fill("图片验证码", world.captcha()).press("获取短信验证码")
    return person.fill("短信验证码", world.code(phone)).press("下一步")


def logged_in(person: Person, world: World, name: str = PHONE) -> Person:
    """In by password and, the browser being new, a code."""
    return type_code(knock(person, name), world)


def is_in(person: Person) -> bool:
    return person.visit("/me").heading == "账号管理"


@pytest.mark.req("ACC-35")
def test_phone_document_number_and_confirmed_mail_lead_in(person: Maker, world: World, account: Account) -> None:
    account.email, account.email_proved = "xiaoxi@example.edu.cn", account.created
    account.save()
    for name in ("138 0000 0001", account.document.lower(), "XiaoXi@example.edu.cn"):
        visitor = person()
        knock(visitor, name).sees("第一次用这个浏览器")
        world.wait(minutes=2)
        type_code(visitor, world)
        assert is_in(visitor)


@pytest.mark.req("ACC-35")
def test_the_page_carries_the_sites_own_account_name(visitor: Maker) -> None:
    assert visitor().visit("/login").heading == "请使用 学档账号 进行登录"
    assert visitor(language="en").visit("/login").heading == "Sign in with your Xuedang account"


def test_an_address_that_was_never_confirmed_leads_nowhere(visitor: Maker, account: Account) -> None:
    account.email = "xiaoxi@example.edu.cn"
    account.save()
    assert knock(visitor(), "xiaoxi@example.edu.cn").errors() == [WRONG]


@pytest.mark.req("ACC-36")
def test_a_wrong_pair_reads_the_same_whoever_it_was(person: Maker, account: Account) -> None:
    known, unknown = knock(person(), PHONE, "not the password"), knock(person(), OTHER_PHONE, "not the password")
    assert known.status == unknown.status == 422
    assert known.errors() == unknown.errors() == [WRONG]
    assert known.value("手机号、证件号码或邮箱") == PHONE


def test_what_is_empty_is_named_beside_its_field(person: Maker, account: Account) -> None:
    assert knock(person(), "", "").errors() == ["填写手机号、证件号码或邮箱", "填写密码"]


@pytest.mark.req("ACC-36")
def test_after_a_failure_a_captcha_comes_first(person: Maker, world: World, account: Account) -> None:
    visitor = knock(person(), PHONE, "not the password")
    visitor.sees("为保障账号安全，输入图片验证码后重新登录")
    visitor.fill("密码", PASSWORD).press("登录")
    assert visitor.errors() == ["填写图片验证码"]
    visitor.fill("密码", PASSWORD).fill("图片验证码", "wrong").press("登录")
    assert visitor.errors() == ["图片验证码输入有误，换了一张，再试一次"]
    visitor.fill("密码", PASSWORD).fill("图片验证码", world.captcha()).press("登录")
    visitor.sees("第一次用这个浏览器")


@pytest.mark.req("ACC-36")
def test_a_browser_that_forgets_its_cookies_meets_the_captcha_too(visitor: Maker, account: Account) -> None:
    knock(visitor(), PHONE, "not the password")
    assert knock(visitor(), PHONE, PASSWORD).errors() == ["填写图片验证码"]


@pytest.mark.req("ACC-37")
def test_ten_failures_lock_where_they_came_from_and_the_holder_is_told(visitor: Maker, world: World, account: Account) -> None:
    stranger = knock(visitor(address="203.0.113.9"), PHONE, "not the password")
    for _ in range(9):
        knock_again(stranger, world, password="not the password")
    assert knock_again(stranger, world).errors() == ["登录失败次数过多，10:30 后再试"]
    told = [line for line in world.outbox() if line.startswith("SMS 138 0000 0001") and "连续输错" in line]
    assert len(told) == 1
    assert Event.select().where(Event.action == "account.lock").count() == 1
    world.wait(seconds=1)
    knock(visitor(address="192.0.2.10")).sees("第一次用这个浏览器")
    world.wait(minutes=30)
    knock_again(stranger, world).sees("第一次用这个浏览器")


@pytest.mark.req("ACC-37")
def test_a_stranger_cannot_lock_a_browser_that_the_account_knows(visitor: Maker, world: World, account: Account) -> None:
    holder = logged_in(visitor(), world).press("退出")
    stranger = knock(visitor(), PHONE, "not the password")
    for _ in range(9):
        knock_again(stranger, world, password="not the password")
    assert "登录失败次数过多" in knock_again(stranger, world).errors()[0]
    world.wait(minutes=2)
    assert is_in(knock(holder))


@pytest.mark.req("ACC-37")
def test_a_code_to_the_phone_gets_the_holder_in_while_locked(visitor: Maker, world: World, account: Account) -> None:
    holder = knock(visitor(), PHONE, "not the password")
    for _ in range(9):
        knock_again(holder, world, password="not the password")
    holder.visit("/login/code").fill("手机号", PHONE)
    type_code(holder, world)
    holder.fill("密码", PASSWORD).press("登录")
    assert is_in(holder)


@pytest.mark.req("ACC-37")
def test_tries_from_many_networks_slow_down(visitor: Maker, world: World, account: Account) -> None:
    for n in range(10):
        knock(visitor(address=f"203.0.{n}.1"), PHONE, "not the password")
    assert knock(visitor(address="203.0.99.1"), PHONE, "x").errors() == ["试的次数太多，再等 1 秒"]
    world.wait(seconds=1)
    assert knock(visitor(address="203.0.99.1"), PHONE, "x").errors() == [WRONG]
    assert knock(visitor(address="203.0.98.1"), PHONE, "x").errors() == ["试的次数太多，再等 2 秒"]


def test_a_browser_that_was_seen_needs_no_code(person: Maker, world: World, account: Account) -> None:
    visitor = logged_in(person(), world).press("退出")
    assert is_in(knock(visitor))
    assert Device.select().count() == 1


def test_without_a_gateway_or_by_setting_no_code_is_asked(visitor: Maker, world: World, account: Account) -> None:
    defaults.change("acc.new_device_code", False, SYSTEM)
    assert is_in(knock(visitor()))


def test_the_holder_is_told_of_a_browser_that_was_never_used(visitor: Maker, world: World, account: Account) -> None:
    account.email, account.email_proved = "xi@example.edu.cn", clock.now()
    account.save()
    first = logged_in(visitor(), world).press("退出")
    told = [line for line in world.outbox() if "新的浏览器" in line]
    assert [line.partition(" ")[0] for line in told] == ["MAIL"]  # the phone had the code itself
    assert is_in(knock(first))
    assert [line for line in world.outbox() if "新的浏览器" in line] == told
    defaults.change("acc.new_device_code", False, SYSTEM)
    assert is_in(knock(visitor()))
    assert {line.partition(" ")[0] for line in world.outbox() if "新的浏览器" in line} == {"MAIL", "SMS"}


def test_a_wrong_code_does_not_open_and_can_be_typed_again(person: Maker, world: World, account: Account) -> None:
    visitor = knock(person()).fill("图片验证码", world.captcha()).press("获取短信验证码")
    right = world.code(PHONE)
    visitor.fill("短信验证码", "000000" if right != "000000" else "111111").press("下一步")
    assert visitor.errors() == ["校验码有误，还能再试 4 次"]
    visitor.fill("短信验证码", right).press("下一步")
    assert is_in(visitor)


def test_the_first_proof_holds_ten_minutes(visitor: Maker, world: World, account: Account) -> None:
    visitor = knock(visitor()).fill("图片验证码", world.captcha()).press("获取短信验证码")
    code = world.code(PHONE)
    world.wait(minutes=11)
    visitor.fill("短信验证码", code).press("下一步")
    assert visitor.heading == "再填一次密码"
    assert visitor.visit("/login/device").path == "/login"


def test_half_a_login_opens_nothing(visitor: Maker, account: Account) -> None:
    visitor = knock(visitor())
    assert visitor.visit("/me").path == "/login"
    assert visitor.visit("/login/password").path == "/login/code"
    assert Session.select().count() == 0


def test_a_code_alone_opens_a_known_browser(person: Maker, world: World, account: Account) -> None:
    visitor = logged_in(person(), world).press("退出")
    world.wait(minutes=2)
    visitor.visit("/login/code").fill("手机号", PHONE)
    assert is_in(type_code(visitor, world))


def test_a_phone_not_proved_for_90_days_needs_the_password_too(visitor: Maker, world: World, account: Account) -> None:
    visitor = logged_in(visitor(), world).press("退出")
    world.wait(days=91)
    visitor.visit("/login/code").fill("手机号", PHONE)
    assert type_code(visitor, world).heading == "再填一次密码"
    visitor.fill("密码", "not the password").press("登录")
    assert visitor.errors() == ["密码不对，再填一次"]
    visitor.fill("密码", PASSWORD).press("登录")
    assert is_in(visitor)


@pytest.mark.req("ACC-36")
def test_whether_a_phone_has_an_account_is_told_after_its_code(visitor: Maker, world: World, account: Account) -> None:
    pages = []
    for phone in (PHONE, OTHER_PHONE):
        one = visitor()
        one.visit("/login/code").fill("手机号", phone).fill("图片验证码", world.captcha()).press("获取短信验证码")
        pages.append((one.status, one.path, one.text.replace(phone[-4:], "")))
        last = one
    assert pages[0] == pages[1]
    last.fill("短信验证码", world.code(OTHER_PHONE)).press("下一步")
    assert last.heading == "这个手机号没有账号"


def test_the_page_that_was_wanted_opens_after_logging_in(person: Maker, world: World, account: Account) -> None:
    visitor = person().visit("/me/log")
    assert visitor.path == "/login"
    visitor.fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    assert type_code(visitor, world).path == "/me/log"


@pytest.mark.parametrize("place", ["//example.com/x", "/\\example.com", "/\t/example.com", "https://example.com", ""])
def test_another_site_is_never_where_one_lands(visitor: Maker, world: World, account: Account, place: str) -> None:
    visitor = visitor().visit("/login")
    with visitor.client.session_transaction() as kept:
        kept["after_login"] = place
    logged_in(visitor, world)
    assert visitor.path.startswith("/records")


def test_a_session_is_new_at_every_login_and_gone_after_log_out(person: Maker, world: World, account: Account) -> None:
    visitor = logged_in(person(), world)
    before = visitor.client.get_cookie("xd_session").value
    token = visitor.visit("/me").token()
    visitor.press("退出")
    assert visitor.client.get_cookie("xd_session") is None
    visitor.client.set_cookie("xd_session", before)
    assert visitor.visit("/me").path == "/login"
    assert knock(visitor).client.get_cookie("xd_session").value != before
    assert visitor.post("/me/sessions", {"csrf_token": token, "which": "all"}).status == 400


def test_the_oldest_of_six_sessions_ends(visitor: Maker, world: World, account: Account) -> None:
    first = world.log_in(visitor(), account)
    for _ in range(5):
        world.wait(seconds=1)
        world.log_in(visitor(), account)
    assert first.visit("/me").path == "/login"


def test_forty_minutes_without_a_word_end_a_session(visitor: Maker, world: World, account: Account) -> None:
    visitor = world.log_in(visitor(), account)
    world.wait(minutes=39)
    assert is_in(visitor)
    world.wait(minutes=40)
    assert not is_in(visitor)


@pytest.mark.req("ACC-49")
def test_attempts_stand_in_the_log(visitor: Maker, world: World, account: Account) -> None:
    knock(visitor(), PHONE, "not the password")
    visitor = visitor(address="198.51.100.7")
    logged_in(visitor, world)
    assert [row.result for row in Login.select().order_by(Login.id)] == ["wrong", "code_asked", "in"]
    visitor.visit("/me/log").sees("密码不对", "198.51.100.0/24", "微信 · Android", "2026 年 11 月 16 日 10:00")


def test_an_archived_account_is_as_good_as_none(visitor: Maker, account: Account) -> None:
    account.state = "archived"
    account.save()
    assert knock(visitor()).errors() == [WRONG]


def test_a_phone_number_taken_as_another_document_catches_nobody(visitor: Maker, school: School, account: Account) -> None:
    assert login.whom(PHONE, login.Visit("", "", "x")).account == account
    assert login.whom("1380000000", login.Visit("", "", "x")).account is None
