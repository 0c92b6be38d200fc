"""找回 by 实人验证, through the door: no phone, no mail box, only the face that the school has a photo of."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.domain.test_duplicates import used
from tests.pages import counted
from tests.people import School, id_number, make_account
from tests.person import Person
from tests.recovering import MAIL, owner, set_password
from tests.registering import NAME
from tests.web.test_liveness import film, tell
from tests.world import World
from webapp.domain.face_port import Verdict
from webapp.domain.liveness import asking
from webapp.models.accounts import Account
from webapp.models.liveness import PersonCheck, Shot
from webapp.models.recovery import Recovery
from webapp.providers.faces_manual import ManualFaces

Visitors = Callable[..., Person]
NEW_PHONE = "13800007777"


@pytest.fixture
def account(school: School) -> Account:
    return owner(school)


def say(her: Person, world: World, name: str, number: str) -> Person:
    her.visit("/recover/none").follow("用实人验证找回").fill("姓名", name).fill("证件号码", number)
    return her.fill("图片验证码", world.captcha()).press("下一步")


def begun(her: Person, world: World, name: str, number: str) -> Person:
    return say(her, world, name, number).press("在这台设备上做").press("同意比对人脸，开始")


def filmed(her: Person, world: World, verdict: str = "pass") -> Person:
    tell(world, verdict)
    film(her)
    world.work()
    return her.visit("/m/face")


@pytest.mark.req("REC-11")
def test_a_face_gives_the_account_back_with_a_new_phone(person: Visitors, world: World, account: Account) -> None:
    her = person()
    say(her, world, NAME, account.document).sees("确认要找回账号的是本人", "在这台设备上做", "换一种办法").sees_not("二维码")
    her.press("在这台设备上做").sees("不同意，用人工审核").press("同意比对人脸，开始")
    filmed(her, world).sees("实人验证已完成").follow("继续").press("继续，找回账号").sees("实人验证通过了")
    her.fill("新手机号", NEW_PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    her.fill("短信验证码", world.code(NEW_PHONE)).press("下一步")
    set_password(her).sees("你的密码已被重新设置")
    assert Account.by_key(account.key).phone == NEW_PHONE and not Shot.select().exists()
    assert any(line.startswith("SMS 138 0000 0001") and "换" in line for line in world.outbox())
    assert her.visit("/recover/face/on").path == "/recover/face"
    world.wait(days=29)
    assert asking.sweep() == 0
    world.wait(days=31)
    assert asking.sweep() == 1 and not PersonCheck.select().exists()


@pytest.mark.req("REC-11")
def test_an_account_in_use_opens_three_days_after_its_contacts_were_told_who_can_say_no(
    visitor: Visitors, world: World, account: Account
) -> None:
    used(account)
    her = begun(visitor(), world, NAME, account.document)
    filmed(her, world).follow("继续").press("继续，找回账号").follow("手机号不换")
    assert her.path == "/recover/wait"
    her.sees("核验过了，还要等一等", "换了浏览器，就再核验一次")
    assert Recovery.get().way == "face"
    visitor().visit(world.link(MAIL)).press("不是我，停下").sees("密码没有变")
    assert Recovery.get().state == "cancelled" and her.visit("/recover/new").path == "/recover"


@pytest.mark.req("REC-11", "REC-02")
def test_before_the_person_was_there_nobody_learns_who_has_an_account_or_a_photo(
    visitor: Visitors, world: World, school: School, account: Account
) -> None:
    """Three people: with an account, in the roster without one, and a number that nobody has. One answer."""
    other = school.record("何苗")
    people = [(NAME, account.document), ("何苗", other.document), ("何苗", id_number("20080512", 8))]
    pages = []
    for number, (name, document) in enumerate(people):
        her = visitor(address=f"192.0.2.{number + 10}")
        shown = [say(her, world, name, document).text]
        shown.append(her.press("在这台设备上做").text)
        shown.append(her.press("同意比对人脸，开始").text.split("正对镜头")[0])
        why = "no_reference" if number else "other_person"
        world.worker.outside = replace(world.worker.outside, faces=Says(Verdict(False, 0, why)))
        for _ in range(2):
            film(her)
            world.work()
            shown.append(her.visit("/m/face").text.split("正对镜头")[0])
        pages.append([re.sub(re.escape(name), "NAME", text) for text in shown])
    assert pages[0] == pages[1] == pages[2]
    assert "还可尝试1次" in pages[0][-2] and "改用人工审核" in pages[0][-1]


class Says(ManualFaces):
    """A provider with one answer."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def online(self) -> bool:
        return True

    def judge(self, *asked: object) -> Verdict:
        return self.verdict


@pytest.mark.req("REC-11")
def test_only_who_was_there_learns_that_there_is_no_account(visitor: Visitors, world: World, school: School) -> None:
    her = begun(visitor(), world, "何苗", school.record("何苗").document)
    filmed(her, world).follow("继续").press("继续，找回账号").sees("这个身份还没有账号", "去注册")
    assert not Recovery.select().exists()


@pytest.mark.req("REC-11")
def test_another_browser_another_name_and_a_late_one_get_nothing(
    visitor: Visitors, world: World, school: School, account: Account
) -> None:
    make_account(school.record("何苗"), NEW_PHONE)
    her = begun(visitor(), world, NAME, account.document)
    filmed(her, world)
    assert visitor().visit("/recover/face/on").path == "/recover/face"
    assert visitor().visit("/recover/face/check").path == "/recover/face"
    say(her, world, "何苗", school.record("何苗").document)
    assert her.visit("/recover/face/on").path == "/recover/face" and her.post("/recover/face/on").path == "/recover/face"
    begun(her, world, NAME, account.document)
    filmed(her, world)
    world.wait(minutes=31)
    assert her.visit("/recover/face/on").path == "/recover/face"
    begun(her, world, NAME, account.document).sees("打开摄像头")
    assert PersonCheck.select().where(PersonCheck.state == "passed").count() == 2


@pytest.mark.req("REC-11")
def test_a_number_is_tried_four_times_a_day_whoever_has_it(visitor: Visitors, world: World, account: Account) -> None:
    for document in (account.document, id_number("20080512", 8)):
        for _ in range(4):
            assert say(visitor(), world, NAME, document).path == "/recover/face/check"
        assert "试的次数太多" in say(visitor(), world, NAME, document).errors()[0]


@pytest.mark.req("REC-11", "RPV-12")
def test_without_a_provider_the_way_is_not_there(visitor: Visitors, world: World, account: Account) -> None:
    her = begun(visitor(), world, NAME, account.document)
    world.app.extensions["worker"].outside = replace(world.app.extensions["worker"].outside, faces=ManualFaces())
    her.visit("/recover/none").sees("还有两条路").sees_not("用实人验证找回")
    for path in ("/recover/face", "/recover/face/check"):
        assert her.visit(path).status == 404
    assert PersonCheck.get().state == "open"


def test_the_page_asks_for_what_the_browser_said_once(visitor: Visitors, world: World, account: Account) -> None:
    her = say(visitor(), world, NAME, account.document)
    with counted() as cost:
        her.visit("/recover/face/check").sees("在这台设备上做")
    assert cost.reads == 2  # it, and the check
