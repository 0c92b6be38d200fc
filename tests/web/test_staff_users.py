"""Colleagues keep each other's accounts: adding, roles, links, waking, closing, resetting by two."""

import pytest

from tests.people import make_school
from webapp.domain import clock, users
from webapp.domain.permissions import SYSTEM
from webapp.domain.users import Role
from webapp.jobs.staff import let_staff_sleep
from webapp.models.journal import Event
from webapp.models.staff import Grant, Staff


def as_staff(person, world, school, login):
    return world.log_in(person(), school.staff(login))


def open_page(visitor, name):
    return visitor.visit("/staff/users").follow(name)


def last_action() -> str:
    return Event.select().order_by(Event.seq.desc()).get().action


@pytest.fixture
def second_officer(school):
    """Another 学籍科 of the same school."""
    staff, _ = users.add(SYSTEM, "qiu", "邱老师", Role("R", school.unit, clock.today()))
    return staff


@pytest.mark.req("SYS-09", "SCH-01")
def test_the_officer_adds_a_counsellor_of_one_class_for_some_months(person, world, school):
    ni = as_staff(person, world, school, "ni").visit("/staff/users").follow("新增同事")
    ni.sees("辅导员", "学院教学办").sees_not("系统管理员", "审计员")
    ni.fill("姓名", "方老师").fill("登录名", "Fang").fill("工作邮箱", "fang@example.edu.cn")
    ni.tick("辅导员").fill("范围", "信息工程学院 计应 2602 班").fill("到哪天为止", "2027/1/31").press("新增，得到链接")
    ni.sees("链接只显示这一次")
    address = ni.page.find(class_="mono").text
    assert address.endswith(world.link("fang@example.edu.cn"))
    grant = Grant.select().join(Staff).where(Staff.login == "fang").get()
    assert (grant.role, grant.klass.name, grant.unit_id) == ("C", "计应 2602 班", school.unit.id)
    assert clock.shown(grant.ends).isoformat() == "2027-02-01T00:00:00"
    assert last_action() == "staff.add"
    ni.follow("我存好了").sees("方老师", "2027-01-31", "还没有")


def test_what_is_missing_about_a_colleague_is_named_all_at_once(person, world, school):
    ni = as_staff(person, world, school, "ni").visit("/staff/users/new").fill("从哪天起", "下周").press("新增，得到链接")
    assert ni.status == 422
    assert ni.errors() == ["选一个角色", "日期写成 2026-11-16 这样", "填写登录名", "填写姓名"]


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"登录名": "ni"}, "这个登录名已经有人用，换一个"),
        ({"登录名": "方老师"}, "登录名用小写字母、数字和 . _ @ -，2 到 64 位"),
        ({"范围": "信息工程学院"}, "辅导员选班级，教学办选学院，学籍科和管理员选学校，审计员不选"),
        ({"到哪天为止": "2026-01-01"}, "结束日期早于开始日期，改其中一个"),
    ],
)
def test_a_colleague_that_cannot_be_is_refused_beside_the_field(person, world, school, filled, sentence):
    ni = as_staff(person, world, school, "ni").visit("/staff/users/new")
    ni.fill("姓名", "方老师").fill("登录名", "fang").tick("辅导员").fill("范围", "信息工程学院 计应 2602 班")
    for label, value in filled.items():
        ni.fill(label, value)
    assert ni.press("新增，得到链接").errors() == [sentence]
    assert Staff.select().count() == 4


@pytest.mark.req("SYS-09")
def test_a_role_ends_with_the_next_request(person, world, school):
    luo = as_staff(person, world, school, "luo").visit("/staff")
    assert luo.status == 200
    ni = open_page(as_staff(person, world, school, "ni"), "罗老师").press("结束")
    ni.sees("已结束")
    assert luo.visit("/staff").status == 403
    assert last_action() == "grant.end"


@pytest.mark.req("SYS-09")
def test_a_counsellor_gets_a_second_class(person, world, school):
    ni = open_page(as_staff(person, world, school, "ni"), "罗老师")
    ni.tick("辅导员").fill("范围", "信息工程学院 计应 2602 班").press("加上这个角色")
    ni.sees("计应 2601 班", "计应 2602 班")
    assert last_action() == "grant.give"


@pytest.mark.req("SYS-09")
def test_a_closed_account_is_out_at_once(person, world, school):
    luo = as_staff(person, world, school, "luo")
    ni = open_page(as_staff(person, world, school, "ni"), "罗老师").follow("关闭账号").press("关闭账号")
    ni.sees("已关闭", "已结束")
    assert luo.visit("/staff").path == "/staff/login"


@pytest.mark.req("SYS-10")
def test_one_press_of_the_officer_wakes_who_sleeps(person, world, school):
    world.wait(days=91)
    officer = school.staff("ni")
    officer.used = clock.now()
    officer.save()
    let_staff_sleep(world.worker.outside)
    assert [one.login for one in Staff.select().where(Staff.state == "asleep").order_by(Staff.login)] == [
        "admin",
        "luo",
        "xinxi",
    ]
    ni = open_page(as_staff(person, world, school, "ni"), "罗老师").sees("休眠").press("唤醒账号")
    ni.sees("正常")
    assert last_action() == "staff.rouse"


@pytest.mark.req("SYS-10")
def test_a_lost_second_factor_is_reset_by_two_people(person, world, school, second_officer):
    luo = as_staff(person, world, school, "luo")
    ni = open_page(as_staff(person, world, school, "ni"), "罗老师").follow("重置密码和动态码").press("申请重置")
    ni.sees("等另一位同事确认")
    key = school.staff("luo").key
    assert ni.visit(f"/staff/users/{key}/confirm").press("确认重置").status == 409
    assert ni.errors() == ["申请和确认要由两个人，等另一位同事确认"]
    assert luo.visit("/staff").path == "/staff"
    qiu = open_page(world.log_in(person(), second_officer), "罗老师").follow("看清楚再确认").press("确认重置")
    assert "/staff/invite/" in qiu.page.find(class_="mono").text
    assert luo.visit("/staff").path == "/staff/login"
    assert school.staff("luo").totp is None
    assert last_action() == "staff.reset"


@pytest.mark.req("SYS-10")
def test_a_request_to_reset_holds_a_day(person, world, school, second_officer):
    open_page(as_staff(person, world, school, "ni"), "罗老师").follow("重置密码和动态码").press("申请重置")
    world.wait(hours=24)
    qiu = world.log_in(person(), second_officer).visit(f"/staff/users/{school.staff('luo').key}/confirm")
    assert qiu.press("确认重置").errors() == ["已经有人处理过了，刷新页面看最新状态"]


@pytest.mark.req("SYS-10")
def test_the_command_line_resets_alone(world, school):
    luo = school.staff("luo")
    token = users.reset(luo)
    assert Staff.by_key(luo.key).invite_ends == clock.now() + users.FIRST_LINK
    assert len(token) == 22


@pytest.mark.req("SYS-09")
def test_a_new_link_ends_the_one_before(person, world, school):
    colleague, old = users.add(SYSTEM, "fang", "方老师", Role("K", school.records[0].college, clock.today()))
    ni = open_page(as_staff(person, world, school, "ni"), "方老师").follow("重新给一个链接").press("得到新的链接")
    fresh = ni.page.find(class_="mono").text.removeprefix("http://localhost")
    assert person().visit(f"/staff/invite/{old}").status == 404
    assert person().visit(fresh).status == 200


@pytest.mark.req("SYS-09")
def test_staff_of_another_school_do_not_exist(person, world, school):
    other = make_school("88888", "白沙学院")
    ni = as_staff(person, world, school, "ni").visit("/staff/users")
    ni.sees_not("luo-88888")
    stranger = other.staff("luo-88888")
    grant = Grant.get(Grant.staff == stranger)
    for place in (stranger.key, f"{stranger.key}/close", "no-such-key", "no-such-key/close"):
        assert ni.visit(f"/staff/users/{place}").status == 404
    ni.visit("/staff/users/new")
    mine = school.staff("luo").key
    for place in (f"{stranger.key}/close", f"{stranger.key}/rouse", f"{mine}/roles/{grant.key}/end"):
        assert ni.post(f"/staff/users/{place}", {"csrf_token": ni.token()}).status == 404
        ni.visit("/staff/users/new")
    assert Staff.by_key(stranger.key).state == "active"


@pytest.mark.req("SYS-09")
def test_the_officer_does_not_manage_the_administrator_or_herself(person, world, school):
    ni = open_page(as_staff(person, world, school, "ni"), "管理员").sees_not("关闭账号", "再加一个角色")
    admin, me = school.staff("admin").key, school.staff("ni").key
    assert ni.visit(f"/staff/users/{admin}/close").status == 404
    for key, sentence in ((admin, "这个账号或角色不归你管"), (me, "不能改自己的角色和状态，找另一位同事")):
        ni.visit("/staff/users/new")
        assert ni.post(f"/staff/users/{key}/close", {"csrf_token": ni.token()}).errors() == [sentence]
    assert Staff.select().where(Staff.state == "active").count() == 4


@pytest.mark.req("SYS-09")
def test_nobody_keeps_users_and_reads_records(person, world, school):
    admin = open_page(as_staff(person, world, school, "admin"), "倪老师")
    admin.tick("系统管理员").fill("范围", "云溪职业技术学院").press("加上这个角色")
    assert admin.errors() == ["管理员和审计员不能兼任其他角色，另开一个账号"]


@pytest.mark.req("SYS-09")
def test_an_administrator_of_the_instance_chooses_the_school_first(person, world, school):
    make_school("88888", "白沙学院")
    root, _ = users.add(SYSTEM, "root", "第一位管理员", Role("O", None, clock.today()))
    visitor = world.log_in(person(), root).visit("/staff/users/new").follow("白沙学院")
    visitor.fill("姓名", "审计老师").fill("登录名", "audit").tick("审计员").fill("范围", "全部学校").press("新增，得到链接")
    assert Grant.select().join(Staff).where(Staff.login == "audit").get().unit_id is None
    visitor.visit(visitor.path.partition("?")[0] + "?unit=" + school.unit.key)
    visitor.fill("姓名", "方老师").fill("登录名", "fang").tick("学籍科").fill("范围", "云溪职业技术学院").press(
        "新增，得到链接"
    )
    assert Grant.select().join(Staff).where(Staff.login == "fang").get().unit_id == school.unit.id


@pytest.mark.req("SYS-09")
@pytest.mark.parametrize("login", ["luo", "xinxi"])
def test_counsellors_and_colleges_keep_no_users(visitor, world, school, login):
    one = as_staff(visitor, world, school, login)
    assert one.visit("/staff/users").status == 403
    assert one.visit("/staff/users/new").status == 403
    assert one.visit("/staff").sees_not("人员").status == 200


@pytest.mark.req("SYS-09")
def test_fields_that_the_form_does_not_have_change_nothing(visitor, world, school):
    ni = as_staff(visitor, world, school, "ni").visit("/staff/users/new")
    sent = {"name": "方老师", "login": "fang", "role": "O", "place": f"unit:{school.unit.key}", "state": "active", "unit": "1"}
    assert ni.post("/staff/users/new", {"csrf_token": ni.token(), **sent}).status == 422
    assert Staff.select().count() == 4


def test_a_long_list_of_colleagues_comes_in_pages(person, world, school):
    for number in range(60):
        users.add(SYSTEM, f"zz{number:02}", f"同事{number:02}", Role("R", school.unit, clock.today()))
    ni = as_staff(person, world, school, "ni").visit("/staff/users")
    logins = listed(ni)
    assert len(logins) == 50
    later = listed(ni.follow("下一页"))
    assert [*logins, *later] == [one.login for one in Staff.select().order_by(Staff.login) if one.login in {*logins, *later}]
    assert later[-1] == "zz59"
    assert listed(ni.follow("上一页")) == logins
    ni.sees_not("上一页")


def listed(visitor) -> list[str]:
    """The logins that the page of colleagues shows."""
    return [row.find_all("td")[0].text for row in visitor.page.find("tbody").find_all("tr")]
