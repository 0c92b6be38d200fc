"""T10, a code that is talked out of somebody: the SMS says what it is for and to tell nobody; 「不是我」 ends it all.

As decided, a code belongs to a phone and a purpose, not to a browser, because WeChat drops its page while one
reads the SMS; so a code that browser A asked for works in B, and the holder is told of a browser never seen.
"""

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import codes
from webapp.models.accounts import Account, Device, Login, Session
from webapp.models.journal import Event

PHONE, MAIL = "13800001111", "lin@example.edu.cn"


@pytest.fixture
def account(school: School) -> Account:
    made = make_account(school.record("林晓溪"), PHONE, email_proved=school.campaign.created)
    made.email = MAIL
    made.save()
    return made


def knock(person: Person, world: World) -> Person:
    return person.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")


def enter(person: Person, world: World) -> Person:
    world.wait(minutes=1)
    knock(person, world)
    if person.path == "/login/device":
        person.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    return person


@pytest.mark.req("ACC-07")
def test_every_sms_with_a_code_says_for_what_and_to_tell_nobody(world: World) -> None:
    for purpose in ("register", "login", "recover", "record_phone", "staff"):
        codes.request(PHONE, purpose)
        text = [line for line in world.outbox() if line.startswith("SMS ")][-1]
        assert "不要" in text or "切勿" in text or "勿" in text, (purpose, text)
        world.wait(minutes=1)


@pytest.mark.req("ACC-07")
def test_a_code_asked_for_in_one_browser_works_in_another_which_is_told(visitor, world: World, account: Account) -> None:
    asks, types = visitor(), visitor(address="203.0.113.9")
    enter(asks, world)
    world.wait(minutes=1)
    for person in (types, asks):
        person.visit("/login/code").fill("手机号", PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
        world.wait(minutes=1)
    code = world.code(PHONE)
    types.fill("短信验证码", code).press("下一步")
    if types.path == "/login/password":
        types.fill("密码", PASSWORD).press("登录")
    assert types.visit("/me").path == "/me"
    assert any(line.startswith(f"MAIL {MAIL} ") and "新设备" in line or "没有用过" in line for line in world.outbox())
    asks.visit("/login/code")
    assert codes.live(PHONE, "login") is None


@pytest.mark.req("ACC-49", "ACC-52")
def test_not_me_ends_every_session_and_asks_for_a_new_password(visitor, world: World, account: Account) -> None:
    stranger, holder = enter(visitor(address="203.0.113.9"), world), enter(visitor(), world)
    assert stranger.visit("/me").path == holder.visit("/me").path == "/me"
    login = Login.select().where(Login.account == account).order_by(Login.id).first()
    holder.visit("/me/log").post(f"/me/log/{login.key}")
    assert stranger.visit("/me").path == holder.visit("/me").path == "/login"
    assert Session.select().where((Session.account == account) & Session.ended.is_null()).count() == 0
    assert Device.select().where(Device.account == account).count() == 0
    assert Event.select().where(Event.action == "account.disown").count() == 1
    assert any(line.startswith(f"MAIL {MAIL} ") and "不是" in line for line in world.outbox())
    world.wait(hours=1)
    enter(stranger, world)
    assert stranger.visit("/me").path not in ("/me",)  # nothing but a new password
    assert stranger.visit("/records").path != "/records"
