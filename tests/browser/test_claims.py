"""A number that is taken, from its photos to one account and back, in Chromium: plain in Chinese, with htmx in English."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from tests.browser.site import Site, until
from tests.browser.test_journeys import WAYS, prove_phone
from tests.browser.visitor import Visitor
from tests.domain.test_duplicates import colleague, used
from tests.people import PASSWORD, School, make_account
from tests.registering import NAME, NUMBER
from webapp.domain import clock
from webapp.domain.duplicates import effect, review
from webapp.domain.reasons import Picked
from webapp.models.accounts import Account
from webapp.models.duplicates import Archive, Claim, Party, Photo, Submission
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff

OLD = "13800001111"
SLOTS = ("手持身份证人像面照片", "手持身份证国徽面照片", "身份证人像面照片", "身份证国徽面照片")


def drawing(n: int, width: int = 1600, height: int = 1200) -> bytes:
    """A picture with edges all over, so that nobody takes it for blurred; each `n` is another."""
    picture = Image.new("RGB", (width, height), (235, 230, 220))
    pen = ImageDraw.Draw(picture)
    for line in range(0, height, 150 + n):
        pen.line((0, line, width, height - line), fill=(60, 40 + 20 * n, 90), width=5)
    out = BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.fixture
def old(school: School) -> Account:
    """The account that has the identity: opened yesterday, and the record is bound to it."""
    account = make_account(school.record(NAME), OLD)
    Record.update(account=account, bound_how="auto", bound=clock.now()).where(Record.name == NAME).execute()
    used(account)
    return account


def photograph(me: Visitor, n: int) -> None:
    """Send the next photo: with scripts choosing it is enough, without there is a button."""
    me.follow(f"{n} {me.say(SLOTS[n - 1])}")
    photo = {"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": drawing(n)}
    if me.scripts:
        me.page.wait_for_selector("form[data-quick]")
        me.page.evaluate("document.getElementById('main').dataset.before = ''")
        me.page.locator("#album").set_input_files(photo)
        me.page.wait_for_selector("#main:not([data-before])")
    else:
        me.page.locator("#album").set_input_files(photo)
        me.press("上传这张照片")
    slot = me.page.url.rpartition("/")[2]
    until(lambda: _state(slot) == "clean")
    me.visit("/duplicate/photos")


def _state(slot: str) -> str:
    newest = Photo.select().join(Submission).where(Photo.slot == slot).order_by(Submission.id.desc(), Photo.id.desc()).first()
    return Upload.get_by_id(newest.upload_id).state if newest else ""


def hand_in(me: Visitor) -> None:
    for n in range(1, 5):
        photograph(me, n)
    me.press("提交审核")
    until(lambda: Claim.get().state == "waiting")
    me.visit("/duplicate/status").sees("待审核")


def decided(*officers) -> None:
    """Two officers approve, as the desk does."""
    party = Party.get()
    for officer in officers:
        claim = review.take(Claim.get(), officer)
        review.approve(claim, officer, party, {}, NUMBER[-6:])


@pytest.mark.req("ACC-21", "ACC-22", "DUP-02", "DUP-06", "DUP-13", "DUP-15", "DUP-20", "DUP-21")
@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_the_story_of_a_number_that_is_taken(site: Site, school: School, old: Account, language: str, scripts: bool):
    ma, tan = colleague(school.unit, "ma"), colleague(school.unit, "tan")
    me = site.visitor(language=language, scripts=scripts).visit("/register")
    prove_phone(me, site).fill("姓名", NAME).fill("证件号码", NUMBER).press("是，下一步")
    me.sees("证件号码已被注册").press("我要重新注册").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    me.tick("人工审核").tick("我知道其他账号会被注销，继续").press("立即前往")
    hand_in(me)
    review.refuse(review.take(Claim.get(), ma), ma, Picked(("not_holding",)), {})
    me.visit("/duplicate/status").sees("审核失败", "未手持证件", "把证件拿在手里，和脸一起拍进同一张照片").follow("重新上传")
    hand_in(me)
    decided(ma, tan)
    me.visit("/duplicate/status").sees("核验通过")
    _objected(site, language, scripts)
    me.visit("/duplicate/status").sees("待审核")
    decided(colleague(school.unit, "wei"), colleague(school.unit, "zhu"))
    _in_force()
    me.visit("/").sees("看通知、指南和常见问题").visit("/duplicate/status").sees("身份核验已完成")
    assert (Account.by_key(old.key).state, Record.get(Record.name == NAME).account_id) == ("archived", Party.get().account_id)
    until(lambda: any(re.match("SMS 138 0000 1111 .*(归档|archived|closed)", line) for line in site.outbox()))
    _restored(ma, tan)
    assert (Account.by_key(old.key).state, Record.get(Record.name == NAME).account_id) == ("active", old.id)
    assert me.faults == []


def _objected(site: Site, language: str, scripts: bool) -> None:
    """The old account's holder opens the link of the SMS on a phone that is logged in nowhere, and taps once."""
    text = until(lambda: next((line for line in site.outbox() if "/duplicate/notice/" in line), None))
    path = re.search(r"https?://[^/\s]+(/duplicate/notice/\S+)", text)[1]
    her = site.visitor(language=language, scripts=scripts).visit(path).sees("有人要停用这个账号").press("不是我，停下")
    her.sees("已经停下，由两位老师核对")
    assert (Claim.get().state, her.faults) == ("waiting", [])


def _in_force() -> None:
    """Half a minute later: nobody waits for it here."""
    Claim.update(effective=clock.now()).execute()
    effect.take_effect(Claim.get())


def _restored(first, second) -> None:
    archive = Archive.get()
    effect.ask_restore(archive, Staff.by_key(first.key), first)
    effect.restore(Archive.get_by_id(archive.id), Staff.by_key(second.key), second)


def test_a_big_photo_is_made_small_in_the_browser_and_a_broken_network_asks_for_no_other(
    site: Site, school: School, old: Account
):
    account = make_account(school.record(NAME), "13800005678", state="duplicate")
    me = site.visitor(account).visit("/duplicate").tick("人工审核").tick("我知道其他账号会被注销，继续").press("立即前往")
    me.visit("/duplicate/photos/holding_front").page.wait_for_selector("form[data-quick]")
    big = drawing(1, 4000, 3000)
    sent = []
    me.page.on("request", lambda asked: sent.append(len(asked.post_data_buffer or b"")) if asked.method == "POST" else None)
    me.page.context.set_offline(True)
    me.page.locator("#camera").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": big})
    me.page.get_by_role("alert").get_by_text(me.say("没有提交成功，网络断了。内容还在这里。")).wait_for()
    assert not Upload.select().exists()
    me.page.context.set_offline(False)
    until(lambda: Upload.select().exists())
    assert len(big) > 1 << 20
    assert Upload.get().size < len(big) / 2
    me.page.get_by_text(me.say("可以用"), exact=True).wait_for()
    assert [fault for fault in me.faults if "ERR_INTERNET_DISCONNECTED" not in fault and "Failed to fetch" not in fault] == []
