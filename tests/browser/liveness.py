"""The screens of 实人验证: the computer and the phone, the camera, the photo, a unit's holder, and the desk of photos."""

from collections.abc import Iterator

from tests.browser.claims import claimant
from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.browser.visitor import DESK, Visitor
from tests.certifying import begun
from tests.graduation import photo
from tests.people import id_number
from tests.reporting import Holder
from webapp.domain import clock
from webapp.domain.certification import filing
from webapp.domain.changes import requests, reviews
from webapp.domain.duplicates import cases
from webapp.domain.liveness import asking, handing
from webapp.domain.permissions import SYSTEM, student
from webapp.models.accounts import Account
from webapp.models.certification import Agency, Application
from webapp.models.liveness import Handoff, PersonCheck


def proving(guide: Guide) -> Iterator[Shot]:
    application = _waiting(guide, 0)
    place = f"/applications/{application.key}/person"
    me = guide.open(application.account)
    yield "person", me.visit(place)
    yield "person-code", me.press("换手机做：显示二维码")
    shown = Handoff.select().order_by(Handoff.id.desc()).get()
    phone = guide.open()
    yield "m-typed-errors", phone.visit("/m").press("下一步")
    yield "m-is-it-you", phone.visit(f"/m/{shown.token}")
    yield "m-consent", phone.press("是我")
    yield "m-over", guide.open().visit(f"/m/{shown.token}")
    yield "m-camera", phone.press("同意比对人脸，开始")
    yield "me-consents-face", me.visit("/me/consents")
    phone.visit("/m/photo").attach("从相册选", "photo.gif", b"GIF89a")  # a chosen file is sent at once
    phone.page.locator("#album-error").wait_for()
    yield "m-photo-errors", phone
    _bring(phone, asking.of(application))
    yield "m-photo-waiting", phone.visit("/m/face")
    yield "person-photo-waiting", me.visit(place)


def for_a_unit(guide: Guide) -> Iterator[Shot]:
    application = _waiting(guide, 1, nature="unit", unit_name="青溪贸易公司", holder_phone="13800007777")
    me = guide.open(application.account).visit(f"/applications/{application.key}/person")
    yield "person-unit", me
    sent = handing.send(asking.begin(application), application.holder_phone)
    holder = guide.open().visit(f"/m/{sent.token}")
    yield "m-proof", holder.press("是我")
    again = handing.send(asking.begin(application), application.holder_phone)
    yield "m-denied", guide.open().visit(f"/m/{again.token}").press("不是我")


def claiming(guide: Guide) -> Iterator[Shot]:
    """途径1 of 证件号码重复: the same pages, without the application around them."""
    english = guide.language == "en"
    record = guide.several("confirmed", 60)[56 + english]
    party = cases.accept(claimant(guide, record, f"1380000660{1 + english}"))
    me = guide.open(party.account)
    yield "duplicate-person", me.visit("/duplicate/person")
    yield "m-consent-claimant", me.press("在这台设备上做")


def changing(guide: Guide) -> Iterator[Shot]:
    """The same pages of a change: with the old phone lost, and for a renewed passport."""
    english = guide.language == "en"
    owner = guide.several("confirmed", 60)[58 + english].account
    change = requests.ask(owner, "phone", {"phone": f"1380000680{1 + english}"})
    me = guide.open(owner)
    yield "me-phone-asked-face", me.visit("/me/phone")
    yield "me-phone-person", me.follow("做实人验证")
    reviews.approve(change, SYSTEM, "face")
    yield "me-phone-asked-passed", me.visit("/me/phone/person")
    requests.withdraw(owner, "phone")
    was = (owner.document_kind, owner.country, owner.document)
    owner.document_kind, owner.country, owner.document = "A", "KAZ", "N1234567"
    owner.save()
    requests.ask(owner, "identity", {"name": owner.name, "kind": "A", "country": "KAZ", "number": "N7654321"})
    yield "me-identity-asked-face", me.visit("/me/identity")
    yield "me-identity-person", me.follow("做实人验证")
    requests.withdraw(owner, "identity")
    owner.document_kind, owner.country, owner.document = was
    owner.save()


def looking(guide: Guide) -> Iterator[Shot]:
    check = asking.begin(_waiting(guide, 2))
    me = guide.open(check.account).visit(f"/applications/{check.subject}/person").press("传手持证件照")
    _bring(me, check)
    ni = guide.open(guide.staff("ni"), DESK).visit("/staff/person-checks")
    yield "staff-person-checks", ni
    yield "staff-person-check-errors", ni.visit(f"/staff/person-checks/{check.key}").press("接手").press("通过")


def _bring(browser: Visitor, check: PersonCheck) -> None:
    browser.attach("从相册选", "photo.jpg", photo(size=(600, 800)))
    until(lambda: PersonCheck.get_or_none((PersonCheck.id == check.id) & (PersonCheck.state == "waiting")))


def _waiting(guide: Guide, n: int, **facts: object) -> Application:
    """An application that waits for its holder, another one in each language."""
    record = guide.several("confirmed", 60)[50 + 2 * n + (guide.language == "en")]
    me = Holder(record.account, student(record.account.key), record)
    draft = begun(me, Agency.get())
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save()
    return filing.submit(draft, me.actor)


def in_the_place_of_the_schools_name(guide: Guide) -> Iterator[Shot]:
    record = guide.several("confirmed", 90)[62 + (guide.language == "en")]
    Account.update(school_proved=None, records_seen=None).where(Account.id == record.account_id).execute()
    me = guide.open(record.account)
    yield "gate-other-ways", me.visit("/records")
    yield "person-level", me.follow("改用实人验证")
    yield "m-photo-level", me.press("传手持证件照")


def recovering(guide: Guide) -> Iterator[Shot]:
    """找回 by a face: of two people one has an account."""
    record = guide.several("confirmed", 90)[64 + (guide.language == "en")]
    found, nobody = (record.name, record.document), ("江晓溪", id_number("20080512", 8 + 2 * (guide.language == "en")))
    yield "recover-none-face", guide.open().visit("/recover/none")
    yield "recover-face-errors", guide.open().visit("/recover/face").press("下一步")
    yield "recover-face-check", _named(guide, found)
    yield "recover-face-on", _seen(guide, _named(guide, found))
    me = _seen(guide, _named(guide, nobody))
    yield "recover-face-nobody", me.press("继续，找回账号")


def _named(guide: Guide, who: tuple[str, str]) -> Visitor:
    me = guide.open().visit("/recover/face").fill("姓名", who[0]).fill("证件号码", who[1])
    return me.pass_captcha(guide.site.captcha()).press("下一步")


def _seen(guide: Guide, me: Visitor) -> Visitor:
    """The face was there: what a job writes down."""
    me.press("在这台设备上做")
    newest = PersonCheck.select().where(PersonCheck.purpose == "recovery").order_by(PersonCheck.id.desc()).get()
    passed = {"state": "passed", "method": "face", "judged": clock.now()}
    PersonCheck.update(passed).where(PersonCheck.id == newest.id).execute()
    return me.visit("/recover/face/on")


STUDENTS: tuple[Tour, ...] = (proving, for_a_unit, claiming, in_the_place_of_the_schools_name, recovering, changing)
STAFF: tuple[Tour, ...] = (looking,)
