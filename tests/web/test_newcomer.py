"""实人验证 of who registers without a mainland phone, through the door: a face in the place of a visit to the office."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.pages import counted
from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.registering import NAME
from tests.web.test_email_registration import ADDRESS, activate, begin
from tests.web.test_in_person import agree, number_of, two_officers, type_number
from tests.web.test_liveness import film, tell
from tests.world import World
from webapp.domain import clock, defaults
from webapp.domain.accounts import Identity
from webapp.domain.face_port import Verdict
from webapp.domain.identity import names
from webapp.domain.liveness import asking, judging
from webapp.domain.permissions import SYSTEM
from webapp.domain.signups import finishing
from webapp.domain.standing import level
from webapp.models.accounts import Account
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.signups import Signup
from webapp.providers.faces_manual import ManualFaces

PAGE, WAITING, NUMBER = "/register/email/person", "/register/email/waiting", "N1234567"
WHO = Identity("ZHANG SAN", "A", "KAZ", NUMBER)

Maker = Callable[..., Person]


@pytest.fixture
def record(school: School) -> Record:
    """The 学籍 of somebody from abroad."""
    found = school.record(NAME)
    found.name, found.name_compare, found.name_sort = WHO.name, names.compare(WHO.name), names.sort_key(WHO.name)
    found.document_kind, found.country, found.document, found.identity_index = WHO.kind, WHO.country, WHO.number, WHO.index
    found.save()
    return found


def handed_in(me: Person, world: World, address: str = ADDRESS, name: str = WHO.name) -> Person:
    """Sign up with the passport, up to where the office is waited for."""
    activate(begin(me, world, "没有大陆手机号", address), world, address)
    me.fill("姓名", name).fill("证件类型", "护照").fill("国籍/地区", "哈萨克斯坦").fill("证件号码", NUMBER)
    return me.press("下一步").press("是").sees("等学籍科核对证件")


def consented(me: Person) -> Person:
    return me.follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")


def filmed(me: Person, world: World) -> Person:
    film(me)
    world.work()
    return me.visit("/m/face")


def log_in(me: Person, world: World) -> Person:
    me.visit("/login").fill("手机号、证件号码或邮箱", ADDRESS).fill("密码", PASSWORD)
    return me.press("登录")


@pytest.mark.req("ACC-54", "ACC-43", "RPV-04")
def test_a_face_makes_the_account_of_who_has_no_mainland_phone_and_opens_the_records(
    person: Maker, world: World, record: Record
) -> None:
    me = handed_in(person(), world).sees("不方便去学籍科", "通过以后账号马上能用")
    me.follow("做实人验证").sees(WHO.name, "确认证件是你的", "在这台设备上做", "换一种办法").sees_not("二维码", "手持证件照")
    assert me.path == PAGE and not PersonCheck.select().exists()
    me.press("在这台设备上做").sees("不同意，用人工审核").press("同意比对人脸，开始")
    tell(world, "other", "pass")
    filmed(me, world).sees("还可尝试1次", "和学校存的照片不像")
    assert not Account.select().exists()
    filmed(me, world).sees("实人验证已完成", "人脸画面已经删除").follow("继续").sees("账号注册成功", "马上登录")
    account, signup = Account.get(), Signup.get()
    assert (account.state, account.phone, account.email) == ("active", None, ADDRESS)
    assert (account.person_proved_by, level(account)) == ("face", 4)
    assert (signup.state, signup.staff, signup.answers, signup.account) == ("done", None, None, account.id)
    assert not Shot.select().exists() and not [line for line in world.outbox() if line.startswith("SMS")]
    assert any("账号建好了" in line for line in world.outbox() if line.startswith(f"MAIL {ADDRESS}"))
    assert me.visit(PAGE).path == "/register/email/done"
    assert log_in(me, world).visit("/records").heading == "我的学籍和学历"
    me.sees("云溪职业技术学院").visit("/me/consents").sees("实人验证时比对人脸", "没有大陆手机时注册", "没有留下人脸画面")


@pytest.mark.req("ACC-54")
def test_two_misses_leave_the_office_and_a_new_sign_up_gives_no_more_tries_that_day(
    person: Maker, visitor: Maker, world: World, school: School
) -> None:
    me = consented(handed_in(person(), world))
    tell(world, "down", "fail", "other")
    for said in ("没能连上验证服务，这一次不算", "还可尝试1次", "线上验证 2 次没有通过，改用人工审核"):
        filmed(me, world).sees(said)
    me.follow("改用人工审核").sees("当面核验")
    assert me.path == "/register/email/in-person"
    again = handed_in(visitor(), world, "second@example.edu.cn").follow("做实人验证").press("在这台设备上做")
    again.sees("线上验证 2 次没有通过，改用人工审核").visit(PAGE).sees("改用人工审核").sees_not("在这台设备上做")
    world.wait(hours=24, seconds=1)
    handed_in(visitor(), world, "third@example.edu.cn").follow("做实人验证").press("在这台设备上做").sees("同意比对人脸")
    officers = two_officers(world.app, world, school)
    type_number(officers[0], number_of(me.visit(WAITING))).sees(WHO.name)
    agree(officers[0], NUMBER[-6:], "确认，交给第二位老师")
    agree(officers[1].visit("/staff/in-person").follow("Z***"), NUMBER[-6:], "确认").sees("已经办好")
    assert (Account.get().person_proved_by, level(Account.get())) == ("desk", 3)


@pytest.mark.req("ACC-54")
def test_an_identity_is_begun_with_four_times_a_day(visitor: Maker, world: World, school: School) -> None:
    for n in range(4):
        handed_in(visitor(), world, f"{n}@example.edu.cn").follow("做实人验证").press("在这台设备上做")
        assert PersonCheck.select().count() == n + 1
    last = handed_in(visitor(), world, "last@example.edu.cn").follow("做实人验证").press("在这台设备上做")
    last.sees("今天用这个证件号码试的次数太多", "到学籍科办")
    assert last.status == 409 and PersonCheck.select().count() == 4


@pytest.mark.req("ACC-54")
def test_nothing_tells_of_whom_the_school_has_a_photo(visitor: Maker, world: World, school: School) -> None:
    me = consented(handed_in(visitor(), world))
    film(me)
    judging.settle(PersonCheck.get(), "local", Verdict(False, 0, "no_reference"))
    me.visit("/m/face").sees("还可尝试1次", "和学校存的照片不像").sees_not("没有可以比对的照片")
    assert (PersonCheck.get().tries, PersonCheck.get().why) == (1, "other_person")


@pytest.mark.req("ACC-54")
def test_another_browser_has_the_way_after_address_and_password_alone(visitor: Maker, world: World, school: School) -> None:
    me = handed_in(visitor(), world).follow("做实人验证").press("在这台设备上做").sees("同意比对人脸")
    other = visitor().visit(PAGE)
    assert other.path == "/register/email/resume" and other.post(f"{PAGE}/here").path == "/register/email/resume"
    assert other.visit("/m/face").status == 409 and Handoff.get().token
    assert other.visit(f"{PAGE}/code").status == 404
    assert visitor().visit(WAITING).follow("做实人验证").path == "/register/email/resume"
    other.visit("/register/email/resume").fill("邮箱", ADDRESS).fill("密码", PASSWORD)
    other.fill("图片验证码", world.captcha()).press("继续")
    consented(other)
    assert me.visit("/m/face").status == 409
    filmed(other, world).sees("实人验证已完成")
    assert Account.get().person_proved_by == "face"
    assert me.visit(PAGE).path == "/register/email/done"


@pytest.mark.req("ACC-54")
def test_a_pass_of_a_sign_up_that_was_refused_meanwhile_does_nothing(visitor: Maker, world: World, school: School) -> None:
    me = film(consented(handed_in(visitor(), world)))
    finishing.refuse(Signup.get(), SYSTEM, "document_differs")
    world.work()
    assert (PersonCheck.get().state, Signup.get().state) == ("passed", "refused") and not Account.select().exists()
    assert me.visit("/m/face").status == 409
    assert me.visit(PAGE).path == "/register/email/resume"


@pytest.mark.req("ACC-54")
@pytest.mark.parametrize("what", ("number", "address"))
def test_what_somebody_else_got_meanwhile_leaves_the_office(visitor: Maker, world: World, school: School, what: str) -> None:
    me = film(consented(handed_in(visitor(), world)))
    rival = make_account(school.record(NAME), "13800000002")
    if what == "number":
        rival.name, rival.document_kind, rival.country, rival.document = WHO.name, WHO.kind, WHO.country, WHO.number
        rival.identity_index = WHO.index
    else:
        rival.email, rival.email_proved = ADDRESS, rival.created
    rival.save()
    world.work()
    assert (Account.select().count(), Signup.get().state, PersonCheck.get().state) == (1, "waiting", "passed")
    me.visit("/m/face").sees("实人验证已完成").follow("继续").sees("还要学籍科核对过证件", "我在学籍科窗口").sees_not(
        "做实人验证"
    )
    assert me.visit(PAGE).path == WAITING


@pytest.mark.req("ACC-54")
def test_a_face_says_nothing_of_another_name_than_the_schools(visitor: Maker, world: World, record: Record) -> None:
    me = film(consented(handed_in(visitor(), world, name="LI SI")))
    world.work()
    assert (Signup.get().state, PersonCheck.get().state) == ("waiting", "passed") and not Account.select().exists()
    me.visit(WAITING).sees("还要学籍科核对过证件")


@pytest.mark.req("ACC-54")
def test_nothing_is_left_of_a_sign_up_that_nobody_finished(visitor: Maker, world: World, school: School) -> None:
    film(consented(handed_in(visitor(), world)), prompts=2).sees("还没有拍完")
    assert Shot.select().exists() and Handoff.select().exists()
    world.wait(days=29)
    assert asking.sweep() == 0 and Signup.get().state == "waiting"
    world.wait(days=5)
    finishing.sweep()
    asking.sweep()
    assert not any(model.select().exists() for model in (Signup, PersonCheck, Handoff, Shot))
    assert not Upload.select().where(Upload.expires > clock.now()).exists()


@pytest.mark.req("ACC-54")
def test_without_a_provider_the_office_is_the_way(visitor: Maker, world: World, school: School) -> None:
    world.worker.outside = replace(world.worker.outside, faces=ManualFaces())
    me = handed_in(visitor(), world).sees("我在学籍科窗口").sees_not("实人验证")
    assert me.visit(PAGE).status == 404


@pytest.mark.req("ACC-43")
def test_a_school_that_keeps_records_closed_abroad_keeps_them_closed_to_a_face(
    visitor: Maker, world: World, record: Record
) -> None:
    defaults.change("bnd.overseas_allowed", False, SYSTEM)
    me = filmed(consented(handed_in(visitor(), world)), world)
    assert log_in(me, world).visit("/records").sees("仅绑定大陆地区手机的用户").status == 409


def test_the_first_page_says_what_the_account_waits_for(visitor: Maker, world: World, school: School) -> None:
    me = begin(visitor(), world, "没有大陆手机号", ADDRESS)
    me.visit("/register/overseas").sees("做一次实人验证，或者带护照或别的证件到学籍科")
    world.worker.outside = replace(world.worker.outside, faces=ManualFaces())
    me.visit("/register/overseas").sees("带护照或别的证件到学籍科当面核对").sees_not("做一次实人验证")


def test_the_page_asks_for_the_sign_up_once(visitor: Maker, world: World, school: School) -> None:
    me = handed_in(visitor(), world)
    with counted() as cost:
        me.visit("/register/email/person").sees("在这台设备上做")
    assert cost.reads == 2  # it, and its check
