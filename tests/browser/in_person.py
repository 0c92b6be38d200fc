"""The screens of 当面核验, on the student's phone and at the desk, and of slips: registering with one, printing a class."""

from collections.abc import Iterator

from peewee import fn

from tests.browser.claims import claimant
from tests.browser.guide import Guide, Shot
from tests.browser.visitor import DESK, Visitor
from webapp.domain import clock, in_person, slips
from webapp.domain.duplicates import cases
from webapp.models.in_person import Meeting
from webapp.models.recovery import Recovery
from webapp.models.slips import Slip


def meeting(guide: Guide) -> Iterator[Shot]:
    """A claimant at the office: her phone and both officers, step by step."""
    record = guide.several("confirmed", 60)[50 + (guide.language == "en")]
    account = claimant(guide, record, f"1380000{7 if guide.language == 'zh' else 8}791")
    cases.accept(account)
    me = guide.open(account).visit("/duplicate/in-person")
    yield "in-person", me
    yield "in-person-number", me.press("显示数字")
    first, second = (guide.open(guide.staff(login), DESK) for login in ("kefu", "kefu2"))
    yield "staff-in-person", first.visit("/staff/in-person")
    yield "staff-in-person-errors", first.fill("学生手机上的数字", "12").press("开始核对")
    found = in_person.of(account, "duplicate")
    first.fill("学生手机上的数字", in_person.number(found)).press("开始核对")
    yield "staff-in-person-looking", first
    yield "staff-in-person-unseen", first.press("确认，交给第二位老师")
    yield "in-person-held", me.visit("/duplicate/in-person")
    for row in ("人和证件上的照片是同一个人，和录取照片也像", "证件是原件，在有效期内，姓名和上面一样"):
        first.tick(row)
    yield "staff-in-person-waiting", first.fill("证件号码的最后六位", record.document[-6:]).press("确认，交给第二位老师")
    yield "staff-in-person-to-confirm", second.visit("/staff/in-person")
    yield "in-person-seen", me.visit("/duplicate/in-person")
    Meeting.update(state="refused", closed=found.opened).where(Meeting.id == found.id).execute()
    yield "staff-in-person-over", first.visit(f"/staff/in-person/{found.key}")
    yield "in-person-refused", me.visit("/duplicate/in-person")


def registering(guide: Guide) -> Iterator[Shot]:
    me = guide.open().visit("/register/slip")
    yield "register-slip", me
    yield "register-slip-errors", me.press("下一步")
    yield "register-in-person", me.visit("/register/in-person").pass_captcha(guide.site.captcha())
    yield "recovery-in-person", me.visit("/recover/in-person").pass_captcha(guide.site.captcha())
    yield from _with_a_new_phone(guide, me)


def _with_a_new_phone(guide: Guide, me: Visitor) -> Iterator[Shot]:
    """Both officers gave the account back: its new phone, and the code that proves it."""
    owner = guide.several("confirmed", 8)[-1].account
    me.fill("姓名", owner.name).fill("证件号码", owner.document).press("显示数字")
    newest = Meeting.select(fn.MAX(Meeting.id)).scalar()
    Meeting.update(state="done", closed=clock.now()).where(Meeting.id == newest).execute()
    me.visit("/recover/in-person").press("设新密码")
    yield "recovery-in-person-phone", me.pass_captcha(guide.site.captcha())
    phone = f"1380000{7 if guide.language == 'zh' else 8}792"
    yield "recovery-in-person-code", me.fill("新手机号", phone).press("获取短信验证码")
    Recovery.update(state="expired").where(Recovery.account == owner).execute()


def printing(guide: Guide) -> Iterator[Shot]:
    """A class that has students without an account, printed; one slip did not fit."""
    ni = guide.open(guide.staff("ni"), DESK)
    yield "slips", ni.visit("/staff/slips")
    klass = next(klass for klass in _classes(guide) if slips.students(klass))
    yield "slips-college", ni.visit(f"/staff/slips/colleges/{klass.college.key}")
    yield "slips-class", ni.visit(f"/staff/slips/classes/{klass.key}")
    yield "slips-sheet", ni.press("生成纸条")
    Slip.update(misfits=1).where(Slip.id == Slip.select(Slip.id).order_by(Slip.id.desc()).limit(1)).execute()
    yield "slips-class-misfits", ni.visit(f"/staff/slips/classes/{klass.key}")


def _classes(guide: Guide) -> Iterator:
    for college in guide.unit.colleges:
        yield from college.classes


STUDENTS = (meeting, registering)
STAFF = (printing,)
