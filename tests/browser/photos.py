"""The screens of 学历照片 for students, of certificates claimed and of names used, and of their cases at the office."""

from collections.abc import Iterator
from datetime import timedelta

from tests.browser.claims import claimant
from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK, Visitor
from tests.domain.test_photo_imports import portrait
from webapp.domain import certificate_claims, clock
from webapp.domain.certificate_claims import Certificate
from webapp.domain.duplicates import cases
from webapp.domain.tickets import asking as questions
from webapp.domain.tickets.asking import Question
from webapp.models.accounts import Account, Login
from webapp.models.duplicates import Archive
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.providers.files import Files

TEXT = "登录不了，说证件号码重复。第一张是页面，第二张是我拿着身份证。"


def checking(guide: Guide) -> Iterator[Shot]:
    """The check from its door to the last question; then how it ended for others."""
    yield "photo-door", guide.open().visit("/photo")
    me = guide.open(_photo("waiting").record.account).visit("/photo")
    yield "photo-notice", me
    yield "photo-check", me.press("确定，开始校对")
    yield "photo-data", me.follow("学籍信息有误")
    me.tick("专业").fill("正确的是什么", "软件工程").press("学籍信息有误")
    yield "photo-check-half", me
    yield "photo-wrong", me.follow("毕业照片有误")
    yield "photo-wrong-errors", me.tick("照片不是我本人").press("毕业照片有误")
    yield "photo-finish-wrong", me.tick("我看清楚了，照片上确实不是我").press("毕业照片有误")
    me.follow("返回").open("再看学籍信息").press("学籍信息正确").follow("返回")
    yield "photo-finish", me.press("毕业照片正确")
    for state in ("right", "wrong"):
        found = _photo(state)
        yield f"photo-result-{state}", guide.open(found.record.account).visit(f"/records/{found.record.key}/photo")


def shut(guide: Guide) -> Iterator[Shot]:
    """When there is nothing to check: the time is over, there is no picture yet, the qualification is published."""
    found = _begun()
    path, window = f"/records/{found.record.key}/photo", Campaign.get(Campaign.kind == "photo")
    me = guide.open(found.record.account).visit(path)
    days = {"starts": window.starts, "ends": window.ends, "corrections_until": window.corrections_until}
    _set(window, starts=window.starts - timedelta(days=60), ends=window.starts, corrections_until=window.starts)
    yield "photo-stopped", me.press("毕业照片正确")
    yield "photo-closed", me.visit(path)
    _set(window, **days)
    yield "record-photo-code", me.visit(f"/records/{found.record.key}/collection")
    for name, more in (
        ("returned", {"state": "returned", "answer": "背景太灰，重新拍一张"}),
        ("again", {"state": "waiting", "answer": "和本人核对过，照片没有错"}),
        ("none", {"current": False}),
    ):
        _set(found, **more)
        yield f"photo-{name}", me.visit(path)
    _set(found, current=True)
    _set(found.record, published=clock.now())
    yield "photo-locked", me.visit(path)


def _photo(state: str) -> GraduationPhoto:
    """The first photo in this state whose holder has an account."""
    query = GraduationPhoto.select(GraduationPhoto, Record, Account).join(Record).join(Account)
    return query.where((GraduationPhoto.state == state) & GraduationPhoto.current).order_by(Record.id).first()


def _begun() -> GraduationPhoto:
    """One whose check has begun, and of which the photo was not looked at yet."""
    begun = (GraduationPhoto.state == "checking") & (GraduationPhoto.photo_block == "")
    return GraduationPhoto.select(GraduationPhoto, Record).join(Record).where(begun).first()


def _set(row: Campaign | GraduationPhoto | Record, **columns: object) -> None:
    for column, value in columns.items():
        setattr(row, column, value)
    row.save()


def claiming(guide: Guide) -> Iterator[Shot]:
    """A certificate that no search finds."""
    me = guide.open(guide.several("confirmed", 52)[-1].account).visit("/records/claim")
    yield "certificate", me
    me.fill("证书编号", "982456").fill("毕业年份", "1998").fill("毕业学校", guide.unit.name)
    me.attach("毕业证书的照片", "证书.jpg", portrait()).press("交给学籍科")
    yield "certificate-waiting", me.visit("/records/claim")


def named(guide: Guide) -> Iterator[Shot]:
    """A number that somebody else had: what was done with it, and the certificate that proves whose it is."""
    record = guide.several("confirmed", 53)[-1]
    false = claimant(guide, record, "13800007881")
    party = cases.accept(false)
    for days in (9, 4):
        Login.create(account=false, at=clock.now() - timedelta(days=days), method="code", result="in", device="-", network="-")
    me = guide.open(false).visit("/duplicate/qualification")
    yield "duplicate-qualification", me
    Archive.create(account=false, claim=party.claim, why="impostor", at=clock.now())
    yield "duplicate-used", guide.open(record.account).visit(f"/duplicate/used/{party.claim.key}")


def deciding(guide: Guide) -> Iterator[Shot]:
    """The office, with a certificate and with a case that came as a question."""
    ni = guide.open(guide.staff("ni"), DESK)
    record, owner = guide.graduate()
    certificate = Certificate(record.certificate, "", guide.unit.name, record.graduated_on.year)
    ticket = certificate_claims.claim(owner, certificate, "认领学历", [_kept(guide)])
    yield "ticket-with-certificate", ni.visit(f"/staff/tickets/{ticket.key}").press("我来答复")
    yield "ticket-certificate", ni.follow("认领学历：绑定或不予绑定")
    yield "ticket-certificate-errors", ni.press("绑定到这个账号")
    yield from _case(guide, ni)


def _case(guide: Guide, ni: Visitor) -> Iterator[Shot]:
    asker = claimant(guide, guide.several("confirmed", 54)[-1], "13800007882")
    asked = questions.ask(Question("account", TEXT), [_kept(guide), _kept(guide)], asker)
    ni.visit(f"/staff/tickets/{asked.key}").press("我来答复")
    yield "ticket-case", ni.follow("转为证件重复审核")
    yield "ticket-case-errors", ni.press("提交审核")


def _kept(guide: Guide) -> Upload:
    return Files(guide.site.worker.outside.storage).keep(portrait(), "ticket_file", state="clean", media="image/jpeg")


STUDENTS: tuple[Tour, ...] = (checking, shut, claiming, named)
STAFF: tuple[Tour, ...] = (deciding,)
