"""The screens of graduation, 学历照片 at the office, and the board of progress where it asks students to move."""

import re
from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.site import until
from tests.browser.visitor import DESK, Visitor
from webapp.domain import clock
from webapp.models.checks import Check
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Campaign, Class
from webapp.models.staff import Grant, Staff

ROOM = "/staff/graduation"


def years(guide: Guide) -> Iterator[Shot]:
    """The year that is over, and one that begins."""
    ni = guide.open(guide.staff("ni"), DESK)
    yield "graduation", ni.visit(ROOM)
    gone = Graduation.get(Graduation.state == "published")
    yield "graduation-year-published", ni.visit(f"{ROOM}/{gone.key}?state=published")
    public = Graduate.get((Graduate.graduation == gone) & (Graduate.state == "published"))
    yield "graduation-person-published", ni.visit(f"{ROOM}/person/{public.key}")
    yield "graduation-new", ni.visit(f"{ROOM}/new")
    yield "graduation-new-errors", ni.fill("毕业日期", "").press("开始")
    year = _free_year()
    ni.fill("哪一届", str(year)).fill("毕业日期", f"{year}-06-20").fill("公布日期", f"{year}-07-01")
    yield "graduation-year-empty", ni.fill("校（院）长姓名", "沈知远").press("开始")
    yield "graduation-add", ni.follow("从学籍里加学生")
    yield "graduation-arrange", ni.follow("返回").follow("修改")


def _free_year() -> int:
    """A year that may be begun and was not."""
    this = clock.today().year
    return next(year for year in (this + 1, this - 1) if not Graduation.select().where(Graduation.year == year).exists())


def _leaving() -> Graduation:
    """The year whose list waits."""
    return Graduation.select().join(Graduate).where((Graduation.state == "open") & (Graduate.state == "waiting")).first()


def registering(guide: Guide) -> Iterator[Shot]:
    """The class that leaves next: what stands against whom, the pass that gives numbers, and its publication."""
    ni, row = guide.open(guide.staff("ni"), DESK), _leaving()
    place, listed = f"{ROOM}/{row.key}", Graduate.graduation == row
    yield "graduation-year", ni.visit(place)
    failing = GraduateFault.get(GraduateFault.code == "photo_missing").graduate
    yield "graduation-person", ni.visit(f"{ROOM}/person/{failing.key}")
    yield "graduation-list", ni.visit(f"{place}/list")
    ni.fill("名单", f"{failing.record.student_number} 结业\n20990101 肄业")
    yield "graduation-list-left", ni.press("保存")
    Graduation.update(working="register", done=7, total=12).where(Graduation.id == row.id).execute()
    yield "graduation-working", ni.visit(place)
    Graduation.update(working="").where(Graduation.id == row.id).execute()
    yield "graduation-registered", _registered(ni.visit(place), row)
    done = list(Graduate.select().where(listed & (Graduate.state == "registered")))
    yield "graduation-person-registered", ni.visit(f"{ROOM}/person/{done[0].key}")
    yield "graduation-numbers", ni.visit(f"{place}/numbers")
    yield "graduation-publish", ni.visit(f"{place}/publish")
    yield "graduation-publish-errors", ni.press("申请公布")
    yield "graduation-publish-asked", ni.fill("公布多少人", str(len(done))).press("申请公布")


def _registered(ni: Visitor, row: Graduation) -> Visitor:
    """The year's list once its pass is over."""
    ni.press("注册通过的学生")
    until(lambda: not Graduation.get_by_id(row.id).working)
    return ni.visit(f"{ROOM}/{row.key}?state=registered")


def photos(guide: Guide) -> Iterator[Shot]:
    """The college hands on what its students say, the office decides."""
    zhou = guide.open(guide.staff("xinxi"), DESK)
    yield "photo-errors", zhou.visit("/staff/photo-errors")
    wrong = list(GraduationPhoto.select().where(GraduationPhoto.state == "wrong"))
    yield "photo-errors-collected", zhou.press("汇总上报 %(num)s 人", num=len(wrong))
    ni = guide.open(guide.staff("ni"), DESK)
    yield "office-photos", ni.visit("/staff/photos")
    yield "office-photos-none", ni.visit("/staff/photos?state=returned")
    yield "office-photo-collected", ni.visit(f"/staff/photos/{wrong[0].key}")
    doubtful = GraduationPhoto.get(GraduationPhoto.state == "doubtful")
    yield "office-photo", ni.visit(f"/staff/photos/{doubtful.key}")
    yield "office-photo-errors", ni.press("退回重采")
    yield "office-photo-replace", ni.visit(f"/staff/photos/{doubtful.key}/replace")
    yield "office-photo-replace-errors", ni.press("上传并检查")
    locked = GraduationPhoto.get(GraduationPhoto.state == "locked")
    yield "office-photo-locked", ni.visit(f"/staff/photos/{locked.key}")


def reminding(guide: Guide) -> Iterator[Shot]:
    """The board of a window of photos, and what a counsellor does for whom the self-check waits."""
    window = Campaign.get(Campaign.kind == "photo")
    yield "photo-board", guide.open(guide.staff("ni"), DESK).visit(f"/staff/progress?campaign={window.key}")
    officer = guide.staff("luo")
    luo = guide.open(officer, DESK)
    called = Record.select().join(Check).where((Record.klass == _class_of(officer)) & (Check.state == "unseen")).first()
    called.phone = "13800008123"
    called.save()
    yield "board-phone", luo.visit(f"/staff/progress/student/{called.key}").follow("打电话")
    yield "board-remind", luo.visit("/staff/progress/remind")
    many = int(re.search(r"\d+", luo.page.locator("form .btn").inner_text())[0])
    yield "board-reminded", luo.press("提醒 %(num)s 人", num=many)


def _class_of(counsellor: Staff) -> Class:
    return Grant.get(Grant.staff == counsellor).klass


STAFF: tuple[Tour, ...] = (years, registering, photos, reminding)
