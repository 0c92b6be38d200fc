"""A school with no SMS contract (`sms=none`): everything from the slip to the desk works, and no SMS is ever promised."""

from dataclasses import replace

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.recovering import ANSWERS, MAIL, NEW, WORDS, ask_mail, begin, set_password
from tests.registering import NAME, NUMBER, identify
from tests.web.test_in_person import agree, end_of, meet, shown, type_number
from tests.web.test_slips import code_of, give, print_slips
from tests.web.test_staff_review import reviewer
from tests.world import World
from webapp.domain import defaults, in_person
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim
from webapp.models.in_person import Meeting
from webapp.models.journal import Job
from webapp.models.messages import Message
from webapp.models.photos import Upload
from webapp.models.staff import Staff
from webapp.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, sms="none")


@pytest.fixture
def ni(app, world: World, school: School) -> Person:
    return world.log_in(Person(app), school.staff("ni"))


def log_in(person: Person, password: str = PASSWORD) -> Person:
    return person.visit("/login").fill("手机号、证件号码或邮箱", NUMBER).fill("密码", password).press("登录")


def register(ni: Person, her: Person, world: World, school: School) -> Person:
    print_slips(ni, school)
    identify(give(her, world, code_of(school), phone="")).sees("设置密码")
    return her.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")


def test_a_site_without_sms_starts(app, settings: Settings) -> None:
    told = {"demo": False, "mail": "smtp", "mail_url": "smtp://localhost", "mail_from": "a@example.edu.cn"}
    replace(settings, wechat="none", alipay="none", faces="manual", **told).check()


@pytest.mark.req("SCH-33", "DUP-30")
def test_the_whole_story_without_one_sms(ni, person, world, school, app):
    her = person()
    assert her.visit("/register").path == "/register/slip"
    her.sees_not("短信验证码")
    register(ni, her, world, school).sees("账号注册成功", f"{NUMBER[0]}*****{NUMBER[-1]}")
    account = Account.get(Account.name == NAME)
    assert (account.state, account.phone, account.phone_proved) == ("active", None, None)
    for page in ("/me", "/records", "/me/phone", "/me/questions", "/messages", "/me/messages"):
        assert her.visit(page).status == 200, (page, her.text[:600])
    elsewhere = log_in(person(address="203.0.113.9"))
    assert elsewhere.visit("/me").status == 200
    assert "短信验证码" not in person().visit("/login").text

    her.visit("/me/email").fill("安全邮箱", MAIL).press("发送确认邮件")
    her.visit(world.link(MAIL)).press("确认邮箱").sees("安全邮箱已绑定")
    me = ask_mail(person(), world, name=NUMBER)
    assert "手机号" not in [one.get_text() for one in person().visit("/recover/way").page.select("main ul a")]
    set_password(me.visit(world.link(MAIL)).press("去设新密码")).sees("你的密码已被重新设置")
    assert log_in(person(), NEW).visit("/me").status == 200

    newcomer = make_account(school.record(NAME), "13800005678", state="duplicate")
    Account.update(phone=None, phone_index=None, phone_proved=None).where(Account.id == newcomer.id).execute()
    me = world.log_in(person(), Account.by_key(newcomer.key))
    first, second = reviewer(app, world, school, "ma"), reviewer(app, world, school, "he")
    agree(type_number(first, shown(me)), end_of(school), "确认，交给第二位老师")
    agree(second.visit("/staff/in-person").follow("林*溪"), end_of(school), "确认")
    assert Claim.get().state == "approved"
    world.wait(hours=73)
    assert Account.by_key(newcomer.key).state == "active"

    assert Message.select().where(Message.channel == "sms").count() == 0
    assert [line for line in world.outbox() if line.startswith("SMS")] == []
    assert Job.select().where(Job.state == "failed").count() == 0


def at_the_window(her: Person, world: World, name: str = NAME) -> str:
    """Somebody without slip and SMS, at the office; the number that her phone shows."""
    her.visit("/register/slip").follow("在学籍科窗口当面注册").fill("姓名", name).fill("证件号码", NUMBER)
    her.tick("我已阅读并同意").fill("图片验证码", world.captcha()).press("显示数字")
    return her.page.select_one("strong.big").get_text()


def officers(app, world: World, school: School) -> tuple[Person, Person]:
    return reviewer(app, world, school, "ma"), reviewer(app, world, school, "he")


@pytest.mark.req("DUP-30", "ACC-43")
def test_two_officers_stand_for_the_sms_at_registration(person, world, school, app):
    her, first_second = person(), officers(app, world, school)
    meet(first_second, at_the_window(her, world), NUMBER[-6:]).sees("没有短信的注册")
    her.visit("/register/in-person").press("继续注册").sees("设置密码")
    her.visit("/register/identity").fill("姓名", "林晓西").press("是，下一步")
    assert her.errors() == ["姓名和证件要和老师核对过的一样"]
    her.visit("/register/password").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("账号注册成功")
    account = Account.get()
    assert (account.state, account.phone, account.person_proved_by) == ("active", None, "desk")
    assert her.visit("/records").status == 200
    assert (Meeting.get().account_id, Upload.select().count()) == (account.id, 0)
    assert person().visit("/register/password").path != "/register/password"
    assert Message.select().where(Message.channel == "sms").count() == 0


@pytest.mark.req("DUP-30")
def test_one_meeting_makes_one_account_within_half_an_hour(person, world, school, app):
    her = person()
    meet(officers(app, world, school), at_the_window(her, world), NUMBER[-6:])
    world.wait(minutes=31)
    her.visit("/register/in-person").press("继续注册").sees("显示数字")
    assert her.visit("/register/password").path != "/register/password"


@pytest.mark.req("DUP-30", "SYS-06")
def test_who_stood_at_the_desk_and_went_away_is_forgotten_after_three_days(person, world, school, app):
    first, second = officers(app, world, school)
    meet((first, second), at_the_window(person(), world), NUMBER[-6:])
    meeting = Meeting.get()
    assert NUMBER in meeting.who and first.visit(f"/staff/in-person/{meeting.key}").status == 200
    world.wait(hours=72)
    in_person.sweep()
    assert Meeting.get().who is None
    world.log_in(first, Staff.get(Staff.login == "ma"))
    assert first.visit(f"/staff/in-person/{meeting.key}").status == 404


@pytest.mark.req("DUP-30")
def test_without_sms_the_new_phone_is_told_at_the_desk(person, world, school, app):
    account = make_account(school.record(NAME), "13800001111")
    her = person().visit("/recover/in-person").fill("姓名", NAME).fill("证件号码", NUMBER)
    her.fill("图片验证码", world.captcha()).press("显示数字")
    meet(officers(app, world, school), her.page.select_one("strong.big").get_text(), NUMBER[-6:])
    her.visit("/recover/in-person").press("设新密码").fill("新手机号", "13800007777")
    set_password(her.fill("图片验证码", world.captcha()).press("下一步")).sees("你的密码已被重新设置")
    assert Account.by_key(account.key).phone == "13800007777"


@pytest.mark.req("SCH-33", "REC-08")
def test_questions_and_printed_codes_open_it_too(ni, person, world, school):
    her = person()
    register(ni, her, world, school)
    her.visit("/me/optional")
    for n, words in enumerate(WORDS, start=1):
        her.fill(f"密保问题{n}", words).fill(f"答案{n}", list(ANSWERS.values())[n - 1])
    her.press("保存")
    codes = [
        item.get_text() for item in her.visit("/me").follow("设置恢复码").press("生成 10 个恢复码").page.select("main ol li")
    ]
    me = begin(person(), world, NUMBER).follow("恢复码").fill("恢复码", codes[0]).press("下一步")
    set_password(me).sees("你的密码已被重新设置")
    me = begin(person(), world, NUMBER).follow("密保问题")
    for n, words in enumerate(WORDS, start=1):
        me.fill(f"密保问题{n}", words).fill(f"答案{n}", list(ANSWERS.values())[n - 1])
    me.press("下一步")
    assert me.path == "/recover/wait"
    world.wait(hours=defaults.value("rec.notice_hours") + 1)
    set_password(me.visit("/recover/new"), NEW + "x").sees("你的密码已被重新设置")
