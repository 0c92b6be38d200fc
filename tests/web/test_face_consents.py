"""同意记录 of face checks: read with what for, when and from where, and withdrawn while nothing came of it."""

from collections.abc import Callable

import pytest

from tests.certifying import Office, begun
from tests.people import make_account
from tests.person import Person
from tests.reporting import Holder
from tests.web.test_liveness import begun_for_unit, film, frame
from tests.world import World
from webapp.domain import defaults, preferences
from webapp.domain.certification import filing
from webapp.domain.liveness import agreeing, asking, handing, purposes
from webapp.domain.permissions import SYSTEM, VISITOR
from webapp.models.accounts import Consent
from webapp.models.certification import Application
from webapp.models.journal import Event
from webapp.models.liveness import PersonCheck, Shot
from webapp.models.photos import Upload
from webapp.web.accounts import consents

PAGE = "/me/consents"


@pytest.fixture
def application(hers: Holder, office: Office) -> Application:
    return filing.submit(begun(hers, office.agency), hers.actor)


@pytest.fixture
def me(world: World, hers: Holder, application: Application, person: Callable[..., Person]) -> Person:
    """Who applies, before the camera."""
    holder = world.log_in(person(), hers.account).visit(f"/applications/{application.key}/person")
    return holder.press("在这台设备上做").press("同意比对人脸，开始")


def filmed(me: Person, prompt: str) -> int:
    sent = {"csrf_token": me.visit("/m/face").token(), "frames": [(frame(), "a.jpg")]}
    return me.client.post(f"/m/frames/{prompt}", data=sent, content_type="multipart/form-data").status_code


def check() -> PersonCheck:
    return PersonCheck.get()


@pytest.mark.req("ACC-57", "RPV-10")
def test_a_consent_is_read_with_what_for_and_from_where_and_that_nothing_is_left(
    me: Person, world: World, hers: Holder
) -> None:
    kept = Consent.get(Consent.kind == "face")
    assert (kept.account, kept.at, kept.subject, kept.withdrawn) == (hers.account, check().consented, check().key, None)
    me.visit(PAGE).sees("实人验证时比对人脸", "学历认证", "版本 2026-11", kept.network, "没有留下人脸画面")
    film(me.visit("/m/face"))
    world.work()
    assert check().state == "passed"
    me.visit(PAGE).sees("没有留下人脸画面").sees_not("撤回同意")
    me.post(PAGE, {"check": check().key})
    assert check().state == "passed" and Consent.get_by_id(kept.id).withdrawn is None


@pytest.mark.req("ACC-57", "RPV-10", "RPV-11")
def test_withdrawing_takes_prompts_and_frames_away_and_leaves_the_photo(me: Person, world: World, application) -> None:
    first = check().prompts.split()[0]
    assert filmed(me, first) == 204
    (kept,) = Upload.select().where(Upload.purpose == "face_shot")
    me.visit(PAGE).sees("最多留 1 小时", "可以传手持证件照").press("撤回同意")
    assert me.path == PAGE and me.sees("已撤回", "没有留下人脸画面").status == 200, "nobody is logged out"
    assert (check().consented, check().prompts, check().state, Shot.select().count()) == (None, "", "open", 0)
    assert kept.name not in world.worker.outside.storage.names() and Upload.get_by_id(kept.id).name is None
    assert Event.select().where(Event.action == "person_check.withdraw").count() == 1
    assert filmed(me, first) == 404
    me.visit("/m/photo").sees("上传证书持有人本人手持有效身份证件的照片")
    me.visit("/m/face").press("同意比对人脸，开始")
    given = Consent.select().where(Consent.kind == "face").order_by(Consent.id)
    assert [one.withdrawn is None for one in given] == [False, True]
    film(me)
    world.work()
    assert Application.get_by_id(application.id).state == "proved"


@pytest.mark.req("ACC-57")
def test_nobody_withdraws_for_another_nor_every_kind_at_once(
    me: Person, world: World, school, visitor: Callable[..., Person]
) -> None:
    stranger = world.log_in(visitor(), make_account(school.record("何苗"), "13800000055"))
    stranger.visit(PAGE).sees_not("比对人脸")
    stranger.post(PAGE, {"check": check().key})
    me.visit(PAGE).post(PAGE, {"kind": "face"})
    me.visit(PAGE).sees("撤回同意").post(PAGE, {"check": "x" * 22})
    assert check().consented is not None and me.visit("/me").path == "/me"


@pytest.mark.req("ACC-57")
def test_a_consent_whose_check_was_forgotten_is_still_read(me: Person) -> None:
    PersonCheck.delete().execute()
    me.visit(PAGE).sees("实人验证时比对人脸", "没有留下人脸画面").sees_not("撤回同意")


@pytest.mark.req("ACC-57")
def test_what_a_units_holder_agreed_to_is_not_the_units(world: World, hers: Holder, office: Office) -> None:
    way = handing.send(asking.begin(filing.submit(begun_for_unit(hers, office), hers.actor)), "13800007777")
    agreeing.agree(way, VISITOR, "192.0.2.0/24", None)
    assert check().consented is not None and not Consent.select().where(Consent.kind == "face").exists()


@pytest.mark.req("ACC-57", "ACC-25")
def test_wechat_is_a_consent_from_the_first_topic_to_the_last(hers: Holder) -> None:
    defaults.change("msg.wechat", True, SYSTEM)
    for wanted in ({("check", "wechat")}, {("check", "wechat"), ("progress", "wechat")}, {("progress", "sms")}, set()):
        preferences.choose(hers.account, wanted, "192.0.2.0/24")
    (kept,) = Consent.select().where(Consent.kind == "wechat")
    assert (kept.account, kept.network, kept.withdrawn is not None) == (hers.account, "192.0.2.0/24", True)


def test_every_purpose_has_words_for_its_consent() -> None:
    assert set(purposes.PURPOSES) <= set(consents.FACES)
