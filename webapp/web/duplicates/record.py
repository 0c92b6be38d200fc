"""提供学籍或学历信息: answers that must all be right, and where they alone may not decide, a code or a person."""

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from webapp.domain import codes, limits
from webapp.domain.duplicates import review, school_record
from webapp.domain.duplicates.school_record import Answers, Certificate
from webapp.domain.identity import characters, phones, tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import Party
from webapp.web import language, visits
from webapp.web.access import allow
from webapp.web.duplicates.blueprint import bp, claimant, first_choose
from webapp.web.forms import Form, choices, rule
from webapp.web.page import go, show
from webapp.web.told import label


def filled(code: str):
    """A rule: something stands there, else Refused(code)."""

    def check(text: str) -> None:
        if not text.strip():
            raise Refused(code)

    return check


def a_year(code: str):
    """A rule: four digits stand there, else Refused(code)."""

    def check(typed: str) -> None:
        text = characters.compact(typed)
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise Refused(code)

    return check


class RecordForm(Form):
    school = StringField(_l("学校名称"), [rule(filled("school_unnamed"))])
    student_number = StringField(_l("学号"), [rule(filled("student_number_empty"))])
    year = StringField(_l("入学年份"), [rule(a_year("entry_year_missing"))])
    level = SelectField(_l("层次"), [rule(filled("level_missing"))], validate_choice=False)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.level.choices = choices([("", _l("选择层次")), *((one.code, label("levels", one.code)) for one in tables.LEVELS)])

    def answers(self) -> Answers:
        year = characters.compact(self.year.data or "")
        return Answers(self.school.data or "", self.student_number.data or "", year, self.level.data or "")


class CertificateForm(Form):
    certificate = StringField(_l("证书编号"), [rule(filled("certificate_empty"))])
    school = StringField(_l("毕业学校"), [rule(filled("school_empty"))])
    year = StringField(_l("毕业年份"), [rule(a_year("year_format"))])

    def answers(self) -> Certificate:
        return Certificate(self.certificate.data or "", self.school.data or "", characters.compact(self.year.data or ""))


FORMS = {"record": RecordForm, "qualification": CertificateForm}
"""What is asked, by the last word of the address: who is enrolled, and who has graduated."""


class CodeForm(Form):
    code = StringField(_l("短信验证码"))


@bp.get("/duplicate/record")
@allow(Can.CLAIM)
def record() -> Response:
    party = claimant()
    return _ask(party, RecordForm(), "record") if party else first_choose()


@bp.get("/duplicate/qualification")
@allow(Can.CLAIM)
def qualification() -> Response:
    party = claimant()
    return _ask(party, CertificateForm(), "qualification") if party else first_choose()


@bp.post("/duplicate/record")
@allow(Can.CLAIM)
def answer_record() -> Response:
    return _answer("record")


@bp.post("/duplicate/qualification")
@allow(Can.CLAIM)
def answer_qualification() -> Response:
    return _answer("qualification")


def _answer(what: str) -> Response:
    party, form = claimant(), FORMS[what]()
    if party is None:
        return first_choose()
    try:
        if form.validate():
            came = school_record.answer(party, form.answers())
            return go(url_for("duplicates.record_code" if came == "code" else "duplicates.status"))
    except Refused as refused:
        form.refuse(refused)
    return _ask(party, form, what, 422)


def _ask(party: Party, form: RecordForm | CertificateForm, what: str, status: int = 200) -> Response:
    left = limits.left("record:account", party.account.key)
    return show(f"duplicates/{what}.html", status, form=form, left=left)


@bp.get("/duplicate/record/code")
@allow(Can.CLAIM)
def record_code() -> Response:
    """The answers were right; the phone that the school has may decide, or a person."""
    party = claimant()
    return _ask_code(party, CodeForm()) if party else first_choose()


@bp.post("/duplicate/record/code")
@allow(Can.CLAIM)
def prove_record() -> Response:
    party, form = claimant(), CodeForm()
    if party is None:
        return first_choose()
    try:
        if form.validate():
            school_record.prove(party, form.code.data or "")
            return go(url_for("duplicates.status"))
    except Refused as refused:
        form.refuse(refused, "code")
    return _ask_code(party, form, 422)


@bp.post("/duplicate/record/send")
@allow(Can.CLAIM)
def send_record_code() -> Response:
    party, form = claimant(), CodeForm()
    if party is None:
        return first_choose()
    try:
        school_record.ask_code(party, visits.network(), language.chosen())
        return go(url_for("duplicates.record_code"))
    except Refused as refused:
        form.refuse(refused)
    return _ask_code(party, form, 422)


@bp.post("/duplicate/record/person")
@allow(Can.CLAIM)
def record_person() -> Response:
    """Without that phone: a person decides."""
    party = claimant()
    if party is None:
        return first_choose()
    school_record.ask_person(party)
    return go(url_for("duplicates.status"))


def _ask_code(party: Party, form: CodeForm, status: int = 200) -> Response:
    try:
        phone = school_record.phone(party)
    except Refused:
        return go(url_for("duplicates.record"))
    sent, wait = codes.live(phone, "record_phone"), codes.wait(phone)
    sms = current_app.config["SETTINGS"].sms != "none"
    facts = {"phone": phones.masked(phone), "sent": sent, "wait": wait, "sms": sms, "days": review.sla()}
    return show("duplicates/record_code.html", status, form=form, **facts)
