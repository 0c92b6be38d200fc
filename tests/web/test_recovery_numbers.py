"""A number that has a new holder: it never opens the old account, and its old holder gets in and hears of it."""

from collections.abc import Callable

import pytest

from tests.people import PASSWORD, School, id_number, make_account
from tests.person import Person
from tests.recovering import MAIL, PHONE, owner
from tests.registering import identify, prove
from tests.world import World
from webapp.domain import login
from webapp.domain.login import Visit
from webapp.domain.recovery import numbers
from webapp.models.accounts import Account
from webapp.models.codes import Code
from webapp.models.journal import Event
from webapp.models.messages import Message

NOT_MINE = "解除并接着注册"

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return owner(school)


def by_code(person: Person, world: World) -> Person:
    person.visit("/login/code").fill("手机号", PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    return person.fill("短信验证码", world.code(PHONE)).press("下一步")


@pytest.mark.req("REC-14", "ACC-02")
def test_who_holds_the_number_now_takes_it_and_registers_on(person: Maker, world: World, account: Account) -> None:
    me = prove(person(), world, PHONE)
    assert me.path == "/register/taken"
    me.sees("这是我的新号码，原账号不是我的").press(NOT_MINE)
    assert me.path == "/register/identity"
    identify(me, "何苗", id_number("20080101", 4))
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("账号注册成功")
    old, new = Account.by_key(account.key), Account.get(Account.phone_index == Account.phone_index.of(PHONE))
    assert old.phone is None and old.phone_released is not None and new.name == "何苗"
    assert [(m.template, m.recipient) for m in Message.select() if m.account_id == old.id] == [("mail/phone_released", MAIL)]
    assert Event.select().where(Event.action == "account.release_phone").count() == 1


@pytest.mark.req("REC-14")
def test_a_proof_of_an_hour_ago_takes_no_number(visitor: Maker, world: World, account: Account) -> None:
    me = prove(visitor(), world, PHONE)
    world.wait(minutes=31)
    assert me.press(NOT_MINE).path == "/register/code"  # the number has to be proved again
    assert Account.by_key(account.key).phone == PHONE
    stranger = visitor().visit("/register/phone")
    assert stranger.post("/register/taken").path == "/register/phone"
    assert stranger.post("/login/not-mine").path == "/login/code"
    assert Account.by_key(account.key).phone == PHONE


@pytest.mark.req("REC-14", "ACC-62")
def test_a_code_on_the_way_in_gives_the_number_free_too(person: Maker, world: World, account: Account) -> None:
    me = by_code(person(), world)
    assert me.path == "/login/password"
    me.press(NOT_MINE)
    assert me.path == "/register/phone" and me.value("手机号") == PHONE
    me.tick("我已阅读并同意").fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert me.path == "/register/identity"
    assert Message.select().where(Message.template.startswith("sms/")).count() == 1


@pytest.mark.req("REC-14")
def test_the_old_holder_gets_in_by_password_and_is_told(person: Maker, world: World, account: Account) -> None:
    numbers.give_up(PHONE)
    me = person().visit("/login").fill("手机号、证件号码或邮箱", account.document).fill("密码", PASSWORD).press("登录")
    assert me.heading == "手机号已解除绑定"
    me.follow("继续")
    assert person().visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录").path == "/login"


@pytest.mark.req("ACC-62")
@pytest.mark.parametrize("why", ["a new browser", "91 days", "a number that was given up", "none"])
def test_a_code_alone_opens_the_account_only_where_nothing_speaks_against_it(
    visitor: Maker, world: World, school: School, account: Account, why: str
) -> None:
    if why == "a number that was given up":
        numbers.give_up(PHONE)
        make_account(school.record("何苗"), PHONE)
    me = visitor().visit("/")
    if why != "a new browser":
        me.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
        me.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
        me.visit("/menu").press("退出")
    world.wait(days=91 if why == "91 days" else 0, minutes=2)
    by_code(me, world)
    if why == "none":
        assert me.visit("/me").status == 200 and me.path == "/me"
        return
    assert me.path == "/login/password"
    me.fill("密码", PASSWORD).press("登录")
    assert me.visit("/me").path == "/me"
    assert Code.select().where(Code.purpose == "login", Code.proved.is_null(False)).count() >= 1


def test_a_number_is_given_up_once(world: World, account: Account) -> None:
    assert numbers.give_up(PHONE) and not numbers.give_up(PHONE)
    known = Visit("Chrome", "192.0.2.0/24", "mark")
    assert login.whom(PHONE, known).account is None
