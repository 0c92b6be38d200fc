"""注册码纸条: the office prints a class, a student registers with one, and what a slip does not open."""

import re

import pytest

from tests.people import PASSWORD, School, id_number, make_account
from tests.person import Person
from tests.registering import NAME, NUMBER, identify
from tests.world import World
from webapp.domain import slips
from webapp.models.accounts import Account
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.school import Class
from webapp.models.slips import Slip

PHONE = "13800005678"


@pytest.fixture
def ni(app, world: World, school: School) -> Person:
    return world.log_in(Person(app), school.staff("ni"))


def of(school: School) -> Class:
    return Record.by_key(school.record(NAME).key).klass


def print_slips(ni: Person, school: School) -> Person:
    return ni.visit(f"/staff/slips/classes/{of(school).key}").press("生成纸条")


def code_of(school: School, name: str = NAME) -> str:
    return slips.code(Slip.get((Slip.record == school.record(name)) & (Slip.state == "open")))


def give(person: Person, world: World, code: str, phone: str = PHONE) -> Person:
    person.visit("/register/slip").fill("注册码", code).fill("手机号", phone).tick("我已阅读并同意")
    return person.fill("图片验证码", world.captcha()).press("下一步")


def finish(person: Person) -> Person:
    return person.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")


@pytest.mark.req("SCH-33")
def test_a_slip_stands_for_the_sms(ni, person, world, school):
    sheet = ni.visit("/staff/slips").follow(of(school).college.name).follow(of(school).name).press("生成纸条")
    sheet.sees(NAME, "只能本人用一次", code_of(school)[:4] + "-" + code_of(school)[4:]).sees_not(NUMBER)
    her, before = person(), len(world.outbox())
    give(her, world, f" {code_of(school)[:4].lower()} {code_of(school)[4:]}").sees("138 0000 5678")
    finish(identify(her)).sees("账号注册成功", "138 0000 5678")
    account = Account.get(Account.name == NAME)
    slip = Slip.get(Slip.record == school.record(NAME))
    assert (account.state, account.phone, slip.state, slip.account) == ("active", PHONE, "used", account.id)
    assert not [line for line in world.outbox()[before:] if line.startswith("SMS")]
    her.visit("/records").sees("学籍")
    assert ni.visit(f"/staff/slips/classes/{of(school).key}").sees_not(NAME)


@pytest.mark.req("SCH-33")
def test_the_code_in_the_picture_is_in_the_field_already(ni, person, world, school):
    html = print_slips(ni, school).page
    assert len(html.select("li.slip svg")) == len(html.select("li.slip")) == len(slips.students(of(school)))
    her = person().visit(f"/register/slip/{code_of(school)}")
    assert her.value("注册码") == code_of(school)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code_of(school))
    assert person().visit("/register").follow("用学校发的注册码").heading == "用注册码注册"


@pytest.mark.req("SCH-33")
def test_a_slip_fits_its_student_alone_and_the_office_hears_of_others(ni, person, world, school):
    print_slips(ni, school)
    other = person()
    give(other, world, code_of(school))
    for left in (2, 1):
        assert f"还能试 {left} 次" in identify(other, "何苗", id_number("20080101", 4)).errors()[0]
    assert "已作废" in identify(other, NAME, id_number("20080101", 4)).errors()[0]
    assert Account.select().count() == 0
    assert "已作废" in give(person(), world, slips.code(Slip.get(Slip.misfits > 0))).errors()[0]
    ni.visit(f"/staff/slips/classes/{of(school).key}").sees("姓名或证件对不上的", NAME)
    assert Event.select().where(Event.action == "slip.misfit").count() == 3


@pytest.mark.req("SCH-33")
def test_printing_again_ends_the_earlier_codes(ni, person, world, school):
    print_slips(ni, school)
    early = code_of(school)
    print_slips(ni, school)
    assert give(person(), world, early).errors() == ["学校重新打印过，这一条作废了，用新的纸条"]
    assert give(person(), world, "AAAAAAAA").errors() == ["没有这个注册码，对照纸条再看一遍"]
    assert give(person(), world, "AAA").errors() == ["注册码是 8 位"]
    assert give(person(), world, "").errors() == ["填写纸条上的注册码"]
    finish(identify(give(person(), world, code_of(school))))
    assert "用过了" in give(person(), world, slips.code(Slip.get(Slip.state == "used"))).errors()[0]
    assert Event.select().where(Event.action == "class.print_slips").count() == 2
    late = code_of(school, next(one.name for one in slips.students(of(school))))
    world.wait(days=31)
    assert give(person(), world, late).errors() == ["注册码过期了，找学籍科补打"]
    assert (slips.sweep(), slips.sweep()) == (3, 0)
    assert give(person(), world, late).errors() == ["注册码过期了，找学籍科补打"]


@pytest.mark.req("SCH-33")
def test_a_sheet_opens_for_an_hour_to_who_printed_it(ni, app, world, school):
    path = print_slips(ni, school).path
    assert ni.visit(path).status == 200
    assert world.log_in(Person(app), school.staff("admin")).visit(path).status == 403
    world.wait(minutes=61)
    assert world.log_in(ni, school.staff("ni")).visit(path).status == 404


@pytest.mark.req("SCH-33")
def test_a_slip_takes_nobodys_phone_away(ni, person, world, school):
    make_account(school.record("何苗"), PHONE)
    print_slips(ni, school)
    her = person()
    assert give(her, world, code_of(school)).errors() == ["手机号码已被注册!"]
    finish(identify(give(her, world, code_of(school), "13800005679"))).sees("账号注册成功")
    assert Account.get(Account.name == "何苗").phone == PHONE


@pytest.mark.req("SCH-33")
def test_who_changes_their_mind_goes_on_by_sms(ni, person, world, school):
    print_slips(ni, school)
    her = give(person(), world, code_of(school))
    her.visit("/register/slip").press("不用注册码，改用短信")
    assert her.path == "/register/phone"
    assert Slip.get(Slip.record == school.record(NAME)).state == "open"


@pytest.mark.req("SCH-33")
def test_a_taken_identity_is_claimed_with_a_slip_too(ni, person, world, school):
    print_slips(ni, school)
    early = code_of(school)
    make_account(school.record(NAME), "13800001111")
    her = identify(give(person(), world, early))
    her.sees("证件号码").press("我要重新注册")
    finish(her)
    assert Account.get(Account.phone_index == Account.phone_index.of(PHONE)).state == "duplicate"
