"""实人验证 instead of the school's name, through the door: before the camera, or with a photo that somebody looks at."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.graduation import photo
from tests.people import School, make_account
from tests.person import Person
from tests.registering import NAME
from tests.web.test_liveness import film, tell
from tests.world import World
from webapp.domain.accounts import Identity
from webapp.domain.standing import level
from webapp.models.accounts import Account
from webapp.models.liveness import Handoff, PersonCheck
from webapp.providers.faces_manual import ManualFaces

PAGE, TYPED = "/records/person", "电脑上显示的 7 位代码"


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record(NAME), "13800000001")


@pytest.fixture
def me(account: Account, person: Callable[..., Person], world: World) -> Person:
    return world.log_in(person(), account).visit("/records")


def now(account: Account) -> Account:
    return Account.get_by_id(account.id)


@pytest.mark.req("BND-11", "RPV-15")
def test_a_face_opens_the_records_for_good_in_the_place_of_the_schools_name(
    me: Person, world: World, account: Account, visitor: Callable[..., Person]
) -> None:
    me.sees("核验院校名称", "记不清校名", "本人做一次实人验证").follow("改用实人验证")
    assert me.path == PAGE and not PersonCheck.select().exists()
    me.sees("和学校存的照片比对，确认账号是你本人在用", "在这台设备上做", "传手持证件照")
    me.press("换手机做：显示二维码").sees("等待手机扫码")
    phone = visitor().visit("/m").fill(TYPED, Handoff.get().code).press("下一步")
    phone.sees("的电脑上查看学籍信息，是你吗").press("是我").sees("本人来做").press("同意比对人脸，开始")
    tell(world, "other", "pass")
    film(phone)
    world.work()
    phone.visit("/m/face").sees("和学校存的照片不像", "还可尝试1次")
    assert me.visit("/records").heading == "核验院校名称" and level(now(account)) < 3
    film(phone)
    world.work()
    phone.visit("/m/face").sees("实人验证已完成", "可以回到电脑了")
    me.visit(PAGE).sees("我的学籍和学历")
    assert (now(account).person_proved_by, level(now(account))) == ("face", 4)
    world.wait(days=400)
    assert world.log_in(me, account).visit("/records").heading == "我的学籍和学历"


@pytest.mark.req("BND-11", "RPV-14")
def test_a_photo_that_somebody_accepted_opens_them_too_where_no_face_is_compared(
    me: Person, world: World, school: School, account: Account, person: Callable[..., Person]
) -> None:
    world.app.extensions["worker"].outside = replace(world.app.extensions["worker"].outside, faces=ManualFaces())
    me.visit("/records").sees("传一张手持证件照，3 个工作日内审核").follow("改用实人验证")
    me.sees("这个网站没有线上实人验证").press("传手持证件照").sees("上传本人手持有效身份证件的照片")
    me.attach("从相册选", "a.jpg", photo(size=(900, 1200))).press("提交审核")
    world.work()
    me.visit("/m/face").sees("照片等人审核", "会发消息告诉你")
    ni = world.log_in(person(), school.staff("ni")).visit("/staff/person-checks").press("审下一件").sees(NAME)
    for words in ("姓名和上面的一致", "证件号码和上面的一致", "拿证件的人", "证件有效"):
        ni.tick(words)
    ni.press("通过")
    assert (now(account).person_proved_by, level(now(account))) == ("photos", 3)
    me.visit(PAGE).sees("我的学籍和学历")
    me.visit("/messages").sees("手持证件照已通过")


@pytest.mark.req("BND-11")
def test_another_name_or_number_is_another_face(me: Person, world: World, account: Account) -> None:
    """A pass is of who the account named then; going back to that name counts it again."""
    me.visit(PAGE).press("在这台设备上做").press("同意比对人脸，开始")
    film(me)
    world.work()
    mine, other = now(account), Identity(NAME, "1", "156", "11010520080512002X")
    mine.document, mine.identity_index = other.number, other.index
    mine.person_proved, mine.person_proved_by = None, ""
    mine.save()
    me.visit(PAGE).sees("在这台设备上做").sees_not("你已经通过过实人验证")
    assert level(now(account)) == 1
    mine.document, mine.identity_index = account.document, account.identity_index
    mine.save()
    me.visit(PAGE).sees("你已经通过过实人验证，不用再做一次").press("继续").sees("我的学籍和学历")
    assert level(now(account)) == 4
