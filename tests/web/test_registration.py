"""Registering from the first page to the last: passwords, going on later, and one account whatever happens at once."""

import threading

import pytest

from tests.people import PASSWORD, id_number
from tests.registering import NAME, NUMBER, PHONE, ask_code, identify, prove
from webapp.domain import accounts, codes, drafts
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Consent, Login
from webapp.models.base import database
from webapp.models.journal import Draft, Event


@pytest.mark.req("ACC-28", "ACC-29", "ACC-24", "ACC-51", "ACC-53")
def test_a_student_registers_in_four_steps(person, world, school):
    me = person()
    ask_code(me, world).sees("注册账号 第 2 步，共 4 步", "已向 138 0000 5678 发送短信验证码", "11 月 17 日 10:00 前有效")
    me.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert me.path == "/register/identity"
    me.sees("姓名、证件号码和手机号 138 0000 5678 都对吗？", "用户名")
    identify(me)
    assert me.path == "/register/password"
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    assert me.path == "/register/done"
    me.sees("账号注册成功", "138 0000 5678", "1*****" + NUMBER[-1], "以下信息为选填项，忘记密码时可通过手机号找回密码")
    me.sees("本系统对1991年以前的毕业生不提供学档注册与查询业务").sees_not(NUMBER)
    account = Account.get()
    assert (account.name, account.document, account.phone, account.country) == (NAME, NUMBER, PHONE, "CHN")
    assert {(one.kind, one.version) for one in Consent.select()} == set(accounts.TEXTS.items())
    assert [one.method for one in Login.select()] == ["register"]
    assert Event.select().where(Event.action == "account.register").count() == 1
    me.visit("/register")
    assert me.path == "/register/done"


@pytest.mark.req("ACC-10", "ACC-11", "ACC-12")
def test_passwords_are_judged(person, world):
    me = identify(prove(person(), world))
    assert me.press("完成注册").errors() == ["填写密码"]
    for password, again, told in (
        ("a1b2c3d", "a1b2c3d", "密码要 8 到 128 个字符"),
        (PASSWORD, "other-mountain-77", "两次输入的密码不一致"),
        ("password123", "password123", "这个密码太常见，很容易被猜到，换一个"),
        ("linxiaoxi2008", "linxiaoxi2008", "密码里有你的姓名、证件号码或手机号，换一个"),
    ):
        assert me.fill("密码", password).fill("密码确认", again).press("完成注册").errors() == [told]
    assert Account.select().count() == 0
    assert PASSWORD not in "".join(draft.answers for draft in Draft.select())


def test_no_step_can_be_skipped(visitor, world):
    me = visitor()
    for slug in ("identity", "password", "taken"):
        assert me.visit(f"/register/{slug}").path == "/register/phone"
    ask_code(me, world)
    assert me.visit("/register/password").path == "/register/code"
    me.post("/register/identity", {"name": NAME, "number": NUMBER, "kind": "1"})
    assert me.path == "/register/code"


@pytest.mark.req("ACC-09")
def test_a_registration_goes_on_where_it_was_left_on_another_device(person, world):
    first = identify(prove(person(), world))
    assert first.visit("/register").path == "/register/password"
    world.wait(hours=2)
    other = prove(person(), world)
    assert other.path == "/register/password"
    assert other.visit("/register/identity").value("姓名") == NAME
    assert first.visit("/register").path == "/register/phone"
    assert Draft.select().count() == 1


def test_a_draft_waits_for_three_days(visitor, world):
    me = identify(prove(visitor(), world))
    world.wait(hours=71)
    assert me.visit("/register").path == "/register/password"
    world.wait(hours=2)
    assert me.visit("/register").path == "/register/phone"
    assert drafts.sweep() == 1


def test_going_back_asks_no_second_code_for_the_same_phone(visitor, world):
    me = prove(visitor(), world)
    me.visit("/register/phone").fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert me.path == "/register/identity"
    assert len([line for line in world.outbox() if line.startswith("SMS")]) == 1
    me.visit("/register/phone").fill("手机号", "13800005679").fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert me.visit("/register/identity").path == "/register/code"


def test_the_last_button_pressed_twice_makes_one_account_and_two_pages(visitor, world):
    me = identify(prove(visitor(), world))
    cookie = me.client.get_cookie("xd_visit").value
    token = me.token()
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    twice = visitor()
    twice.client.set_cookie("xd_visit", cookie)
    twice.post("/register/password", {"csrf_token": token, "password": PASSWORD, "confirm": PASSWORD})
    assert twice.path == "/register/done"
    stranger = visitor()
    stranger.client.set_cookie("xd_visit", cookie)
    stranger.post("/register/password", {"csrf_token": token, "password": "another-long-one", "confirm": "another-long-one"})
    assert stranger.errors() == ["手机号码已被注册!"]
    assert Account.select().count() == 1


@pytest.mark.req("ACC-34")
@pytest.mark.parametrize("same", ["identity", "phone"])
def test_of_two_registrations_at_the_same_instant_one_wins(world, same):
    ready = threading.Barrier(2)
    outcomes = []

    def draft(n: int) -> Draft:
        made = drafts.begin("register")
        made.token, _ = drafts.new_token()
        number = NUMBER if same == "identity" else id_number("20080512", 10 + n)
        drafts.keep(made, consent=accounts.TEXTS, name=NAME, kind="1", country="CHN", number=number)
        made.phone = PHONE if same == "phone" else f"1380000567{n}"
        made.save()
        return made

    def attempt(one: Draft) -> None:
        ready.wait()
        try:
            accounts.register(one, PASSWORD, "zh", "192.0.2.0/24")
            outcomes.append("made")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            database.close()

    threads = [threading.Thread(target=attempt, args=(draft(n),)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["made", f"{same}_taken"])
    assert Account.select().count() == 1


def test_the_verb_checks_everything_again(world):
    draft = drafts.begin("register")
    draft.token, _ = drafts.new_token()
    drafts.keep(draft)
    steps = [
        ({}, None, "phone_unproved"),
        ({}, PHONE, "consent_missing"),
        ({"consent": accounts.TEXTS}, PHONE, "name_empty"),
        ({"name": NAME, "kind": "1", "number": NUMBER[:-1]}, PHONE, "id_length"),
        ({"number": NUMBER}, PHONE, "password_length"),
    ]
    for told, phone, code in steps:
        drafts.keep(draft, **told)
        draft.phone = phone
        with pytest.raises(Refused) as caught:
            accounts.register(draft, "short", "zh", "192.0.2.0/24")
        assert caught.value.code == code


@pytest.mark.req("ACC-63")
def test_who_reads_english_registers_in_english(visitor, world):
    me = visitor(language="en").visit("/register/phone")
    codes.request(PHONE, "register", "192.0.2.0/24", language="en")
    assert "is your code to register" in world.outbox()[-1]
    assert me.page.html["lang"] == "en"
