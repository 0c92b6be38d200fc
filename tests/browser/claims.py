"""The screens of a number that is taken: the choice, each way, how it goes, the classmate's and the other holder's page."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from PIL import Image

from tests.browser.guide import Guide, Shot
from tests.browser.site import until
from tests.browser.visitor import Visitor
from webapp.cli.demo.tour import PASSWORD
from webapp.domain import accounts, clock
from webapp.domain.accounts import Identity
from webapp.domain.duplicates import cases, effect, review, sending
from webapp.domain.permissions import SYSTEM
from webapp.domain.reasons import Picked
from webapp.domain.sessions import staff_actor
from webapp.models.accounts import Account, Login
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Photo, Vouch
from webapp.models.photos import Upload
from webapp.models.records import Record

PHOTOS = ("holding_front", "holding_back", "card_front", "card_back")


def picture(width: int = 1600, height: int = 1200, shade: int = 90) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (200, shade, 90)).save(out, "JPEG")
    return out.getvalue()


def claimant(guide: Guide, record: Record, phone: str) -> Account:
    """Somebody who registered the number of this record again."""
    identity = Identity(record.name, record.document_kind, record.country, record.document)
    account = accounts.new(identity, phone, record.account.password_hash, state="duplicate")
    account.save(force_insert=True)
    cases.open_or_join(account)
    return account


def _at(guide: Guide, place: int) -> Record:
    """A record with a holder whom nothing else in the tour touches; each language has its own."""
    return guide.several("confirmed", 40)[10 + 2 * place + (guide.language == "en")]


def _phone(guide: Guide, n: int) -> str:
    return f"1380000{7 if guide.language == 'zh' else 8}7{n:02d}"


def taken(guide: Guide) -> Iterator[Shot]:
    """Registering with a number that somebody has."""
    site, record, phone = guide.site, _at(guide, 0), _phone(guide, 1)
    me = guide.open().visit("/register").fill("手机号", phone).tick("我已阅读并同意《用户协议》、《隐私政策》")
    me.pass_captcha(site.captcha()).press("获取短信验证码").fill("短信验证码", site.code(phone)).press("下一步")
    yield "register-known", me.fill("姓名", record.name).fill("证件号码", record.document).press("是，下一步")
    me.press("我要重新注册").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    yield "duplicate", me
    yield "duplicate-errors", me.press("立即前往")
    yield "duplicate-home", me.visit("/")
    yield "duplicate-kept-out", me.visit("/records")
    yield "duplicate-leave", me.visit("/duplicate/leave")


def photos(guide: Guide) -> Iterator[Shot]:
    account = claimant(guide, _at(guide, 1), _phone(guide, 2))
    party = cases.accept(account)
    me = guide.open(account).visit("/duplicate/photos")
    yield "duplicate-photos", me
    yield "duplicate-photos-errors", me.press("提交审核")
    yield "duplicate-photo", me.visit("/duplicate/photos/holding_front")
    yield from _photo(me, party)
    for n, slot in enumerate(PHOTOS):
        me.visit(f"/duplicate/photos/{slot}")
        _send(me, picture(shade=n))
        until(lambda slot=slot: _photo_of(party, slot).upload.state == "clean")
    yield "duplicate-photos-ready", me.visit("/duplicate/photos")
    me.press("提交审核")
    until(lambda: Claim.get(Claim.id == cases.of(account).claim_id).state == "waiting")
    yield "duplicate-status-waiting", me.visit("/duplicate/status")
    yield "duplicate-photos-waiting", me.visit("/duplicate/photos")
    yield from _decided(guide, me, account)


def _photo_of(party: Party, slot: str = "holding_front") -> Photo:
    return sending.photos(sending.now(party))[slot]


def _photo(me: Visitor, party: Party) -> Iterator[Shot]:
    """What the machine says of one photo."""
    _send(me, b"%PDF-1.7")
    yield "duplicate-photo-errors", me
    me.visit("/duplicate/photos/holding_front")
    _send(me, picture(300, 300))
    until(lambda: _photo_of(party).upload.state == "refused")
    yield "duplicate-photo-refused", me.visit("/duplicate/photos/holding_front")
    _send(me, picture())
    until(lambda: _photo_of(party).upload.state == "clean")
    photo = _photo_of(party)
    for name, hints, state in (
        ("warned", '{"codes": ["glare"]}', "clean"),
        ("good", '{"codes": []}', "clean"),
        ("checking", "{}", "raw"),
    ):
        Photo.update(hints=hints).where(Photo.id == photo.id).execute()
        Upload.update(state=state).where(Upload.id == photo.upload_id).execute()
        yield f"duplicate-photo-{name}", me.visit("/duplicate/photos/holding_front")
    Upload.update(state="clean").where(Upload.id == photo.upload_id).execute()


def _send(me: Visitor, data: bytes) -> None:
    """Choosing is sending where there are scripts."""
    me.page.evaluate("document.getElementById('main').dataset.before = ''")
    me.page.wait_for_selector("form[data-quick]")
    me.page.locator("#album").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": data})
    me.page.wait_for_selector("#main:not([data-before])")


def _decided(guide: Guide, me: Visitor, account: Account) -> Iterator[Shot]:
    officer = staff_actor(guide.staff("ni"))
    claim = review.take(Claim.get_by_id(cases.of(account).claim_id), officer)
    review.look(Photo.select().join(Upload).where(Upload.account == account).first(), officer)
    review.refuse(claim, officer, Picked(("card_unclear", "not_holding"), "身份证号码最后几位反光"), {})
    yield "duplicate-status-refused", me.visit("/duplicate/status").open("撤回申请")
    with transaction():
        effect.approve(Claim.get_by_id(claim.id), SYSTEM, Party.get(Party.account == account), "photos")
    yield "duplicate-status-approved", me.visit("/duplicate/status")


def record(guide: Guide) -> Iterator[Shot]:
    found = _at(guide, 2)
    account = claimant(guide, found, _phone(guide, 3))
    cases.accept(account)
    me = guide.open(account).visit("/duplicate/record")
    yield "duplicate-record", me
    yield "duplicate-record-errors", me.press("提交核对")
    known = Record.by_key(found.key)
    known.phone = _phone(guide, 4)
    known.save()
    _used(found.account)
    me.fill("学校名称", guide.unit.name).fill("学号", known.student_number).fill("入学年份", str(known.enrolled_on.year))
    me.page.locator("#level").select_option(known.level)
    yield "duplicate-record-code", me.press("提交核对")
    yield "duplicate-record-code-sent", me.press("获取短信验证码")


def _used(account: Account) -> None:
    """The other account was opened yesterday."""
    Login.create(account=account, at=clock.now(), method="password", result="in", device="-", network="-")


def classmates(guide: Guide) -> Iterator[Shot]:
    found = _at(guide, 3)
    account = claimant(guide, found, _phone(guide, 5))
    party = cases.accept(account)
    me = guide.open(account).visit("/duplicate/classmates")
    yield "duplicate-classmates", me
    yield "duplicate-classmates-errors", me.press("找这位同学确认")
    helper = _at(guide, 4).account
    vouch = Vouch.create(party=party, helper=helper, asked=clock.now(), expires=clock.now() + timedelta(days=7))
    yield "duplicate-classmates-asked", me.visit("/duplicate/classmates")
    her = guide.open(helper).visit(f"/vouch/{vouch.key}")
    yield "vouch", her
    yield "vouch-errors", her.press("提交回答")
    yield "vouch-answered", her.tick("不是").press("提交回答")


def holder(guide: Guide) -> Iterator[Shot]:
    """Who has the account that somebody else's claim would put away."""
    found = _at(guide, 5)
    claimant(guide, found, _phone(guide, 6))
    me = guide.open(found.account).visit("/me")
    yield "me-claimed", me
    yield "duplicate-notice", me.visit("/duplicate/notice")
    yield "duplicate-notice-agreed", me.press("是我，这个账号不要了")
    me.open("点错了，那不是我")
    yield "duplicate-notice-stopped", me.press("不是我，停下")
    yield "duplicate-notice-none", guide.open(_at(guide, 6).account).visit("/duplicate/notice")


TOURS = (taken, photos, record, classmates, holder)
