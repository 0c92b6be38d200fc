"""Finding the way back in, as somebody who lost the password or the name; and as somebody who never had them."""

from collections.abc import Callable

import pytest

from tests.people import PASSWORD, School
from tests.person import Person
from tests.recovering import (
    HERE,
    MAIL,
    NEW,
    NOBODY,
    PHONE,
    ask_mail,
    begin,
    by_phone,
    look_for_name,
    owner,
    set_password,
    type_code,
)
from tests.security.test_enumeration import FRESH
from tests.world import World
from webapp.domain import login, profile, sessions
from webapp.domain.login import Visit
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Login, Session
from webapp.models.journal import Event
from webapp.models.messages import Message

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return owner(school)


@pytest.mark.req("REC-06", "REC-09", "REC-10")
def test_a_phone_its_holder_and_a_code_of_eight_digits_set_a_new_password(
    person: Maker, world: World, account: Account
) -> None:
    me = by_phone(person(), world, account)
    assert me.path == "/recover/phone/code"
    assert len(world.code(PHONE)) == 8
    assert set_password(type_code(me, world)).heading == "你的密码已被重新设置"
    assert login.prove(login.whom(PHONE, Visit("x", "n", "m")), NEW, Visit("x", "n", "m")) == account


@pytest.mark.req("REC-09")
def test_a_new_password_ends_every_session_lifts_the_lock_and_is_told_everywhere(
    visitor: Maker, world: World, account: Account
) -> None:
    elsewhere = world.log_in(visitor(), account)
    me = visitor()
    for _ in range(10):
        with pytest.raises(Refused):
            login.prove(login.whom(PHONE, HERE), "not the password", HERE)
    assert set_password(type_code(by_phone(me, world, account), world)).path == "/recover/done"
    assert elsewhere.visit("/me").path == "/login"
    assert [row.method for row in Login.select().where(Login.result == "reset")] == ["recover"]
    told = {(message.channel, message.template.partition("/")[2]) for message in Message.select()}
    assert {("sms", "password_reset"), ("mail", "password_reset")} <= told
    me.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", NEW).press("登录")
    assert me.visit("/me").heading == "账号管理"
    assert Event.select().where(Event.action == "account.recover").count() == 1


OTHERS = {
    "another name": {"name": "何苗"},
    "another document": {"number": "110105200801010021"},
    "another phone": {"phone": "13800000003"},
    "another user name": {"login": NOBODY},
    "nobody at all": {"login": NOBODY, "phone": NOBODY, "name": "何苗"},
}


@pytest.mark.req("REC-04", "REC-06")
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_does_not_fit_is_answered_like_what_does_and_sends_nothing(
    visitor: Maker, world: World, account: Account, other: dict[str, str]
) -> None:
    me = by_phone(visitor(), world, account, **other)
    assert (me.path, me.status) == ("/recover/phone/code", 200)
    world.work()
    assert Message.select().count() == 0
    me.fill("短信验证码", "12345678").press("下一步")
    assert me.errors() == ["填写的信息与账号不一致，或者短信验证码不对"]
    fits = by_phone(visitor(), world, account)
    world.work()
    assert fits.fill("短信验证码", "12345678").press("下一步").errors() == me.errors()
    assert fits.fill("短信验证码", "123456").press("下一步").errors() == ["短信验证码要 8 位，你填了 6 位"]


@pytest.mark.req("REC-10")
def test_a_code_of_another_purpose_opens_nothing_and_a_repeat_sends_the_same(
    visitor: Maker, world: World, account: Account
) -> None:
    me = by_phone(visitor(), world, account)
    first = world.code(PHONE)
    me.fill("图片验证码", world.captcha()).press("重新发送")
    assert "再等" in me.errors()[0]
    world.wait(minutes=2)
    me.fill("图片验证码", world.captcha()).press("重新发送")
    assert world.code(PHONE) == first
    assert Message.select().where(Message.template == "sms/code_recover").count() == 2


def test_a_proof_holds_half_an_hour_and_not_beyond_a_new_password(visitor: Maker, world: World, account: Account) -> None:
    late = type_code(by_phone(visitor(), world, account), world)
    world.wait(minutes=31)
    assert set_password(late).path == "/recover"
    overtaken = type_code(by_phone(visitor(), world, account), world)
    session = Session.get_by_id(_session(account))
    profile.change_password(account, "ta-zi-ji-huan-de-9", session)
    assert set_password(overtaken).path == "/recover"


def _session(account: Account) -> int:
    sessions.begin(account, "Chrome", "192.0.2.0/24")
    return Session.select().order_by(Session.id.desc()).get().id


def test_without_a_proof_there_is_no_page_for_a_new_password(person: Maker, world: World, account: Account) -> None:
    me = person()
    for page in ("new", "wait", "way", "phone", "phone/code", "mail", "mail/sent", "questions", "paper"):
        assert me.visit(f"/recover/{page}").path == "/recover"
    begin(me, world)
    for page in ("new", "wait"):
        assert me.visit(f"/recover/{page}").path == "/recover"
    me.post("/recover/new", {"new": NEW, "again": NEW})
    assert me.path == "/recover"


@pytest.mark.req("REC-07")
def test_a_mailed_link_works_once_for_half_an_hour_in_any_browser(person: Maker, world: World, account: Account) -> None:
    ask_mail(person(), world).sees(MAIL)
    first = world.link(MAIL)
    other = person().visit(first)
    assert other.heading == "设置新密码" and Account.by_key(account.key).password_hash == account.password_hash
    assert person().visit(first).status == 200  # to look is not to use
    other.press("去设新密码")
    assert person().visit(first).heading == "链接已失效，重新找回"
    set_password(other).sees("你的密码已被重新设置")
    world.wait(minutes=1)
    ask_mail(person(), world)
    late = world.link(MAIL)
    world.wait(minutes=31)
    assert person().visit(late).status == 404
    ask_mail(person(), world)
    older = world.link(MAIL)
    ask_mail(person(), world)
    assert person().visit(world.link(MAIL)).status == 200 and person().visit(older).status == 404
    assert person().visit(older[:-2] + "xx").status == 404


@pytest.mark.req("REC-04")
def test_a_mail_goes_only_to_the_address_that_the_account_proved(visitor: Maker, world: World, account: Account) -> None:
    shown = [FRESH.sub("", ask_mail(visitor(), world, *typed).html) for typed in ((MAIL, PHONE), (MAIL, NOBODY))]
    assert shown[0] == shown[1]
    ask_mail(visitor(), world, "ren@example.edu.cn")
    world.work()
    assert [message.recipient for message in Message.select()] == [MAIL]
    account.email_proved = None
    account.save()
    ask_mail(visitor(), world)
    world.work()
    assert Message.select().count() == 1


@pytest.mark.req("REC-02", "REC-03")
def test_the_user_name_is_answered_alike_and_told_to_its_holder_once_a_day(
    visitor: Maker, world: World, account: Account
) -> None:
    shown = [look_for_name(visitor(), world, name, account.document) for name in (account.name, "何苗")]
    assert FRESH.sub("", shown[0].html) == FRESH.sub("", shown[1].html)
    shown[0].sees("用户名就是注册时的手机号、证件号码或邮箱，可以直接用证件号码找回").sees_not("138****")
    world.work()
    assert {message.template for message in Message.select()} == {"sms/name_asked", "mail/name_asked"}
    known = visitor()
    known.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    known.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    look_for_name(known, world, account.name, account.document).sees("138****0001", "x***@example.edu.cn")
    world.work()
    assert Message.select().where(Message.template == "sms/name_asked").count() == 1
    look_for_name(visitor(), world, account.name, account.document)
    tried = [look_for_name(visitor(), world, account.name, account.document) for _ in range(2)]
    assert tried[0].path == "/recover/username/told" and tried[1].errors()[0].startswith("试的次数太多")


@pytest.mark.req("REC-12")
def test_an_account_in_doubt_is_recovered_and_stays_in_doubt(person: Maker, world: World, account: Account) -> None:
    account.state = "duplicate"
    account.save()
    set_password(type_code(by_phone(person(), world, account), world)).sees("你的密码已被重新设置")
    assert Account.by_key(account.key).state == "duplicate"


@pytest.mark.req("REC-01", "REC-05", "REC-13")
def test_every_way_in_leads_here_and_what_is_left_says_what_it_costs(person: Maker, world: World, account: Account) -> None:
    for page in ("/login", "/login/code"):
        assert person().visit(page).follow("忘记密码").heading == "找回密码"
        assert person().visit(page).follow("找回用户名").heading == "找回用户名"
    begin(person(), world).follow("都用不了").sees("重新注册", "人工审核", "旧账号停用", "不影响学籍、学历的查询")
    person().visit("/help/password").sees("重新注册不影响学籍、学历的查询")
