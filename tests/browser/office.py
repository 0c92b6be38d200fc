"""The screens of the office itself: counsellors, lists that left, settings, and the province that looks on."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK
from tests.tables import csv_bytes
from webapp.models.school import Class

HEAD = ["班级", "姓名", "手机", "起始日期"]


def office(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK)
    first = Class.select().order_by(Class.id).first()
    yield "counsellors", ni.visit("/staff/counsellors")
    yield "counsellors-bare", ni.visit("/staff/counsellors?show=bare")
    yield "counsellors-class", ni.visit(f"/staff/counsellors/{first.key}")
    yield "counsellors-class-errors", ni.press("安排")
    yield "counsellors-sheet", ni.visit("/staff/counsellors/sheet")
    yield "counsellors-sheet-errors", ni.press("上传并检查")
    rows = [[first.name, "单雪", "13800008801", ""], ["没有这个班", "单雪", "13800008801", ""]]
    ni.visit("/staff/counsellors/sheet").attach("文件", "辅导员.csv", csv_bytes([HEAD, *rows]))
    yield "counsellors-plan", ni.press("上传并检查")
    yield "counsellors-done", ni.press("确认安排")
    yield "exports", ni.visit("/staff/exports")
    yield "exports-nothing", ni.visit("/staff/exports?number=nobodys")
    yield "settings-read", ni.visit("/staff/settings/sms.ttl_hours")


def rules(guide: Guide) -> Iterator[Shot]:
    admin = guide.open(guide.staff("admin"), DESK)
    yield "settings", admin.visit("/staff/settings")
    yield "settings-choice", admin.visit("/staff/settings/chk.complete_on")
    yield "settings-number", admin.visit("/staff/settings/sms.ttl_hours")
    admin.fill("短信验证码有效几小时", "99")
    yield "settings-errors", admin.press("保存")
    yield "settings-history", admin.visit("/staff/settings/history")


def province(guide: Guide) -> Iterator[Shot]:
    sheng = guide.open(guide.staff("sheng"), DESK)
    yield "province", sheng.visit("/staff/province")
    yield "province-school", sheng.visit(f"/staff/province/{guide.unit.key}")


TOURS = (office, rules, province)
