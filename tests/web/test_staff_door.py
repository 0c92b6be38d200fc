"""The door of the staff: two steps, locks, the one-time link, waking up, the own account."""

import re

import pyotp
import pytest

from tests.people import PASSWORD, TOTP, make_account
from webapp.domain import sessions, users
from webapp.domain.clock import today
from webapp.domain.permissions import SYSTEM
from webapp.domain.users import Role
from webapp.models.journal import Event
from webapp.models.staff import Staff

NEW = "ling-yi-tiao-shan-lu-77"


def first_step(visitor, login="ni", password=PASSWORD):
    return visitor.visit("/staff/login").fill("登录名", login).fill("密码", password).press("下一步")


def log_in(visitor, login="ni"):
    return first_step(visitor, login).fill("动态码", pyotp.TOTP(TOTP).now()).press("登录")


def actions() -> list[str]:
    return [event.action for event in Event.select().order_by(Event.seq)]


@pytest.mark.req("SCH-01", "SYS-10")
def test_staff_enter_with_password_and_time_code(person, school):
    ni = log_in(person())
    assert ni.path == "/staff"
    assert ni.heading == "待办"
    ni.sees("2026 级新生学籍自查")
    assert actions() == ["staff.enter"]


@pytest.mark.req("SYS-10")
def test_a_time_code_works_once(person, school):
    code = pyotp.TOTP(TOTP).now()
    log_in(person())
    second = first_step(person()).fill("动态码", code).press("登录")
    assert second.status == 422
    assert second.errors() == ["动态码不对，或已经用过，等下一个再试"]


@pytest.mark.req("SYS-10")
def test_the_password_alone_opens_nothing(person, school):
    ni = first_step(person())
    assert ni.path == "/staff/login/second"
    assert ni.visit("/staff").path == "/staff/login"
    assert ni.visit("/staff/me").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_half_way_in_lasts_five_minutes(person, world, school):
    ni = first_step(person())
    world.wait(minutes=5)
    assert ni.fill("动态码", pyotp.TOTP(TOTP).now()).press("登录").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_wrong_login_and_wrong_password_read_alike(person, school):
    unknown = first_step(person(), login="nobody")
    wrong = first_step(person(), password="something-else-1")
    assert unknown.errors() == wrong.errors() == ["登录名或密码不对"]
    assert unknown.status == wrong.status == 422


def test_empty_fields_are_named_all_at_once(person, school):
    empty = person().visit("/staff/login").press("下一步")
    assert empty.errors() == ["填写登录名", "填写密码"]


@pytest.mark.req("SYS-10")
def test_five_wrong_passwords_lock_for_ten_minutes_and_tell_the_holder(visitor, world, school):
    ni = school.staff("ni")
    ni.email = "ni@example.edu.cn"
    ni.save()
    for _ in range(5):
        first_step(visitor(), password="something-else-1")
    locked = first_step(visitor())
    assert locked.errors() == ["试的次数太多，10:10 后再试"]
    assert any(line.startswith("MAIL ni@example.edu.cn ") and "锁定" in line for line in world.outbox())
    assert actions() == ["staff.lock"]
    world.wait(minutes=10)
    assert log_in(visitor()).path == "/staff"


@pytest.mark.req("SYS-10")
def test_a_stranger_cannot_lock_the_door_for_who_came_in_before(visitor, world, school):
    officer = school.staff("ni")
    officer.email = "ni@example.edu.cn"
    officer.save()
    ni = log_in(visitor()).press("退出")
    for _ in range(6):
        locked = first_step(visitor(), password="something-else-1")
    assert locked.errors() == ["试的次数太多，10:10 后再试"]
    world.wait(minutes=1)
    assert log_in(ni).path == "/staff"
    told = [line for line in world.outbox() if "锁定" in line]
    world.wait(minutes=10)
    for _ in range(6):
        first_step(visitor(), password="something-else-1")
    assert [line for line in world.outbox() if "锁定" in line] == told != []


@pytest.mark.req("SYS-10")
def test_time_codes_cannot_be_tried_out(visitor, school):
    ni = first_step(visitor())
    for _ in range(5):
        ni.fill("动态码", "000000").press("登录")
    assert ni.fill("动态码", pyotp.TOTP(TOTP).now()).press("登录").errors() == ["试的次数太多，10:10 后再试"]


@pytest.mark.req("SYS-10")
def test_staff_have_one_session_and_it_ends_after_fifteen_idle_minutes(visitor, world, school):
    desk = log_in(visitor())
    world.wait(minutes=1)
    phone = log_in(visitor())
    assert desk.visit("/staff").path == "/staff/login"
    world.wait(minutes=14)
    assert phone.visit("/staff").path == "/staff"
    world.wait(minutes=15)
    assert phone.visit("/staff").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_the_session_of_who_keeps_the_users_ends_sooner(visitor, world, school):
    admin = log_in(visitor(), "admin")
    world.wait(minutes=9)
    assert admin.visit("/staff").path == "/staff"
    world.wait(minutes=10)
    assert admin.visit("/staff").path == "/staff/login"
    log_in(admin, "admin")
    for _ in range(26):
        world.wait(minutes=9)
        assert admin.visit("/staff").path == "/staff"
    world.wait(minutes=9)
    assert admin.visit("/staff").path == "/staff/login"


@pytest.mark.req("SCH-01")
def test_leaving_ends_the_session(person, school):
    ni = log_in(person())
    token = ni.client.get_cookie("xd_session").value
    ni.press("退出")
    assert ni.path == "/staff/login"
    ni.client.set_cookie("xd_session", token)
    assert ni.visit("/staff").path == "/staff/login"


@pytest.mark.req("SYS-09")
def test_a_student_at_the_staff_door_stays_outside_and_leaves_wholly(person, world, school):
    student = world.log_in(person(), make_account(school.record("林晓溪"), "13800000001"))
    assert student.visit("/staff").path == "/staff/login"
    token = student.client.get_cookie("xd_session").value
    student.press("退出")
    student.client.set_cookie("xd_session", token)
    assert sessions.find(token) is None


@pytest.mark.req("SYS-10")
def test_an_invitation_sets_password_second_factor_and_ten_recovery_codes(person, world, school):
    _, token = users.add(SYSTEM, "wei", "韦老师", Role("R", school.unit, today()))
    wei = person().visit(f"/staff/invite/{token}").sees("韦老师")
    wei.fill("密码", NEW).fill("密码确认", NEW).press("保存密码")
    assert wei.path == "/staff/setup"
    secret = wei.page.find(class_="mono").text.replace(" ", "")
    assert wei.page.find("svg") is not None
    wei.fill("动态码", pyotp.TOTP(secret).now()).press("核对动态码")
    codes = [item.text for item in wei.page.select(".codes li")]
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code) for code in codes)
    assert wei.follow("我存好了").path == "/staff"
    again = person().visit(f"/staff/invite/{token}")
    assert (again.status, again.heading) == (404, "链接不能用了")

    world.wait(minutes=1)
    lost = first_step(person(), "wei", NEW).fill("动态码", codes[3].lower()).press("登录")
    assert lost.path == "/staff"
    lost.follow("您好").sees("还剩 9 个")
    twice = first_step(person(), "wei", NEW).fill("动态码", codes[3]).press("登录")
    assert twice.status == 422


@pytest.mark.req("SYS-10")
def test_the_first_link_is_a_hundred_and_twenty_eight_bits_and_holds_an_hour(person, world, school):
    _, token = users.add(SYSTEM, "root", "第一位管理员", Role("O", None, today()))
    assert len(token) == 22
    world.wait(minutes=60)
    assert person().visit(f"/staff/invite/{token}").status == 404


@pytest.mark.parametrize(
    ("password", "repeat", "sentence"),
    [
        ("", "", ["设一个密码", "再输一遍密码"]),
        ("shan-shui-9", "shan-shui-9", None),
        (NEW, NEW + "x", ["两次输入的密码不一样"]),
    ],
)
@pytest.mark.req("SYS-10")
def test_a_password_of_the_staff_has_twelve_characters(person, school, password, repeat, sentence):
    _, token = users.add(SYSTEM, "wei", "韦老师", Role("R", school.unit, today()))
    wei = person().visit(f"/staff/invite/{token}").fill("密码", password).fill("密码确认", repeat).press("保存密码")
    assert wei.status == 422
    assert wei.errors() == sentence or (sentence is None and "12" in wei.errors()[0])


@pytest.mark.req("SYS-10")
def test_after_ninety_days_the_account_sleeps_and_wakes_by_both_factors_and_the_work_phone(person, world, school):
    ni = school.staff("ni")
    ni.phone = "13800005678"
    ni.save()
    world.wait(days=90)
    asleep = log_in(person())
    assert asleep.heading == "账号休眠了"
    assert Staff.get(Staff.login == "ni").state == "asleep"
    asleep.sees("138****5678").press("发送短信验证码").fill("短信验证码", world.code("13800005678")).press("唤醒并登录")
    assert asleep.path == "/staff"
    assert actions() == ["staff.sleep", "staff.wake", "staff.enter"]


@pytest.mark.req("SYS-10")
def test_who_sleeps_without_a_work_phone_is_sent_to_the_officer(person, world, school):
    world.wait(days=90)
    asleep = log_in(person()).sees("没有登记工作手机")
    assert asleep.visit("/staff/wake/code").path == "/staff/wake"
    assert asleep.post("/staff/wake", {"csrf_token": "none"}).status == 400


@pytest.mark.req("SYS-10")
def test_waking_is_for_who_passed_both_steps(person, world, school):
    world.wait(days=90)
    assert first_step(person()).visit("/staff/wake").path == "/staff/login"
    assert person().visit("/staff/wake/code").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_another_phone_is_set_up_against_the_old_code(person, world, school):
    ni = log_in(person())
    world.wait(minutes=1)
    ni.visit("/staff/me/second").fill("动态码或恢复码", pyotp.TOTP(TOTP).now()).press("下一步")
    secret = ni.page.find(class_="mono").text.replace(" ", "")
    ni.fill("动态码", pyotp.TOTP(secret).now()).press("核对动态码").follow("我存好了")
    assert ni.path == "/staff/me"
    world.wait(minutes=1)
    old = log_in(person())
    assert old.status == 422
    assert old.fill("动态码", pyotp.TOTP(secret).now()).press("登录").path == "/staff"


@pytest.mark.req("SYS-10")
def test_new_recovery_codes_end_the_old_ones(person, world, school):
    ni = log_in(person())
    world.wait(minutes=1)
    ni.visit("/staff/me/codes").fill("动态码或恢复码", pyotp.TOTP(TOTP).now()).press("显示新的恢复码")
    assert len(ni.page.select(".codes li")) == 10
    ni.follow("我存好了").sees("还剩 10 个")
    assert ni.visit("/staff/me/codes").fill("动态码或恢复码", "123456").press("显示新的恢复码").status == 422


@pytest.mark.req("SYS-10")
def test_the_own_password_is_changed_against_the_current_one(person, world, school):
    ni = log_in(person())
    ni.visit("/staff/me/password").fill("当前密码", "wrong-wrong-wrong").fill("新密码", NEW).press("保存新密码")
    assert ni.errors() == ["当前密码不对"]
    ni.fill("当前密码", PASSWORD).fill("新密码", NEW).press("保存新密码")
    assert ni.path == "/staff/me"
    assert first_step(person()).errors() == ["登录名或密码不对"]
    assert first_step(person(), password=NEW).path == "/staff/login/second"
