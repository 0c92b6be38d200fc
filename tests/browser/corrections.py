"""The screens of 更正申请: a student who asks, the desks of school and province, and the sheet on paper."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK
from tests.correcting import picture
from webapp.domain import clock
from webapp.models.accounts import Account
from webapp.models.corrections import Correction


def asking(guide: Guide) -> Iterator[Shot]:
    record = guide.several("confirmed", 1)[0]
    me = guide.open(record.account)
    yield "corrections-none", me.visit("/corrections")
    yield "corrections-new-unproved", me.visit("/corrections/new")
    yield "corrections-prove", me.visit("/corrections/prove")
    Account.update(person_proved=clock.now(), person_proved_by="desk").where(Account.id == record.account_id).execute()
    yield "corrections-new", me.visit(f"/corrections/new?record={record.key}")
    yield "corrections-value-choice", me.visit(f"/corrections/new/{record.key}/sex")
    yield "corrections-value", me.visit(f"/corrections/new/{record.key}/name")
    yield "corrections-value-errors", me.press("继续")
    me.tick("登记时写错了").fill("应该是", "林晓曦").fill("理由", "身份证上不一样")
    yield "corrections-papers", me.press("继续")
    key = Correction.get(Correction.account == record.account).key
    yield "corrections-paper", me.visit(f"/corrections/{key}/papers/id_card")
    yield "corrections-paper-errors", me.press("上传")
    yield "corrections-paper-brought", me.attach("从相册选", "card.jpg", picture()).press("上传")
    yield "corrections-check", me.visit(f"/corrections/{key}/check")
    yield "corrections-check-errors", me.press("提交申请")
    me.visit(f"/corrections/{key}/papers/household").attach("从相册选", "book.jpg", picture()).press("上传")
    yield "correction", me.visit(f"/corrections/{key}/check").press("提交申请")
    yield "corrections", me.visit("/corrections")
    yield "record-history", me.visit(f"/records/{record.key}/history")


def deciding(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK)
    yield "staff-corrections", ni.visit("/staff/corrections")
    yield "staff-corrections-nothing", ni.visit("/staff/corrections?show=fraud")
    waiting = Correction.get(Correction.state == "school")
    yield "staff-correction", ni.visit(f"/staff/corrections/{waiting.key}")
    yield "staff-correction-held", ni.press("接手")
    yield "staff-correction-no", ni.open("退回或不通过")
    yield "staff-correction-sheet", ni.visit(f"/staff/corrections/{waiting.key}/sheet")
    yield "staff-corrections-deadline", ni.visit("/staff/corrections/deadline")
    yield "staff-corrections-deadline-errors", ni.fill("最后一天", "明年").press("保存")


def province(guide: Guide) -> Iterator[Shot]:
    sheng = guide.open(guide.staff("sheng"), DESK)
    waiting = Correction.get(Correction.state == "province")
    sheng.visit(f"/staff/corrections/{waiting.key}").press("接手")
    yield "province-correction", sheng
    yield "province-correction-errors", sheng.press("同意，交第二个人复核")


STUDENTS = (asking,)
STAFF = (deciding, province)
