"""邮箱注册 behind its switch, and people without a mainland phone, whom the office sees before they have an account."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.registering import NAME, NUMBER, PHONE
from tests.web.test_in_person import agree, number_of, two_officers, type_number
from tests.web.test_staff_review import reviewer
from tests.world import World
from webapp.domain import defaults
from webapp.domain.permissions import SYSTEM
from webapp.domain.signups import finishing
from webapp.models.accounts import Account, Consent
from webapp.models.duplicates import Party
from webapp.models.signups import Signup
from webapp.models.staff import Staff

ADDRESS = "xiaoxi@example.edu.cn"

Maker = Callable[..., Person]


@pytest.fixture
def officers(app: Flask, world: World, school: School) -> tuple[Person, Person]:
    return two_officers(app, world, school)


@pytest.fixture
def switched(world: World, school: School) -> None:
    defaults.change("acc.email_activation", True, SYSTEM)


def begin(me: Person, world: World, way: str = "用邮箱注册", address: str = ADDRESS) -> Person:
    me.visit("/register").follow(way).fill("邮箱", address).fill("密码", PASSWORD).fill("密码确认", PASSWORD)
    return me.tick("我已阅读并同意").fill("图片验证码", world.captcha()).press("立即注册")


def activate(me: Person, world: World, address: str = ADDRESS) -> Person:
    return me.visit(world.link(address)).press("确定")


def tell(me: Person, phone: str = PHONE, number: str = NUMBER, born: str = "2008-05-12", sex: str = "女") -> Person:
    me.fill("姓名", NAME).fill("证件号码", number).fill("出生日期", born).fill("手机号码", phone)
    return me.fill("性别", sex).fill("所在地区", "浙江")


def without_sum(me: Person) -> str:
    return re.sub("就回答：.*?等于几", "", me.text)


@pytest.mark.req("ACC-30", "ACC-31", "ACC-32")
def test_an_address_a_link_and_who_it_is_make_an_account(person: Maker, world: World, switched: None) -> None:
    me = begin(person(), world)
    assert me.path == "/register/email/sent"
    activate(me, world).sees("完善实名信息", "证件类型", "姓名", "性别", "证件号码", "出生日期", "所在地区", "手机号码")
    tell(me).press("获取校验码").fill("校验码", world.code(PHONE)).press("完成注册")
    me.sees("都对吗？", ADDRESS, NAME, f"{NUMBER[0]}*****{NUMBER[-1]}").press("否")
    assert me.path == "/register/email/identity"
    assert me.value("姓名") == NAME
    tell(me).press("获取校验码")
    assert me.path == "/register/email/question"
    me.press("是").sees("账号注册成功", "20 秒后去登录", "马上登录")
    assert me.answer.headers["Refresh"] == "20; url=/login"
    account = Account.get()
    assert (account.state, account.email, account.phone) == ("active", ADDRESS, PHONE)
    assert {consent.kind for consent in Consent.select()} == {"terms", "privacy"}
    me.follow("马上登录").fill("手机号、证件号码或邮箱", ADDRESS).fill("密码", PASSWORD).press("登录")
    assert me.visit("/me").path in ("/me", "/login")


@pytest.mark.req("ACC-30")
def test_nobody_logs_in_before_the_account_is_made(visitor: Maker, world: World, switched: None) -> None:
    me = begin(visitor(), world)
    me.visit("/login").fill("手机号、证件号码或邮箱", ADDRESS).fill("密码", PASSWORD).press("登录")
    assert me.errors() == ["用户名或密码有误"]


@pytest.mark.req("ACC-30")
def test_a_link_works_once_and_for_a_day_and_a_new_one_ends_it(visitor: Maker, world: World, switched: None) -> None:
    me = begin(visitor(), world)
    first = world.link(ADDRESS)
    world.wait(minutes=1)
    me.fill("图片验证码", world.captcha()).press("再寄一封").sees("又寄了一封")
    second = world.link(ADDRESS)
    assert visitor().visit(first).status == 404
    other = visitor().visit(second).press("确定")
    assert other.path == "/register/email/identity"
    late = visitor().visit(second)
    late.sees("激活链接已失效")
    begin(visitor(), world, address="late@example.edu.cn")
    link = world.link("late@example.edu.cn")
    world.wait(hours=24, seconds=1)
    assert visitor().visit(link).status == 404


def test_the_link_alone_changes_nothing(visitor: Maker, world: World, switched: None) -> None:
    begin(visitor(), world)
    visitor().visit(world.link(ADDRESS))
    assert Signup.get().state == "mailed"


def test_the_page_says_nothing_of_an_address_that_has_an_account(
    visitor: Maker, world: World, school: School, switched: None
) -> None:
    account = make_account(school.record("何苗"), "13800000002")
    account.email, account.email_proved = ADDRESS, account.created
    account.save()
    hit, miss = (begin(visitor(), world, address=address) for address in (ADDRESS, "other@example.edu.cn"))
    assert (hit.path, without_sum(hit)) == (miss.path, without_sum(miss))
    assert Signup.select().count() == 1
    assert any("已经有" in line for line in world.outbox() if line.startswith(f"MAIL {ADDRESS}"))


@pytest.mark.req("ACC-31")
@pytest.mark.parametrize(("born", "sex"), [("2008-05-13", "女"), ("2008-05-12", "男")])
def test_sex_and_birth_agree_with_the_number(visitor: Maker, world: World, switched: None, born: str, sex: str) -> None:
    me = activate(begin(visitor(), world), world)
    tell(me, born=born, sex=sex).press("获取校验码")
    assert me.errors() == ["性别/出生日期与证件号码不一致"]


@pytest.mark.req("ACC-31")
def test_everything_that_is_missing_is_said_at_once(visitor: Maker, world: World, switched: None) -> None:
    me = activate(begin(visitor(), world), world).press("获取校验码")
    assert len(me.errors()) == 6


def test_another_browser_goes_on_with_address_and_password(visitor: Maker, world: World, switched: None) -> None:
    activate(begin(visitor(), world), world)
    other = visitor().visit("/register/email/identity")
    assert other.path == "/register/email/resume"
    other.fill("邮箱", ADDRESS).fill("密码", "wrong-password").fill("图片验证码", world.captcha()).press("继续")
    assert other.errors() == ["用户名或密码有误"]
    other.fill("邮箱", ADDRESS).fill("密码", PASSWORD).fill("图片验证码", world.captcha()).press("继续")
    assert other.path == "/register/email/identity"


@pytest.mark.req("ACC-32")
def test_who_claims_a_taken_number_comes_into_doubt(visitor: Maker, world: World, school: School, switched: None) -> None:
    make_account(school.record(NAME), "13800000002")
    me = activate(begin(visitor(), world), world)
    tell(me).press("获取校验码")
    assert me.errors() == ["证件号码已被注册"]
    tell(me).tick("我要重新注册").press("获取校验码").fill("校验码", world.code(PHONE)).press("完成注册").press("是")
    mine = Account.get(Account.email_index == Account.email_index.of(ADDRESS))
    assert (mine.state, Party.get().account) == ("duplicate", mine)


@pytest.mark.req("ACC-33")
def test_a_code_comes_by_mail_only_where_the_site_allows_it(visitor: Maker, world: World, switched: None) -> None:
    me = activate(begin(visitor(), world), world)
    me.sees_not("验证码发到邮箱")
    defaults.change("acc.email_code", True, SYSTEM)
    me.visit("/register/email/identity")
    tell(me, phone="").tick("验证码发到邮箱").press("获取校验码").sees("验证码寄到你的邮箱了")
    line = [line for line in world.outbox() if line.startswith(f"MAIL {ADDRESS}")][-1]
    code = next(word for word in line.replace("/", " ").split() if word.isdigit() and len(word) == 6)
    me.fill("校验码", "000000" if code != "000000" else "111111").press("完成注册")
    assert me.errors() == ["校验码有误，还能再试 4 次"]
    me.fill("校验码", code).press("完成注册").press("是")
    assert (Account.get().phone, Account.get().email) == (None, ADDRESS)


@pytest.mark.req("ACC-33")
@pytest.mark.parametrize("address", ("xiaoxi@example.com", "xiaoxi@notedu.cn"))
def test_where_only_schools_get_codes_by_mail_others_are_told(
    visitor: Maker, world: World, switched: None, address: str
) -> None:
    defaults.change("acc.email_code", True, SYSTEM)
    defaults.change("acc.email_code_edu_only", True, SYSTEM)
    me = activate(begin(visitor(), world, address=address), world, address)
    tell(me, phone="").tick("验证码发到邮箱").press("获取校验码")
    assert me.errors() == ["仅支持以edu.cn结尾的邮箱"]


@pytest.mark.req("ACC-30")
def test_without_the_switch_there_is_no_such_page(visitor: Maker, world: World, school: School) -> None:
    me = visitor().visit("/register")
    me.sees_not("用邮箱注册")
    assert me.visit("/register/email").status == 404


@pytest.mark.req("ACC-54")
def test_without_a_mainland_phone_the_office_sees_the_passport_first(
    visitor: Maker, officers: tuple[Person, Person], world: World
) -> None:
    me = begin(visitor(), world, "没有大陆手机号")
    activate(me, world).fill("姓名", "ZHANG SAN").fill("证件类型", "护照").fill("国籍/地区", "哈萨克斯坦")
    me.fill("证件号码", "N1234567").press("下一步").sees("ZHANG SAN").press("是").sees("等学籍科核对证件")
    assert not Account.select().exists()
    assert not [line for line in world.outbox() if line.startswith("SMS")]
    me.visit("/login").fill("手机号、证件号码或邮箱", ADDRESS).fill("密码", PASSWORD).press("登录")
    assert me.errors() == ["用户名或密码有误"]
    phone = visitor().visit("/register/email/in-person")
    assert phone.path == "/register/email/resume"
    phone.fill("邮箱", ADDRESS).fill("密码", PASSWORD).fill("图片验证码", world.captcha()).press("继续").sees(
        "等学籍科核对证件"
    )
    number = number_of(phone)
    type_number(officers[0], number).sees("ZHANG SAN", "没有大陆手机号的注册").sees_not("N1234567")
    agree(officers[0], "234567", "确认，交给第二位老师")
    agree(officers[1].visit("/staff/in-person").follow("Z***"), "234567", "确认").sees("已经办好")
    account = Account.get()
    assert (account.state, account.phone, account.person_proved_by) == ("active", None, "desk")
    me.visit("/login").fill("手机号、证件号码或邮箱", ADDRESS).fill("密码", PASSWORD)
    me.fill("图片验证码", world.captcha()).press("登录")
    assert me.visit("/me").path == "/me"
    assert any("账号建好了" in line for line in world.outbox())


@pytest.mark.req("ACC-54")
def test_nobody_of_the_office_lets_themselves_in(app: Flask, visitor: Maker, world: World, school: School) -> None:
    officer, me = reviewer(app, world, school, "ma"), activate(begin(visitor(), world, "没有大陆手机号"), world)
    ma = Staff.get(Staff.login == "ma")
    ma.email = ADDRESS
    ma.save()
    me.fill("姓名", "ZHANG SAN").fill("证件类型", "护照").fill("证件号码", "N1234567").press("下一步").press("是")
    assert type_number(officer, number_of(me)).errors() == ["这一位与你本人有关，由别的同事核对"]
    assert (Signup.get().state, Account.select().count()) == ("waiting", 0)


@pytest.mark.req("ACC-54")
def test_the_office_may_say_no_to_a_newcomer(visitor: Maker, officers: tuple[Person, Person], world: World) -> None:
    me = activate(begin(visitor(), world, "没有大陆手机号"), world)
    me.fill("姓名", "ZHANG SAN").fill("证件类型", "护照").fill("证件号码", "N1234567").press("下一步").press("是")
    type_number(officers[0], number_of(me)).tick("证件上的内容和申请的不一样").press("不通过").sees("没有通过")
    assert (Signup.get().state, Account.select().count()) == ("refused", 0)
    assert any("没有建账号" in line for line in world.outbox())
    me.visit("/register/email/in-person").sees("这次没有通过")


@pytest.mark.req("ACC-54")
def test_a_school_may_close_that_way(visitor: Maker, world: World, school: School) -> None:
    defaults.change("acc.overseas", False, SYSTEM)
    visitor().visit("/register").sees_not("没有大陆手机号")
    assert visitor().visit("/register/overseas").status == 404


def test_what_nobody_finishes_is_forgotten(visitor: Maker, world: World, switched: None) -> None:
    activate(begin(visitor(), world), world)
    world.wait(days=4)
    finishing.sweep()
    assert Signup.get().state == "expired"
    world.wait(days=3)
    finishing.sweep()
    assert not Signup.select().exists()
