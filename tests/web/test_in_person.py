"""当面核验: the number on her phone, the officer who looks, the second who confirms, and who may not."""

import pytest

from tests.domain.test_duplicates import used
from tests.people import School, make_account, make_school
from tests.person import Person
from tests.recovering import set_password
from tests.registering import NAME
from tests.web.test_duplicates import choose, me, old  # noqa: F401 (fixtures)
from tests.web.test_staff_review import reviewer
from tests.world import World
from webapp.domain import in_person
from webapp.domain.recovery import at_desk
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Decision
from webapp.models.in_person import Meeting
from webapp.models.journal import Event
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff
from webapp.providers.files import Files

WAY = "当面核验"
FACE, CARD, END = "人和证件上的照片是同一个人", "证件是原件", "证件号码的最后六位"


def two_officers(app, world: World, school: School) -> tuple[Person, Person]:
    return reviewer(app, world, school, "ma"), reviewer(app, world, school, "he", role="R")


@pytest.fixture
def officers(app, world: World, school: School) -> tuple[Person, Person]:
    return two_officers(app, world, school)


def shown(person: Person) -> str:
    """The number that her phone shows now."""
    choose(person, WAY)
    if "显示数字" in person.text:
        person.press("显示数字")
    return read(person)


def read(person: Person) -> str:
    person.visit("/duplicate/in-person")
    return person.page.select_one("strong.big").get_text().replace(" ", "")


def type_number(officer: Person, number: str) -> Person:
    return officer.visit("/staff/in-person").fill("学生手机上的数字", number).press("开始核对")


def agree(officer: Person, end: str, button: str) -> Person:
    return officer.tick(FACE).tick(CARD).fill(END, end).press(button)


def number_of(her: Person) -> str:
    """The number on the phone of somebody who asked for something beforehand, at the office."""
    her.follow("我在学籍科窗口").press("显示数字")
    return her.page.select_one("strong.big").get_text()


def meet(officers: tuple[Person, Person], number: str, end: str) -> Person:
    """Both officers agree; the second's page."""
    first, second = officers
    agree(type_number(first, number), end, "确认，交给第二位老师")
    key = Meeting.select().where(Meeting.state == "seen").order_by(Meeting.id.desc()).get().key
    return agree(second.visit(f"/staff/in-person/{key}"), end, "确认")


def end_of(school: School) -> str:
    return school.record(NAME).document[-6:]


@pytest.mark.req("DUP-30", "DUP-04")
def test_two_officers_at_the_desk_settle_a_duplicate(me, old, officers, school, world):  # noqa: F811
    first, second = officers
    type_number(first, shown(me)).sees(NAME, "1*****", "没有这位学生的录取照片").sees_not(school.record(NAME).document)
    me.visit("/duplicate/in-person").sees("老师正在核对")
    agree(first, end_of(school), "确认，交给第二位老师").sees("等第二位老师")
    me.visit("/duplicate/in-person").sees("等第二位确认")
    second.visit("/staff/in-person").sees("林*溪", "证件号码重复").follow("林*溪")
    agree(second, end_of(school), "确认").sees("已经办好")
    me.visit("/duplicate/in-person").sees("两位老师都已确认").follow("看结果").sees("核验通过")
    world.wait(seconds=31)
    mine = Account.get(Account.phone_index == Account.phone_index.of("13800005678"))
    assert (mine.state, mine.person_proved_by) == ("active", "desk")
    assert Account.by_key(old.key).state == "archived"
    assert (Claim.get().way, Upload.select().count(), Decision.select().count()) == ("desk", 0, 0)
    told = [event.action for event in Event.select().where(Event.object == f"meeting:{Meeting.get().key}").order_by(Event.seq)]
    assert [one for one in told if one != "meeting.look"] == [
        "meeting.begin", "meeting.take", "meeting.see", "meeting.confirm",
    ]  # fmt: skip
    assert told.count("meeting.look") == 4


@pytest.mark.req("DUP-30", "DUP-20")
def test_an_account_in_use_still_has_its_time_to_object(me, old, officers, school, world):  # noqa: F811
    used(old)
    first, second = officers
    agree(type_number(first, shown(me)), end_of(school), "确认，交给第二位老师")
    agree(second.visit(f"/staff/in-person/{Meeting.get().key}"), end_of(school), "确认")
    world.wait(hours=71)
    assert Claim.get().state == "approved" and Account.by_key(old.key).state == "active"
    world.wait(hours=2)
    assert Claim.get().state == "done"


@pytest.mark.req("DUP-30")
def test_the_number_changes_every_half_minute_and_is_nobody_elses(me, old, officers, school, world):  # noqa: F811
    first, second = officers
    early = shown(me)
    world.wait(seconds=61)
    assert read(me) != early
    assert type_number(first, early).errors() == ["没有手机在显示这个数字，看看是不是刚换了一个"]
    late = read(me)
    world.wait(seconds=30)
    assert type_number(first, f"{late[:3]} {late[3:]}").heading == NAME
    assert type_number(second, late).errors()[0].startswith("没有手机在显示")
    assert second.visit(f"/staff/in-person/{Meeting.get().key}").status == 404


@pytest.mark.req("DUP-30")
def test_one_officer_is_not_two_and_the_second_comes_in_time(me, old, officers, school, world):  # noqa: F811
    first, second = officers
    agree(type_number(first, shown(me)), end_of(school), "确认，交给第二位老师").sees("等第二位老师").sees_not(END)
    key = Meeting.get().key
    data = {"csrf_token": first.token(), "face": "y", "card": "y", "card_end": end_of(school)}
    assert first.post(f"/staff/in-person/{key}", data).errors() == ["第二次由另一位同事确认"]
    world.wait(minutes=11)
    assert second.visit(f"/staff/in-person/{key}").status == 404
    first.visit(f"/staff/in-person/{key}").sees("过期了")
    assert Claim.get().state == "open"
    me.visit("/duplicate/in-person").sees("上一次没有办完").press("显示数字").sees("把这个数字给老师看")


@pytest.mark.req("DUP-30")
def test_wrong_numbers_are_few_and_the_card_is_read(me, old, officers, school):  # noqa: F811
    first, _ = officers
    type_number(first, shown(me))
    assert first.press("确认，交给第二位老师").errors() == ["看过了再勾选；对不上就选不通过"] * 2
    for _n in range(5):
        assert agree(first, "000000", "确认，交给第二位老师").errors()[0].startswith("和登记的证件号码对不上")
    assert agree(first, end_of(school), "确认，交给第二位老师").errors()[0].startswith("错得太多")
    first.visit("/staff/in-person")
    assert type_number(first, "12").errors() == ["数字是 6 位"]
    for _n in range(10):
        type_number(first, "000000")
    assert type_number(first, "000000").errors()[0].startswith("错得太多")


@pytest.mark.req("DUP-30")
def test_who_does_not_fit_is_turned_away(me, old, officers):  # noqa: F811
    first, _ = officers
    type_number(first, shown(me)).press("不通过").sees("没有通过")
    me.visit("/duplicate/in-person").sees("这次没有通过").press("显示数字").sees("把这个数字给老师看")
    assert Claim.get().state == "open"


@pytest.mark.req("DUP-30")
def test_nobody_looks_at_themselves_nor_decides_beside_the_photos(me, old, officers, school, world, app):  # noqa: F811
    first, second = officers
    staff = Staff.get(Staff.login == "ma")
    staff.phone = "13800005678"
    staff.save()
    assert type_number(first, shown(me)).errors() == ["这一位与你本人有关，由别的同事核对"]
    Claim.update(state="in_review").execute()
    agree(type_number(second, read(me)), end_of(school), "确认，交给第二位老师")
    third = reviewer(app, world, school, "du").visit(f"/staff/in-person/{Meeting.get().key}")
    assert agree(third, end_of(school), "确认").errors() == ["老师正在看已经交的照片，等他们决定以后再来"]
    assert Meeting.get().state == "seen"


@pytest.mark.req("DUP-30", "SYS-09")
def test_the_desk_of_another_school_finds_nobody(me, old, app, world):  # noqa: F811
    far = reviewer(app, world, make_school("88888", "远山学院"), "yuan")
    assert type_number(far, shown(me)).errors()[0].startswith("没有手机在显示")
    assert far.visit(f"/staff/in-person/{Meeting.get().key}").status == 404


@pytest.mark.req("DUP-30")
def test_the_moving_part_moves_alone(me, old, world):  # noqa: F811
    me.visit("/duplicate/in-person")
    assert me.path == "/duplicate"
    shown(me)
    part = me.client.get("/duplicate/in-person/number", headers={"HX-Request": "true"})
    assert b"<html" not in part.data and read(me)[:3].encode() in part.data
    world.wait(minutes=16)
    gone = me.client.get("/duplicate/in-person/number", headers={"HX-Request": "true"})
    assert gone.headers["HX-Redirect"] == "/duplicate/in-person"


@pytest.mark.req("DUP-30", "DUP-29")
def test_the_admission_photo_shows_while_it_is_looked_at_and_each_look_is_history(me, old, officers, school, world):  # noqa: F811
    first, second = officers
    upload = Files(world.worker.outside.storage).keep(b"a face", "admission_photo", state="clean", media="image/jpeg")
    Record.update(photo=upload).where(Record.name == NAME).execute()
    type_number(first, shown(me))
    path = f"/staff/in-person/{Meeting.get().key}/photo"
    picture = first.client.get(path)
    assert (picture.data, picture.headers["Cache-Control"]) == (b"a face", "no-store")
    assert Event.select().where((Event.action == "picture.look") & (Event.actor.startswith("staff:"))).count() == 1
    assert second.client.get(path).status_code == 404
    world.wait(minutes=16)
    world.log_in(first, Staff.get(Staff.login == "ma"))
    assert first.client.get(path).status_code == 404
    assert (in_person.sweep(), in_person.sweep()) == (1, 0)


def at_the_desk(her: Person, world: World, name: str, number: str) -> str:
    """Somebody who cannot get in, at the office; the number that her phone shows."""
    her.visit("/recover/none").follow("我在学籍科窗口").fill("姓名", name).fill("证件号码", number)
    her.fill("图片验证码", world.captcha()).press("显示数字")
    return her.page.select_one("strong.big").get_text()


@pytest.mark.req("DUP-30", "REC-09")
def test_who_lost_the_phone_gets_the_account_back_at_the_desk(old, person, officers, school, world):  # noqa: F811
    first, second = officers
    her, other = person(), person(address="203.0.113.9")
    number = at_the_desk(her, world, NAME, old.document)
    at_the_desk(other, world, NAME, old.document)
    agree(type_number(first, number), end_of(school), "确认，交给第二位老师")
    agree(second.visit("/staff/in-person").follow("林*溪"), end_of(school), "确认").sees("已经办好")
    assert other.visit("/recover/new").path == "/recover"
    assert other.visit("/recover/in-person/phone").path == "/recover"
    set_password(her.visit("/recover/in-person").press("设新密码").follow("手机号不换")).sees("你的密码已被重新设置")
    assert Meeting.select().where(Meeting.used.is_null(False)).count() == 1
    other.visit("/recover/in-person").sees_not("设新密码")


NEW_PHONE = "13800007777"


def given_back(her: Person, officers: tuple[Person, Person], world: World, school: School, account: Account) -> Person:
    meet(officers, at_the_desk(her, world, NAME, account.document), end_of(school))
    return her.visit("/recover/in-person").press("设新密码")


@pytest.mark.req("DUP-30", "REC-11")
def test_the_lost_phone_is_replaced_by_one_that_a_code_proves(old, person, officers, school, world):  # noqa: F811
    her = given_back(person(), officers, world, school, old)
    assert her.visit("/recover/in-person/code").path == "/recover/in-person/phone"
    her.fill("新手机号", old.phone).fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert her.errors() == ["这就是现在的手机号，换一个"]
    her.fill("新手机号", NEW_PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert her.fill("短信验证码", "000000").press("下一步").status == 422
    her.fill("短信验证码", world.code(NEW_PHONE)).press("下一步")
    assert Account.by_key(old.key).phone == old.phone
    set_password(her).sees("你的密码已被重新设置")
    assert Account.by_key(old.key).phone == NEW_PHONE
    assert any(line.startswith("SMS 138 0000 1111") and "换" in line for line in world.outbox())


@pytest.mark.req("DUP-30")
def test_a_phone_that_is_somebody_elses_is_not_given_at_the_desk(old, person, officers, school, world):  # noqa: F811
    make_account(school.record("何苗"), NEW_PHONE)
    her = given_back(person(), officers, world, school, old)
    her.fill("新手机号", NEW_PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert her.fill("短信验证码", world.code(NEW_PHONE)).press("下一步").errors() == ["手机号码已被注册!"]


@pytest.mark.req("DUP-30", "REC-11")
def test_the_new_phone_waits_with_the_password_where_the_account_is_in_use(  # noqa: F811
    old,  # noqa: F811
    person,
    officers,
    school,
    world,
):
    used(old)
    her = given_back(person(), officers, world, school, old)
    her.fill("新手机号", NEW_PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert her.fill("短信验证码", world.code(NEW_PHONE)).press("下一步").path == "/recover/wait"
    world.wait(hours=73)
    set_password(her.visit("/recover/new")).sees("你的密码已被重新设置")
    assert Account.by_key(old.key).phone == NEW_PHONE


@pytest.mark.req("DUP-30", "REC-04")
def test_the_page_tells_nobody_whether_there_is_an_account(person, officers, school, world):  # noqa: F811
    first, second = officers
    her = person()
    agree(
        type_number(first, at_the_desk(her, world, NAME, school.record(NAME).document)), end_of(school), "确认，交给第二位老师"
    )
    confirm = second.visit("/staff/in-person").follow("林*溪")
    assert agree(confirm, end_of(school), "确认").errors() == ["没有用这个姓名和证件号码注册的账号，让学生注册一个"]
    assert person().visit("/recover/in-person").press("显示数字").errors()[0] == "填写图片验证码"
    assert her.visit("/recover/new").path == "/recover"


@pytest.mark.parametrize("number", ["!!!!!!", "N12345678", "11010519491231002X", "110105490512002", "一二三四五六"])
def test_any_number_may_be_told_at_the_desk(world, school, number):
    assert in_person.enrolled(at_desk.begin("林晓溪", number)) is None
