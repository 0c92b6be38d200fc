"""The claimant's way: a number that is taken, the choice, the photos, the status, and the way back to the old account."""

from io import BytesIO

import pytest
from PIL import Image

from tests.domain.test_duplicates import colleague
from tests.pages import weighed
from tests.people import PASSWORD, id_number, make_account
from tests.registering import NAME, NUMBER, identify, prove
from webapp.domain import clock, defaults
from webapp.domain.duplicates import cases, review
from webapp.domain.permissions import SYSTEM
from webapp.domain.reasons import Picked
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Party, Photo, Submission
from webapp.models.photos import Upload
from webapp.models.records import Record

OLD, NEW = "13800001111", "13800005678"
CARD = ("手持身份证人像面照片", "手持身份证国徽面照片", "身份证人像面照片", "身份证国徽面照片")


def picture(width: int = 900, height: int = 700, kind: str = "JPEG", colour: tuple = (200, 120, 90)) -> bytes:
    """Stripes, so that a machine finds it sharp."""
    out, stripes = BytesIO(), (bytes(colour) * 4 + bytes(12)) * (width * height // 8 + 1)
    Image.frombytes("RGB", (width, height), stripes[: width * height * 3]).save(out, kind)
    return out.getvalue()


@pytest.fixture
def old(school):
    """The account that has the identity; its record is bound to it."""
    account = make_account(school.record(NAME), OLD)
    Record.update(account=account, bound_how="auto", bound=clock.now()).where(Record.name == NAME).execute()
    return account


@pytest.fixture
def me(old, person, world, school):
    """Somebody who registered the same number again and chose to have photos looked at."""
    account = make_account(school.record(NAME), NEW, state="duplicate")
    cases.open_or_join(account)
    return world.log_in(person(), account)


def choose(person, way: str):
    return person.visit("/duplicate").tick(way).tick("我知道其他账号会被注销").press("立即前往")


def send(person, slot: str, data: bytes | None = None, name: str = "IMG_0001.jpg"):
    return person.visit(f"/duplicate/photos/{slot}").attach("从相册选", name, data or picture()).press("上传这张照片")


def send_all(person, world):
    for n, slot in enumerate(("holding_front", "holding_back", "card_front", "card_back")):
        send(person, slot, picture(colour=(n, 90, 90)))
    world.work()
    return person.visit("/duplicate/photos").press("提交审核")


@pytest.mark.req("ACC-21", "ACC-22", "DUP-01")
def test_a_taken_number_leaves_three_choices_and_the_first_makes_an_account_in_doubt(person, world, old):
    her = identify(prove(person(), world))
    assert (her.status, her.path, her.heading) == (200, "/register/known", "证件号码已被注册")
    her.sees("1. 我要重新注册", "2. 使用原账号登录（图像校对、学档、兵役登记/应征报名）", "3. 找回密码 / 找回用户名")
    her.sees("友情提示", "旧账号会被注销", "不能再用于征兵、研招报名")
    assert len(her.page.find(class_="choices").find_all("li")) == 3
    her.press("我要重新注册").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    assert her.path == "/duplicate"
    her.sees("当前注册的账号因身份证号重复, 需要验证身份信息, 可通过以下途径验证, 验证通过后即可正常使用。")
    made = Account.get(Account.phone_index == Account.phone_index.of(NEW))
    assert (made.state, Party.get().account_id) == ("duplicate", made.id)
    assert any("duplicate/notice" in line for line in world.outbox() if line.startswith("SMS 138 0000 1111"))


@pytest.mark.req("ACC-21")
def test_the_number_of_the_form_can_still_be_corrected(person, world, old):
    her = identify(prove(person(), world)).follow("号码填错了")
    assert (her.path, her.value("证件号码")) == ("/register/identity", NUMBER)
    her.visit("/register/password")
    assert her.path == "/register/identity"
    assert identify(her, "王页", id_number("20000101", 100)).path == "/register/password"


@pytest.mark.req("ACC-22")
@pytest.mark.parametrize("page", ["/records", "/records/none", "/menu"])
def test_an_account_in_doubt_is_kept_from_every_record(me, page):
    me.visit(page)
    assert me.status == 409
    me.sees("证件号码重复，请先完成身份核验").follow("解决办法")
    assert me.path == "/duplicate"


@pytest.mark.req("DUP-26")
def test_the_front_page_has_one_task_settings_help_and_the_way_out(me):
    me.visit("/").sees("林*溪", "证件号码重复", "解决办法", "设置", "帮助中心", "退出")
    badge = me.page.find(class_="pill")
    assert ("bad" in badge["class"], badge.get_text(strip=True)) == (True, "1")


@pytest.mark.req("DUP-02", "DUP-03", "DUP-04")
def test_no_way_starts_before_the_warning_is_ticked(me):
    me.visit("/duplicate").sees("选择解决办法", "人工审核", "大学同班同学协助", "提供学籍或学历信息", "重要提示")
    me.sees("慎重选择", "研招推免、统考、自主招生、兵役登记/应征报名", "其他账号正在使用的服务：学籍查询和自查")
    assert me.press("立即前往").errors() == ["选一种办法", "看完重要提示，再勾选"]
    for path in ("photos", "photos/holding_front", "record", "classmates"):
        assert me.visit(f"/duplicate/{path}").path == "/duplicate"
    assert choose(me, "人工审核").path == "/duplicate/photos"
    assert Party.get().warned is not None


@pytest.mark.req("DUP-06", "DUP-12")
def test_the_set_shows_its_rules_the_samples_and_what_is_left(me):
    choose(me, "人工审核").sees(*CARD, "今日剩余3次，累计剩余5次", "138 0000 5678", "1*****6", "用户名")
    me.sees("持证的手臂和上半身都拍进去", "四角完整", "不要美颜", "手机直接拍就行")
    assert me.page.find("svg", class_="sample")["aria-label"] == f"样例：{CARD[0]}"
    assert me.press("提交审核").errors() == [f"上传：{name}" for name in CARD]
    send(me, "holding_back").visit("/duplicate/photos").press("提交审核")
    assert me.errors() == [f"上传：{name}" for name in (CARD[0], *CARD[2:])]


@pytest.mark.req("DUP-07")
def test_a_school_may_ask_for_two_photos_as_it_once_was(me):
    defaults.change("dup.photo_set", 2, SYSTEM)
    choose(me, "人工审核").sees("手持身份证正面头部照", "手持身份证背面头部照").sees_not("身份证国徽面照片")
    assert me.visit("/duplicate/photos/card_front").status == 404


@pytest.mark.req("DUP-06")
def test_another_document_has_a_set_of_its_own(visitor, world, old, school):
    record = school.record("何苗")
    make_account(record, "13800001112")
    account = make_account(record, "13800001113", state="duplicate")
    Account.update(document_kind="A").where(Account.id == account.id).execute()
    her = world.log_in(visitor(), account)
    choose(her, "人工审核").sees("手持护照资料页照片", "护照资料页照片").sees_not("国徽面")


@pytest.mark.req("DUP-08", "DUP-09", "SYS-03")
def test_a_photo_is_taken_as_it_comes_and_looked_at_by_a_job(me, world):
    choose(me, "人工审核")
    send(me, "holding_front", picture(kind="PNG"), "照片.png")
    assert me.path == "/duplicate/photos/holding_front"
    me.sees("照片已收到，正在检查")
    assert Upload.get().state == "raw"
    world.work()
    me.visit(me.path).sees("可以用", "下一张")
    upload = Upload.get()
    assert (upload.state, upload.media, upload.purpose) == ("clean", "image/jpeg", "claim_photo")
    assert upload.size <= defaults.value("dup.photo_max_bytes")
    me.follow("下一张")
    assert me.path == "/duplicate/photos/holding_back"


@pytest.mark.req("DUP-08")
@pytest.mark.parametrize(("data", "told"), [(b"%PDF-1.7 hello", "仅支持.jpg .jpeg .png .gif 的图片格式"), (b"", "选一张照片")])
def test_what_is_no_picture_is_told_at_once(me, data, told):
    choose(me, "人工审核")
    send(me, "holding_front", data or b"", "scan.pdf") if data else me.visit("/duplicate/photos/holding_front").press("上传")
    assert me.status == 422
    assert me.errors()[0].startswith(told)
    assert not Upload.select().exists()


@pytest.mark.req("DUP-09")
@pytest.mark.parametrize("size", [100_000, 1_000_000, 15 << 20])
def test_a_photo_arrives_whatever_bytes_it_has(me, size):
    """A line end at the end of a piece may begin a boundary: it must not count against what a form may hold in memory."""
    choose(me, "人工审核")
    send(me, "holding_front", b"\xff\xd8\xff" + b"\r\n" * ((size - 3) // 2))
    assert (me.status, Upload.get().size) == (200, 3 + (size - 3) // 2 * 2)


@pytest.mark.req("DUP-09")
def test_more_than_a_phone_takes_is_told_so(me):
    choose(me, "人工审核")
    send(me, "holding_front", b"\xff\xd8\xff" + b"x" * (15 << 20))
    assert (me.status, me.errors()) == (422, ["照片超过 15 MB，用手机重新拍一张"])


@pytest.mark.req("DUP-09")
def test_the_same_file_again_after_a_failure_is_told_so(me, world):
    choose(me, "人工审核")
    small = picture(300, 300)
    send(me, "holding_front", small)
    world.work()
    me.visit("/duplicate/photos").sees("要重拍").visit("/duplicate/photos/holding_front").sees("照片太小")
    assert send(me, "holding_front", small).errors() == ["这张刚才没通过，换一张"]
    send(me, "holding_front", picture())
    world.work()
    me.visit("/duplicate/photos/holding_front").sees("可以用")


def test_a_hint_is_no_verdict(me, world):
    choose(me, "人工审核")
    send_all(me.visit("/duplicate"), world)
    Submission.update(state="draft").execute()
    Photo.update(hints='{"codes": ["glare"]}').where(Photo.slot == "holding_front").execute()
    me.visit("/duplicate/photos").sees("可以更清楚").visit("/duplicate/photos/holding_front")
    me.sees("反光", "关掉闪光灯", "仍然用这张", "清晰").follow("仍然用这张")
    assert me.path == "/duplicate/photos"


@pytest.mark.req("DUP-25")
def test_what_was_begun_on_the_phone_goes_on_at_the_desk(me, person, world):
    choose(me, "人工审核")
    send(me, "holding_front")
    world.work()
    account = Account.get(Account.state == "duplicate")
    there = world.log_in(person(), account).visit("/duplicate/photos").sees("可以用")
    send(there, "holding_back")
    assert Submission.select().count() == 1
    assert {photo.slot for photo in Photo.select()} == {"holding_front", "holding_back"}


@pytest.mark.req("DUP-13", "DUP-14", "DUP-15")
def test_the_log_tells_each_try_its_day_and_what_to_mend(me, world, school):
    choose(me, "人工审核")
    assert send_all(me, world).path == "/duplicate/status"
    world.work()
    me.visit("/duplicate/status").sees("待审核", "2026 年 11 月 19 日前有结果", "还没有人看过", "撤回申请")
    desk = colleague(school.unit, "ma")
    claim = review.take(Claim.get(), desk)
    review.look(Photo.select().order_by(Photo.id).get(), desk)
    review.refuse(claim, desk, Picked(("card_unclear", "not_holding"), "再近一点"), {})
    world.wait(seconds=31)
    assert any("没有通过" in line for line in world.outbox() if line.startswith("SMS 138 0000 5678"))
    me.visit("/duplicate/status").sees("审核失败", "证件信息不清晰", "未手持证件", "再近一点", "把证件拿在手里")
    me.sees("证件号码", "创建日期", "日志状态", "审核失败原因", "待审核：等待客服审核", "谁看过我的照片", "m*")
    me.follow("重新上传").sees("今日剩余2次，累计剩余4次")


@pytest.mark.req("DUP-10", "DUP-11")
def test_past_the_limit_the_other_ways_are_named(me, world):
    choose(me, "人工审核")
    party = Party.get()
    for _ in range(3):
        Submission.create(party=party, way="photos", state="refused", begun=clock.now(), sent=clock.now(), spent=True)
    me.visit("/duplicate/photos").sees("每天只能上传3次", "11 月 17 日 00:00", "换一种办法核验").sees_not("提交审核")
    Submission.update(state="refused", spent=True).execute()
    world.wait(days=1)
    world.log_in(me, party.account).visit("/duplicate/photos").sees("今日剩余3次，累计剩余2次")
    for _ in range(2):
        Submission.create(party=party, way="photos", state="refused", begun=clock.now(), sent=clock.now(), spent=True)
    me.visit("/duplicate/photos").sees("累计上传不能超过5次", "换一种办法核验")


@pytest.mark.req("ACC-23", "DUP-22")
def test_a_second_claimant_joins_and_learns_only_that_it_is_being_reviewed(me, visitor, world, school):
    other = make_account(school.record(NAME), "13800009999", state="duplicate")
    cases.open_or_join(other)
    her = world.log_in(visitor(), other)
    her.visit("/duplicate").sees("该证件号码正在审核中").sees_not(NEW, "138 0000 5678")
    assert Claim.select().count() == 1


def test_who_finds_the_old_account_gives_the_new_one_up_and_its_phone_is_free(me, world, school):
    me.visit("/duplicate").follow("用原账号登录").sees("新账号的手机号可以再绑定到原账号").press("放弃核验")
    assert me.path == "/login"
    states = {account.phone: account.state for account in Account.select()}
    assert (states[NEW], Claim.get().state) == ("archived", "withdrawn")
    assert make_account(school.record("何苗"), NEW).phone == NEW


@pytest.mark.req("DUP-13")
def test_what_was_handed_in_can_be_taken_back(me, world):
    choose(me, "人工审核")
    send_all(me, world)
    world.work()
    me.visit("/duplicate/status").press("撤回申请")
    assert (me.path, Claim.get().state, Submission.get().state) == ("/duplicate", "withdrawn", "withdrawn")
    me.visit("/duplicate/status").sees("已撤回")


def test_anothers_photo_page_and_an_unknown_slot_are_not_there(me):
    choose(me, "人工审核")
    assert me.visit("/duplicate/photos/passport").status == 404
    assert me.visit("/duplicate/photos/passport/verdict").path == "/duplicate/photos/passport"


def test_its_pages_are_a_few_kilobytes(me):
    choose(me, "人工审核")
    paths = ("", "/photos", "/photos/holding_front", "/record", "/classmates", "/leave")
    weights = {path: weighed(me.client, f"/duplicate{path}").page for path in paths}
    assert {path: weight for path, weight in weights.items() if weight > 5 * 1024} == {}


@pytest.mark.req("ACC-22")
def test_a_double_tap_on_the_last_step_makes_one_account_and_one_place_in_the_case(visitor, world, old):
    her = identify(prove(visitor(), world)).press("我要重新注册").fill("密码", PASSWORD).fill("密码确认", PASSWORD)
    token, sent = her.token(), {"password": PASSWORD, "confirm": PASSWORD}
    visit = her.client.get_cookie("xd_visit").value
    for _ in range(2):
        her.client.set_cookie("xd_visit", visit)
        assert her.client.post("/register/password", data={**sent, "csrf_token": token}).status_code in (204, 303)
    assert (Account.select().where(Account.state == "duplicate").count(), Party.select().count()) == (1, 1)
