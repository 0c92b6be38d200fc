"""实人验证 of a change, through the door: another phone with the old one lost, and a renewed passport (R-ACC-44, R-ACC-56)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.pages import counted
from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.web.test_changing_identity import correct, foreigner
from tests.web.test_changing_phone import NEW, OLD, lose_old, prove_new
from tests.web.test_liveness import film, tell
from tests.world import World
from webapp.domain import accounts, records
from webapp.domain.accounts import Identity
from webapp.domain.changes import requests
from webapp.domain.liveness import handing
from webapp.domain.standing import level
from webapp.models.accounts import Account
from webapp.models.changes import Amendment, Former
from webapp.models.journal import Event
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.providers.faces_manual import ManualFaces

PHONE, PASSPORT, TYPED = "/me/phone/person", "/me/identity/person", "电脑上显示的 7 位代码"

Maker = Callable[..., Person]


@pytest.fixture
def account(school: School) -> Account:
    mine = make_account(school.record("林晓溪"), OLD)
    mine.email, mine.email_proved = "xiaoxi@example.edu.cn", mine.created
    mine.save()
    return mine


@pytest.fixture
def holder(person: Maker, world: World, account: Account) -> Person:
    return world.log_in(person(), account)


@pytest.fixture
def abroad(school: School) -> Account:
    """Somebody with a passport and a record."""
    mine = make_account(foreigner(school.record("何苗"), "ZHANG,SAN", "N1234567"), "13800000003")
    records.bind(mine)
    return mine


def fresh(account: Account) -> Account:
    return Account.get_by_id(account.id)


def lost(holder: Person, world: World, phone: str = NEW) -> Person:
    """The new phone was proved; the old one's code has to be made up for."""
    lose_old(holder, world)
    world.wait(minutes=2)
    return prove_new(holder, world, phone)


def filmed(me: Person, world: World) -> Person:
    film(me.visit("/m/face"))
    world.work()
    return me.visit("/m/face")


def renew(me: Person, name: str = "ZHANG,SAN", number: str = "N7654321") -> Person:
    return correct(me, name, number).press("提交，再到学籍科核对")


@pytest.mark.req("ACC-44", "RPV-15")
def test_a_face_stands_for_the_code_to_a_lost_phone(holder: Person, visitor: Maker, world: World, account: Account) -> None:
    holder.visit("/me/phone").follow("这个号码收不到短信了").sees("本人做一次实人验证，或者带证件到学籍科当面核对")
    lost(holder, world).sees("本人做一次实人验证，或者带证件到学籍科当面核对").follow("做实人验证")
    assert holder.path == PHONE and not PersonCheck.select().exists()
    holder.sees("和学校存的照片比对，确认更改是你本人申请的", "不用人脸也可以").sees_not("手持证件照")
    holder.press("换手机做：显示二维码").sees("等待手机扫码")
    phone = visitor().visit("/m").fill(TYPED, Handoff.get().code).press("下一步")
    phone.sees("的电脑上更改账号的手机号或证件，是你吗").press("是我").sees("不同意，用人工审核").press("同意比对人脸，开始")
    filmed(phone, world).sees("实人验证已完成", "可以回到电脑了")
    holder.visit(PHONE)
    assert holder.path == "/me/phone"
    holder.sees("实人验证通过了", "换好", "要换到 138 0000 0002").sees_not("做实人验证", "学籍科窗口")
    told = [line for line in world.outbox() if "快要换手机号了" in line or "换到新手机号" in line]
    assert {line.split()[1] for line in told} == {"138", "xiaoxi@example.edu.cn"} and not any("学籍科" in line for line in told)
    world.wait(hours=71)
    assert (fresh(account).phone, level(fresh(account))) == (OLD, 1)
    world.wait(hours=1, seconds=1)
    assert (fresh(account).phone, fresh(account).person_proved_by, level(fresh(account))) == (NEW, "face", 4)
    assert (Amendment.get().how, Amendment.get().staff, Amendment.get().state) == ("face", None, "done")
    assert Event.get(Event.action == "amendment.approve").actor == "system"
    assert any("手机号刚刚换了" in line for line in world.outbox() if line.startswith("SMS 138 0000 0001"))


@pytest.mark.req("ACC-44")
def test_one_tap_stops_what_a_face_decided(holder: Person, visitor: Maker, world: World, account: Account) -> None:
    lost(holder, world).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    filmed(holder, world).follow("继续").sees("实人验证通过了")
    world.wait(hours=71, minutes=59)
    visitor().visit(world.link("xiaoxi@example.edu.cn")).press("不是我，停掉").sees("停掉了")
    world.wait(hours=2)
    kept = fresh(account)
    assert (kept.phone, kept.new_password_due, kept.person_proved, Amendment.get().state) == (OLD, True, None, "withdrawn")


@pytest.mark.req("ACC-44", "RPV-04")
def test_two_misses_leave_the_office_and_asking_anew_gives_no_more(holder: Person, world: World, account: Account) -> None:
    lost(holder, world).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    tell(world, "down", "fail", "other")
    for said in ("没能连上验证服务，这一次不算", "验证未通过，还可尝试1次", "线上验证 2 次没有通过，改用人工审核"):
        filmed(holder, world).sees(said)
    assert holder.follow("改用人工审核").path == "/me/in-person/phone"
    holder.press("显示数字").sees("两位老师当面核对")
    holder.visit(PHONE).sees("改用人工审核").sees_not("在这台设备上做")
    assert (Amendment.get().state, fresh(account).phone) == ("open", OLD)
    holder.visit("/me/phone").press("不换了，撤回申请")
    lost(holder, world).follow("做实人验证").press("在这台设备上做").sees("改用人工审核").sees_not("同意比对人脸，开始")
    world.wait(hours=24)
    world.log_in(holder, account).visit("/me/phone").press("不换了，撤回申请")
    lost(holder, world).follow("做实人验证").press("在这台设备上做").sees("同意比对人脸，开始")


@pytest.mark.req("ACC-44")
def test_a_change_that_was_taken_back_leaves_nothing_to_film(holder: Person, visitor: Maker, world: World) -> None:
    lost(holder, world).follow("做实人验证").press("换手机做：显示二维码")
    code = Handoff.get().code
    phone = visitor().visit("/m").fill(TYPED, code).press("下一步").press("是我").press("同意比对人脸，开始")
    film(phone, prompts=2)
    holder.visit("/me/phone").press("不换了，撤回申请")
    assert phone.visit("/m/face").status == 409
    assert phone.post("/m/face").status == 409 and Shot.select().count() == 4
    for place in ("", "/here", "/code"):
        assert holder.visit("/me").post(PHONE + place).path in ("/me/phone", "/me/phone/lost")
    lost(holder, world).follow("做实人验证").press("换手机做：显示二维码")
    shown = Handoff.select().order_by(Handoff.id.desc()).get()
    requests.withdraw(shown.check_row.account, "phone")
    assert visitor().visit(f"/m/{shown.token}").status == 409 and PersonCheck.select().count() == 2


@pytest.mark.req("ACC-44")
def test_a_pass_that_comes_after_the_change_was_taken_back_does_nothing(holder: Person, world: World, account: Account) -> None:
    lost(holder, world).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    film(holder)
    requests.withdraw(account, "phone")
    world.work()
    assert (PersonCheck.get().state, Amendment.get().state) == ("passed", "withdrawn")
    world.wait(hours=80)
    assert (fresh(account).phone, fresh(account).person_proved) == (OLD, None)
    world.log_in(holder, account)
    lost(holder, world).follow("做实人验证").sees("在这台设备上做")
    assert Amendment.select().where(Amendment.state == "approved").count() == 0


@pytest.mark.req("ACC-44")
def test_the_face_is_that_of_who_the_account_names_now(holder: Person, world: World, account: Account) -> None:
    lost(holder, world).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    film(holder)
    Account.update(identity_index="somebody else's").execute()
    world.work()
    assert (PersonCheck.get().state, Amendment.get().state) == ("passed", "open")
    holder.visit(PHONE).sees("在这台设备上做").sees_not("你已经通过过实人验证")
    Account.update(identity_index=account.identity_index).execute()
    holder.visit(PHONE).sees("你已经通过过实人验证").press("继续").sees("实人验证通过了")


@pytest.mark.req("ACC-44", "ACC-46")
def test_the_password_is_given_again_first_as_for_the_rest_of_a_change(holder: Person, world: World, account: Account) -> None:
    lost(holder, world)
    world.wait(minutes=11)
    for go in (lambda: holder.visit(PHONE), lambda: holder.post(f"{PHONE}/here"), lambda: holder.post(f"{PHONE}/code")):
        assert go().path == "/me/sure"
    assert not PersonCheck.select().exists()
    holder.fill("密码", PASSWORD).press("继续")
    assert holder.path == PHONE


@pytest.mark.req("ACC-44", "RPV-12")
def test_without_a_provider_the_office_is_the_way(holder: Person, world: World) -> None:
    world.worker.outside = replace(world.worker.outside, faces=ManualFaces())
    holder.visit("/me/phone/lost").sees("带证件到学籍科当面核对").sees_not("实人验证")
    lost(holder, world).sees("带证件到学籍科当面核对", "我在学籍科窗口").sees_not("实人验证")
    assert holder.visit(PHONE).status == holder.post(f"{PHONE}/here").status == holder.post(f"{PHONE}/code").status == 404


@pytest.mark.req("ACC-44")
def test_nothing_of_a_frozen_account_is_changed_by_a_face(holder: Person, world: World, account: Account) -> None:
    lost(holder, world).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    film(holder)
    Account.update(state="frozen", frozen_from="active").execute()
    world.work()
    assert (PersonCheck.get().state, Amendment.get().state) == ("passed", "open")
    assert holder.visit("/me/phone").sees_not("做实人验证").visit(PHONE).status == 404


# passports


@pytest.mark.req("ACC-56")
def test_a_face_adds_a_renewed_passport_and_keeps_the_old_one(
    person: Maker, visitor: Maker, world: World, abroad: Account
) -> None:
    me = world.log_in(person(), abroad)
    renew(me).sees("本人做一次实人验证", "通过以后所有设备退出登录").follow("做实人验证")
    assert me.path == PASSPORT
    me.press("换手机做：显示二维码")
    phone = visitor().visit("/m").fill(TYPED, Handoff.get().code).press("下一步").press("是我").press("同意比对人脸，开始")
    filmed(phone, world).sees("实人验证已完成", "可以回到电脑了")
    renewed = fresh(abroad)
    assert (renewed.document, Former.get().document, level(renewed)) == ("N7654321", "N1234567", 4)
    assert [one.bound_how for one in records.mine(renewed)] == ["former"]
    assert accounts.owner(Identity("X Y", "A", "KAZ", "N1234567")) == renewed
    assert me.visit(PASSPORT).path == "/login"
    assert any("姓名或证件刚刚改了" in line for line in world.outbox() if line.startswith("SMS 138 0000 0003"))
    assert world.log_in(me, abroad).visit(PASSPORT).path == "/me/identity"
    assert handing.of(Handoff.get().key) is not None and world.wait(minutes=31) is None
    assert phone.visit("/m/face").status == 409


@pytest.mark.req("ACC-56")
def test_on_one_device_the_way_on_leads_through_the_log_in(person: Maker, world: World, abroad: Account) -> None:
    me = world.log_in(person(), abroad)
    renew(me).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    filmed(me, world).sees("实人验证已完成").follow("继续")
    assert me.path == "/login" and fresh(abroad).document == "N7654321"


@pytest.mark.req("ACC-45", "ACC-56")
@pytest.mark.parametrize(("name", "number"), [("ZHANG,SI", "N1234567"), ("ZHANG,SI", "N7654321")])
def test_a_new_name_stays_with_the_office(person: Maker, world: World, abroad: Account, name: str, number: str) -> None:
    me = world.log_in(person(), abroad)
    renew(me, name, number).sees("带证件到学籍科当面核对", "我在学籍科窗口").sees_not("实人验证")
    for place in ("", "/here", "/code"):
        assert me.post(PASSPORT + place).status == 404
    assert me.visit(PASSPORT).status == 404
    assert not PersonCheck.select().exists() and Amendment.get().state == "open"


@pytest.mark.req("ACC-45")
def test_another_kind_of_document_stays_with_the_office(holder: Person, account: Account) -> None:
    records.bind(account)
    holder.visit("/me/identity").fill("证件类型", "护照").fill("国籍/地区", "KAZ").fill("证件号码", "N7654321")
    holder.press("下一步，看看会有什么变化").press("提交，再到学籍科核对").sees("我在学籍科窗口").sees_not("实人验证")
    assert holder.visit(PASSPORT).status == 404


@pytest.mark.req("ACC-56")
def test_a_number_that_somebody_got_meanwhile_is_told(person: Maker, world: World, school: School, abroad: Account) -> None:
    me = world.log_in(person(), abroad)
    renew(me).follow("做实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    make_account(foreigner(school.record("周明轩"), "LI,SI", "N7654321"), "13800000004")
    filmed(me, world).sees("实人验证已完成").follow("继续").sees("号码已经有人用了")
    assert (fresh(abroad).document, fresh(abroad).person_proved, Amendment.get().state) == ("N1234567", None, "refused")
    assert Amendment.get().reason == "taken" and not Former.select().exists()


def test_the_pages_of_a_change_ask_for_it_once(holder: Person, world: World) -> None:
    """Log-in, change, account, and on the second page the check."""
    lost(holder, world)
    for page, reads in (("/me/phone", 3), (PHONE, 4)):
        with counted() as cost:
            holder.visit(page)
        assert (page, cost.reads) == (page, reads)
