"""更换手机号: both codes, or the office and the time to object; and whom support keeps a number for."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from tests.people import PASSWORD, School, make_account, make_school
from tests.person import Person
from tests.registering import NAME, NUMBER, ask_code, identify
from tests.web.test_in_person import agree, number_of, two_officers, type_number
from tests.web.test_staff_review import reviewer
from tests.world import World
from webapp.domain import defaults, permissions, sessions
from webapp.domain.changes import reviews
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account
from webapp.models.changes import Amendment
from webapp.models.in_person import Meeting
from webapp.models.journal import Event
from webapp.models.records import Record

OLD, NEW = "13800000001", "13800000002"

Maker = Callable[..., Person]


@pytest.fixture
def officers(app: Flask, world: World, school: School) -> tuple[Person, Person]:
    return two_officers(app, world, school)


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), OLD)


@pytest.fixture
def holder(person: Maker, world: World, account: Account) -> Person:
    return world.log_in(person(), account)


def prove_old(holder: Person, world: World) -> Person:
    holder.visit("/me").follow("修改手机号").fill("图片验证码", world.captcha()).press("获取短信验证码")
    return holder.fill("短信验证码", world.code(OLD)).press("下一步")


def prove_new(holder: Person, world: World, phone: str = NEW) -> Person:
    holder.fill("新手机号", phone).fill("图片验证码", world.captcha()).press("获取短信验证码")
    return holder.fill("短信验证码", world.code(phone)).press("更换手机号")


def lose_old(holder: Person, world: World) -> Person:
    return holder.visit("/me/phone").follow("这个号码收不到短信了").press("继续，填新手机号")


def officer(school: School) -> permissions.Actor:
    return sessions.staff_actor(school.staff("ni"))


@pytest.mark.req("ACC-44")
def test_a_phone_changes_after_a_code_to_the_old_and_one_to_the_new(
    holder: Person, person: Maker, world: World, account: Account
) -> None:
    other = world.log_in(person(), account)
    prove_new(prove_old(holder, world), world)
    assert holder.path == "/me"
    holder.sees("138 0000 0002")
    assert other.visit("/me").path == "/login"
    told = [line for line in world.outbox() if "手机号刚刚换了" in line]
    assert any(line.startswith("SMS 138 0000 0001") for line in told)
    assert any(line.startswith("SMS 138 0000 0002") for line in told)
    assert Event.select().where(Event.action == "account.phone").count() == 1


@pytest.mark.req("ACC-44")
def test_a_number_in_use_is_told_only_after_its_code(holder: Person, school: School, world: World) -> None:
    make_account(school.record("何苗"), NEW)
    prove_old(holder, world)
    holder.fill("新手机号", NEW).fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert holder.path == "/me/phone/check"
    holder.fill("短信验证码", world.code(NEW)).press("更换手机号")
    assert holder.errors() == ["手机号码已被注册!"]


@pytest.mark.req("ACC-44")
def test_no_step_of_the_change_can_be_left_out(holder: Person, account: Account) -> None:
    holder.visit("/me/phone/new")
    assert holder.path == "/me/phone"
    assert holder.visit("/me/phone/check").path == "/me/phone"
    holder.post("/me/phone/new", {"phone": NEW})
    holder.post("/me/phone/check", {"code": "000000"})
    assert holder.status == 422
    assert Account.get_by_id(account.id).phone == OLD


@pytest.mark.req("ACC-44")
def test_with_the_old_phone_lost_the_office_looks_and_three_days_pass(
    holder: Person, officers: tuple[Person, Person], world: World, account: Account
) -> None:
    prove_new(lose_old(holder, world), world)
    holder.sees("要换到 138 0000 0002", "带证件到学籍科当面核对")
    assert any("说这个号码已经用不了" in line for line in world.outbox() if line.startswith("SMS 138 0000 0001"))
    number = number_of(holder)
    type_number(officers[0], number).sees("林晓溪", "改手机号", "138****0002").sees_not(account.document)
    agree(officers[0], account.document[-6:], "确认，交给第二位老师")
    agree(officers[1].visit("/staff/in-person").follow("林*溪"), account.document[-6:], "确认").sees("已经办好")
    holder.visit("/me/in-person/phone").sees("两位老师都已确认").follow("看结果").sees("学籍科核对过了")
    assert Event.select().where(Event.action == "meeting.look").count() == 4
    world.wait(hours=71)
    assert Account.get_by_id(account.id).phone == OLD
    world.wait(hours=1, seconds=1)
    changed = Account.get_by_id(account.id)
    assert (changed.phone, changed.person_proved_by) == (NEW, "desk")


@pytest.mark.req("ACC-44")
def test_who_still_has_the_old_phone_stops_the_change(
    holder: Person, visitor: Maker, world: World, school: School, account: Account
) -> None:
    account.email, account.email_proved = "xiaoxi@example.edu.cn", account.created
    account.save()
    prove_new(lose_old(holder, world), world)
    reviews.approve(Amendment.get(), officer(school))
    world.wait(hours=71, minutes=59)
    link = world.link("xiaoxi@example.edu.cn")
    owner = visitor().visit(link).press("不是我，停掉")
    owner.sees("停掉了")
    assert visitor().visit(link).status == 404
    world.wait(hours=2)
    kept = Account.get_by_id(account.id)
    assert (kept.phone, kept.new_password_due) == (OLD, True)
    assert holder.visit("/me").path == "/login"
    assert Amendment.get().state == "withdrawn"


def test_a_link_that_nobody_sent_stops_nothing(visitor: Maker, world: World) -> None:
    stranger = visitor().visit("/stop/made-up")
    assert stranger.status == 404
    assert stranger.post("/stop/made-up", {"csrf_token": visitor().visit("/login").token()}).status in (400, 404)


@pytest.mark.req("ACC-44")
def test_the_holder_takes_the_request_back(holder: Person, world: World) -> None:
    prove_new(lose_old(holder, world), world)
    holder.press("不换了，撤回申请")
    assert Amendment.get().state == "withdrawn"
    lose_old(holder, world)
    assert holder.path == "/me/phone/new"


def test_the_office_says_no_and_the_holder_reads_why(holder: Person, officers: tuple[Person, Person], world: World) -> None:
    prove_new(lose_old(holder, world), world)
    desk = type_number(officers[0], number_of(holder)).press("不通过")
    assert desk.errors() == ["至少选一条原因"]
    desk.tick("来的人和证件对不上").press("不通过").sees("没有通过")
    holder.visit("/me/phone").sees("来的人和证件对不上")


def test_an_approval_for_a_number_taken_since_changes_nothing(
    holder: Person, world: World, school: School, account: Account
) -> None:
    prove_new(lose_old(holder, world), world)
    reviews.approve(Amendment.get(), officer(school))
    make_account(school.record("何苗"), NEW)
    world.wait(hours=73)
    assert Account.get_by_id(account.id).phone == OLD
    assert (Amendment.get().state, Amendment.get().reason) == ("refused", "taken")


def test_a_change_of_another_school_is_not_there(
    app: Flask, world: World, holder: Person, account: Account, school: School
) -> None:
    elsewhere = make_school("99998", "海川学院")
    Record.update(identity_index="somebody else's").where(Record.unit == elsewhere.unit).execute()
    prove_new(lose_old(holder, world), world)
    far = reviewer(app, world, elsewhere, "yuan")
    assert type_number(far, number_of(holder)).errors()[0].startswith("没有手机在显示")
    assert far.visit(f"/staff/in-person/{Meeting.get().key}").status == 404


# phones kept by support


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 600), (200, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def keep_number(desk: Person, phone: str) -> Person:
    desk.visit("/staff/phones").fill("姓名", NAME).fill("手机号码", phone).fill("证件号码", NUMBER)
    return desk.attach("手持证件照片", "me.jpg", photo()).press("核对过了，保留手机号")


@pytest.mark.req("ACC-58")
def test_support_keeps_a_phone_for_one_person_who_then_registers(visitor: Maker, world: World, school: School) -> None:
    holder = make_account(school.record("何苗"), "13800005678")
    desk = world.log_in(visitor(), school.staff("ni"))
    keep_number(desk, "13800005678").sees("138****5678", "留着")
    released = Account.get_by_id(holder.id)
    assert (released.phone, released.phone_released is not None) == (None, True)
    me = ask_code(visitor(), world).fill("短信验证码", world.code("13800005678")).press("下一步")
    identify(me).fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    me.sees("账号注册成功")
    desk.visit("/staff/phones").sees("已注册")


@pytest.mark.req("ACC-58")
def test_meanwhile_nobody_else_gets_that_phone(visitor: Maker, world: World, school: School) -> None:
    defaults.change("acc.phone_reserve_hours", 24, SYSTEM)
    keep_number(world.log_in(visitor(), school.staff("ni")), "13800005678")
    other = school.record("何苗")
    someone = ask_code(visitor(), world).fill("短信验证码", world.code("13800005678")).press("下一步")
    identify(someone, other.name, other.document).fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    assert "留给另一个人注册" in someone.errors()[0]
    world.wait(hours=24, seconds=1)
    someone.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("账号注册成功")


@pytest.mark.req("ACC-58")
def test_a_phone_is_not_kept_without_a_picture(visitor: Maker, world: World, school: School) -> None:
    desk = world.log_in(visitor(), school.staff("ni")).visit("/staff/phones")
    desk.fill("姓名", NAME).fill("手机号码", NEW).fill("证件号码", NUMBER).press("核对过了，保留手机号")
    assert desk.errors() == ["选一张手持证件的照片"]


@pytest.mark.req("ACC-03")
def test_taking_a_phone_over_is_offered_only_where_the_school_says_so(visitor: Maker, world: World, school: School) -> None:
    make_account(school.record("何苗"), "13800005678")
    me = ask_code(visitor(), world).fill("短信验证码", world.code("13800005678")).press("下一步")
    me.sees("手机号码已被注册!").sees_not("继续注册")
    defaults.change("acc.phone_takeover", True, SYSTEM)
    me.visit("/register/taken").sees("继续注册", "当面核对以后", "不再绑定这个手机号", "所有设备退出登录")
