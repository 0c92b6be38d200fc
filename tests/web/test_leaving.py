"""注销账号, 消息推送, a code in the place of the password, and another address to log in with."""

from collections.abc import Callable

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.registering import identify, prove
from tests.world import World
from webapp.domain import defaults, messages, preferences, records
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account, Consent
from webapp.models.duplicates import Archive
from webapp.models.messages import Message
from webapp.models.records import Record

PHONE = "13800000001"
NEW = "tian kong de yun duo 7"

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


@pytest.fixture
def holder(person: Maker, world: World, account: Account) -> Person:
    return world.log_in(person(), account)


def close(holder: Person) -> Person:
    return holder.visit("/me").follow("注销账号").tick("我看过上面会停掉的内容").press("注销账号")


@pytest.mark.req("ACC-50")
def test_before_it_closes_the_page_lists_what_lives(holder: Person, account: Account) -> None:
    records.bind(account)
    holder.visit("/me/close").sees(
        "研招推免、统考、自主招生、兵役登记/应征报名", "不能再用于征兵、研招报名", "绑定的学籍和学历",
        "1 条，会解绑", "没做完的自查", "登录中的设备", "7 天可以反悔",
    )  # fmt: skip
    holder.press("注销账号")
    assert holder.errors() == ["先看一遍注销以后会停掉的内容，再打勾"]


@pytest.mark.req("ACC-50")
def test_closing_asks_for_the_password_first(holder: Person, world: World) -> None:
    world.wait(minutes=11)
    assert holder.visit("/me/close").path == "/me/sure"


@pytest.mark.req("ACC-50")
def test_for_seven_days_only_taking_it_back_is_open(holder: Person, person: Maker, world: World, account: Account) -> None:
    records.bind(account)
    other = world.log_in(person(), account)
    close(holder)
    assert holder.path == "/me/closing"
    for path in ("/me", "/records", "/me/password", "/me/phone", "/menu"):
        assert holder.visit(path).path == "/me/closing", path
    assert other.visit("/me").path == "/login"
    assert any("撤销注销" in line for line in world.outbox() if line.startswith("SMS 138 0000 0001"))
    world.wait(days=6, hours=23)
    holder = world.log_in(person(), account)
    holder.visit("/me").press("撤销注销")
    assert holder.path == "/me"
    assert Account.get_by_id(account.id).state == "active"
    assert Record.select().where(Record.account == account).count() == 1
    world.wait(days=2)
    assert Account.get_by_id(account.id).state == "active"


@pytest.mark.req("ACC-50")
def test_after_seven_days_the_account_is_archived_and_all_it_held_is_free(
    holder: Person, visitor: Maker, world: World, school: School, account: Account
) -> None:
    records.bind(account)
    close(holder)
    world.wait(days=7, seconds=1)
    assert Account.get_by_id(account.id).state == "archived"
    assert Archive.get().why == "own_request"
    assert holder.visit("/me").path == "/login"
    again = identify(prove(visitor(), world, PHONE), "林晓溪", school.record("林晓溪").document)
    again.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("账号注册成功")


@pytest.mark.req("ACC-50")
def test_who_closes_again_gets_the_whole_time_again(holder: Person, world: World, account: Account) -> None:
    close(holder)
    world.wait(days=5)
    Account.update(state="active").execute()
    Account.update(state="closing", closes=Account.get().closes).execute()
    world.log_in(holder, Account.get_by_id(account.id)).visit("/me/closing").press("撤销注销")
    close(holder)
    world.wait(days=3)
    assert Account.get_by_id(account.id).state == "closing"


# messages


@pytest.mark.req("ACC-48")
def test_each_topic_and_channel_is_switched_but_security_stays(holder: Person, world: World, account: Account) -> None:
    account.email, account.email_proved = "xiaoxi@example.edu.cn", account.created
    account.save()
    page = holder.visit("/me").follow("消息推送")
    boxes = {box["value"]: box for box in page.page.find_all("input", attrs={"type": "checkbox"})}
    assert all(box.has_attr("checked") for box in boxes.values())
    assert {name for name, box in boxes.items() if box.has_attr("disabled")} == {"security:sms", "security:mail"}
    assert "check:wechat" not in boxes
    holder._filled["wanted"] = ["progress:sms", "check:mail"]
    holder.press("保存")
    fresh = Account.get_by_id(account.id)
    assert preferences.allowed(fresh, "security", "sms")
    assert not preferences.allowed(fresh, "progress", "mail")
    messages.tell(fresh, "account_kept", topic="check")
    assert [message.channel for message in Message.select()] == ["mail"]


@pytest.mark.req("ACC-25", "ACC-48")
def test_wechat_is_asked_apart_and_never_ticked_beforehand(visitor: Maker, world: World) -> None:
    me = identify(prove(visitor(), world))
    me.sees_not("接收微信消息提醒")
    defaults.change("msg.wechat", True, SYSTEM)
    me.visit("/register/password").sees("接收微信消息提醒")
    assert not me.page.find("input", attrs={"name": "wechat"}).has_attr("checked")
    me.tick("接收微信消息提醒").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    account = Account.get()
    assert preferences.allowed(account, "check", "wechat")
    assert Consent.select().where(Consent.kind == "wechat").count() == 1
    me.visit("/me/messages")
    me._filled["wanted"] = []
    me.press("保存")
    assert not preferences.allowed(account, "check", "wechat")


@pytest.mark.req("ACC-25")
def test_who_does_not_tick_it_gets_nothing_there(visitor: Maker, world: World) -> None:
    defaults.change("msg.wechat", True, SYSTEM)
    me = identify(prove(visitor(), world))
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    assert not any(preferences.allowed(Account.get(), topic, "wechat") for topic in preferences.TOPICS)


# who it is


@pytest.mark.req("ACC-46")
def test_a_code_to_the_phone_stands_for_a_forgotten_password(holder: Person, world: World) -> None:
    world.wait(minutes=11)
    holder.visit("/me/password").follow("忘了现在的密码，用短信验证码")
    holder.fill("图片验证码", world.captcha()).press("获取短信验证码")
    holder.fill("短信验证码", "000000").press("下一步")
    assert "校验码有误" in holder.errors()[0]
    holder.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert holder.path == "/me/password"
    holder.fill("新密码", NEW).fill("密码确认", NEW).press("修改密码")
    assert holder.path == "/me"
    holder.visit("/me/password").sees("现在的密码")


@pytest.mark.req("ACC-46")
def test_a_code_opens_the_questions_too(holder: Person, world: World) -> None:
    world.wait(minutes=11)
    holder.visit("/me/questions").follow("忘了密码，用短信验证码")
    holder.fill("图片验证码", world.captcha()).press("获取短信验证码")
    holder.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert holder.path == "/me/questions"


@pytest.mark.req("ACC-47")
def test_an_email_user_changes_the_address_to_log_in_with(
    holder: Person, visitor: Maker, world: World, account: Account
) -> None:
    account.email, account.email_proved = "old@example.edu.cn", account.created
    account.phone = account.phone_proved = None
    account.save()
    holder.visit("/me").sees("old@example.edu.cn").follow("修改用户名")
    holder.fill("安全邮箱", "new@example.edu.cn").press("发送确认邮件")
    assert Account.get_by_id(account.id).email == "old@example.edu.cn"
    visitor().visit(world.link("new@example.edu.cn")).press("确认邮箱")
    me = visitor().visit("/login").fill("手机号、证件号码或邮箱", "new@example.edu.cn").fill("密码", PASSWORD).press("登录")
    assert me.visit("/me").path == "/me"
    gone = visitor().visit("/login").fill("手机号、证件号码或邮箱", "old@example.edu.cn").fill("密码", PASSWORD).press("登录")
    assert gone.errors() == ["用户名或密码有误"]
