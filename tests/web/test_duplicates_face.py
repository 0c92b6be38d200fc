"""途径1 of 证件号码重复 through the door: the camera instead of photos, where a provider is set."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.test_duplicates import used
from tests.people import School, make_account
from tests.person import Person
from tests.registering import NAME
from tests.web.test_duplicates import NEW, OLD, choose
from tests.web.test_liveness import film, tell
from tests.world import World
from webapp.domain import clock
from webapp.domain.duplicates import cases, effect
from webapp.domain.standing import level
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Submission
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.providers.faces_manual import ManualFaces

PAGE, STATE = "/duplicate/person", "/duplicate/person/state"


@pytest.fixture
def claimant(school: School) -> Account:
    """Who registered a number that an account holds which nobody used for long."""
    make_account(school.record(NAME), OLD)
    account = make_account(school.record(NAME), NEW, state="duplicate")
    cases.open_or_join(account)
    return account


@pytest.fixture
def me(claimant: Account, person: Callable[..., Person], world: World) -> Person:
    return world.log_in(person(), claimant)


def fresh(row):
    return type(row).get_by_id(row.id)


def filmed(me: Person, world: World, verdict: str = "pass") -> Person:
    """Choose the way on this device and go through with it."""
    tell(world, verdict)
    choose(me, "实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    film(me)
    world.work()
    return me


@pytest.mark.req("DUP-01", "DUP-04", "RPV-13")
def test_a_phone_proves_a_claimant_whom_the_computer_shows_out_of_doubt(
    me: Person, world: World, claimant: Account, visitor: Callable[..., Person]
) -> None:
    assert me.visit(PAGE).path == "/duplicate"
    me.sees("实人验证", "推荐", "失败两次改用人工审核")
    assert not PersonCheck.select().exists()
    choose(me, "实人验证").sees("和学校存的照片比对", "在这台设备上做", "换一种办法").sees_not("手持证件照")
    assert me.path == PAGE and not PersonCheck.select().exists()
    me.press("换手机做：显示二维码").sees("等待手机扫码")
    piece = {"headers": {"HX-Request": "true"}}
    assert "hx-get" in me.client.get(f"{STATE}?was=open-0-shown", **piece).text
    phone = visitor().visit(f"/m/{Handoff.get().token}").sees("的电脑上证明证件号码是你的，是你吗").press("是我")
    phone.sees("本人来做", "不同意，用人工审核").press("同意比对人脸，开始")
    assert phone.visit("/m/photo").path != "/m/photo"
    phone.visit("/m/face")
    film(phone)
    world.work()
    phone.visit("/m/face").sees("实人验证已完成", "可以回到电脑了")
    assert me.client.get(f"{STATE}?was=open-0-open", **piece).headers["HX-Redirect"] == PAGE
    assert me.visit(PAGE).path == "/duplicate/status"
    me.sees("核验通过", "马上就生效", "实人验证")
    world.wait(seconds=31)
    world.work()
    now = fresh(claimant)
    assert (now.state, now.person_proved_by, level(now)) == ("active", "face", 4) and not Shot.select().exists()
    assert Account.get(Account.name == NAME, Account.id != claimant.id).state == "archived"


@pytest.mark.req("DUP-20")
def test_a_rival_in_use_has_its_time_to_object_to_a_face(me: Person, world: World, claimant: Account) -> None:
    rival = Account.get(Account.phone_index == Account.phone_index.of(OLD))
    used(rival)
    filmed(me, world).visit("/m/face").follow("继续").sees("核验通过", "要留出时间让对方提出异议")
    claim = Claim.get()
    assert (claim.state, claim.way) == ("approved", "face") and claim.effective >= clock.now() + timedelta(hours=71)
    effect.object(claim, rival)
    assert (fresh(claim).state, fresh(claim).needs_two, fresh(claimant).state) == ("waiting", True, "duplicate")
    assert Submission.get(Submission.way == "face").state == "waiting"
    assert me.visit(PAGE).path == "/duplicate/status"
    me.post(PAGE)
    assert fresh(claim).state == "waiting"


@pytest.mark.req("DUP-22")
def test_a_face_beside_another_claimant_goes_to_people(
    me: Person, world: World, school: School, claimant: Account, visitor: Callable[..., Person]
) -> None:
    cases.open_or_join(make_account(school.record(NAME), "13800009999", state="duplicate"))
    filmed(me, world).visit(PAGE).sees("待审核")
    assert (Claim.get().state, Submission.get().way, fresh(claimant).state) == ("waiting", "face", "duplicate")
    ni = world.log_in(visitor(), school.staff("ni")).visit(f"/staff/review/{Claim.get().key}")
    ni.press("接手").sees(f"{claimant.name} 通过了实人验证", "分数只供参考", "凭学籍信息或同学协助申请")


@pytest.mark.req("DUP-05")
def test_two_failures_open_the_photos_and_a_new_case_gives_no_more(me: Person, world: World, claimant: Account) -> None:
    tell(world, "down", "fail", "other")
    choose(me, "实人验证").press("在这台设备上做").press("同意比对人脸，开始")
    for said in ("没能连上验证服务，这一次不算", "验证未通过，还可尝试1次", "改用人工审核"):
        film(me.visit("/m/face"))
        world.work()
        me.visit("/m/face").sees(said)
    assert me.visit(PAGE).path == "/duplicate/photos"
    me.sees("线上验证 2 次没有通过，改用人工审核", "提交审核").follow("换一种办法").sees("提供学籍或学历信息")
    assert Claim.get().state == "open" and fresh(claimant).state == "duplicate"
    cases.withdraw(claimant)
    assert choose(me, "实人验证").path == "/duplicate/photos" and Claim.select().count() == 2


@pytest.mark.req("DUP-01")
def test_without_a_provider_the_way_is_not_offered(me: Person, world: World) -> None:
    world.worker.outside = replace(world.worker.outside, faces=ManualFaces())
    me.visit("/duplicate").sees("人工审核").sees_not("实人验证")
    assert choose(me, "人工审核").visit(PAGE).status == 404
    assert me.post(f"{PAGE}/code").status == me.post(f"{PAGE}/here").status == 404
