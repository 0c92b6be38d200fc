"""The screens of enrolment: new students, the school year, 异动, one student's pages, and the province's word.

The students and what waits for the office are the demo's (`webapp/cli/demo/enrolment.py`).
"""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK, Visitor
from webapp.domain import sessions
from webapp.domain.enrolment import approvals, years
from webapp.domain.permissions import Can
from webapp.models.enrolment import Admission, Alteration, Approval
from webapp.models.records import Record
from webapp.models.school import Class


def office(guide: Guide) -> Iterator[Shot]:
    """The lists of the records office; everybody who is left is registered last."""
    ni = guide.open(guide.staff("ni"), DESK)
    yield "enrolment", ni.visit("/staff/enrolment")
    yield from _year(guide, ni)
    yield "enrolment-moves", ni.visit("/staff/enrolment/moves")
    yield "enrolment-prior", ni.visit("/staff/enrolment/prior")
    yield "enrolment-names", ni.visit("/staff/enrolment/names")
    yield "enrolment-names-errors", ni.press("添加")
    yield from _admissions(ni)
    yield from _new(ni)


def _year(guide: Guide, ni: Visitor) -> Iterator[Shot]:
    """A class of which one is registered by a list, the others not yet."""
    yield "enrolment-year", ni.visit("/staff/enrolment/year")
    board = years.board(sessions.staff_actor(guide.staff("ni")).where(Can.ENROL), years.this_year())
    klass = Class.by_key(next(row.key for row in board if not row.done))
    number = Record.get(Record.klass == klass).student_number
    yield "enrolment-year-list", ni.visit("/staff/enrolment/year/list")
    yield "enrolment-year-list-errors", ni.fill("名单", f"{number} 休学\n2026999999").press("注册")
    yield "enrolment-year-class", ni.visit(f"/staff/enrolment/year/{klass.key}")


def _admissions(ni: Visitor) -> Iterator[Shot]:
    yield "enrolment-admissions", ni.visit("/staff/enrolment/admissions")
    differing = Admission.get(Admission.differs != "")
    yield "enrolment-admission", ni.visit(f"/staff/enrolment/admissions/{differing.key}")


def _new(ni: Visitor) -> Iterator[Shot]:
    special = Approval.get(Approval.kind == "special").record
    free = Record.select().where(Record.status == "N0").order_by(Record.id).first()
    yield "enrolment-new", ni.visit("/staff/enrolment/new")
    yield "enrolment-new-errors", ni.press("登记勾选的学生")
    for one in (special, free):
        ni.tick(one.name)
    yield "enrolment-done", ni.tick("注册学籍").press("登记勾选的学生")
    yield "enrolment-all", ni.visit("/staff/enrolment/new/all?status=N0")
    yield "enrolment-all-asked", ni.press("全部注册学籍")


def student(guide: Guide) -> Iterator[Shot]:
    """One student's pages: a new one, whose admission data differ, and one to whom something happened."""
    ni = guide.open(guide.staff("ni"), DESK)
    new = Admission.get(Admission.differs != "").record
    yield "enrolment-record-new", ni.visit(f"/staff/records/{new.key}/enrolment")
    yield "enrolment-record-errors", ni.press("登记")
    suspended = Alteration.get(Alteration.state == "made").record
    at = f"/staff/records/{suspended.key}"
    yield "enrolment-record", ni.visit(f"{at}/enrolment")
    yield "enrolment-move", ni.visit(f"{at}/moves/new").open("转专业、换班、换学号、留级、跳级时填")
    yield "enrolment-move-errors", ni.press("录入")
    yield "enrolment-edit", ni.visit(f"{at}/edit")
    yield "enrolment-edit-errors", ni.fill("班级", "没有的班").press("保存")
    yield "enrolment-history", ni.visit(f"{at}/history")


def province(guide: Guide) -> Iterator[Shot]:
    """What the school sent up, one of it 疑似双学籍; both sides of it."""
    officer = sessions.staff_actor(guide.staff("ni"))
    twice, other = Record.select().where((Record.status == "N0") | (Record.status == "A4")).order_by(Record.id)[:2]
    double = approvals.send(officer, approvals.flag(twice, "double", other=other), "云溪学〔2026〕15 号")
    sheng = guide.open(guide.staff("sheng"), DESK)
    yield "enrolment-province", sheng.visit("/staff/approvals")
    yield "enrolment-decide", sheng.visit(f"/staff/approvals/{double.key}")
    yield "enrolment-decide-errors", sheng.press("提交")
    sheng.tick("不通过").fill("批文文号，或者不通过的原因", "两所学校的学籍都还在，先确认去哪一所").press("提交")
    ni = guide.open(guide.staff("ni"), DESK)
    yield "enrolment-approvals", ni.visit("/staff/enrolment/approvals")
    yield "enrolment-decided", ni.visit(f"/staff/enrolment/approvals/{double.key}")


STAFF: tuple[Tour, ...] = (student, province, office)
