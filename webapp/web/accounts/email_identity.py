"""完善实名信息 after the mailed link: the second form, the code, 是 or 否, and the way to the log-in (R-ACC-31, R-ACC-32).

What agrees with what, and which code is right, is `domain/signups/`.
"""

from datetime import date
from typing import Any

from flask import request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField

from webapp.domain import defaults
from webapp.domain.accounts import Identity
from webapp.domain.identity import documents, phones, tables
from webapp.domain.refused import Refused
from webapp.domain.signups import finishing, links, proof
from webapp.models.signups import Signup
from webapp.web import language, visits
from webapp.web.access import public
from webapp.web.accounts.email_registration import WHY, bp
from webapp.web.accounts.identity import IdentityFields
from webapp.web.accounts.steps import filled
from webapp.web.forms import Form, choices, rule
from webapp.web.page import go, show


def day(typed: str) -> None:
    """A day as 2008-05-12 or 20080512."""
    try:
        date.fromisoformat(typed.strip())
    except ValueError:
        raise Refused("birth_empty") from None


class OverseasForm(IdentityFields, Form):
    BESIDE = {"identity_taken": "number", "identity_tries": "number", "school_empty": "school"}

    school = SelectField(_l("去哪所学校核对证件"), validate_choice=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = proof.schools()
        if len(offices) < 2:
            del self.school
        else:
            self.school.choices = choices([("", _l("选一个")), *((one.key, one.name) for one in offices)])


class PersonForm(IdentityFields, Form):
    """证件类型, 姓名, 性别, 证件号码, 出生日期, 所在地区, 手机号码; which of them are kept says `proof.check_particulars`."""

    BESIDE = {
        "identity_taken": "number",
        "identity_tries": "number",
        "particulars_differ": "born",
        "email_edu": "by_mail",
        **dict.fromkeys(("phone_format", "phone_taken", "sms_too_soon", "sms_limit", "sms_busy"), "phone"),
    }

    sex = SelectField(_l("性别"), [rule(filled("sex_empty"))], validate_choice=False)
    born = StringField(_l("出生日期"), [rule(day)])
    region = SelectField(_l("所在地区"), [rule(filled("region_empty"))], validate_choice=False)
    phone = StringField(_l("手机号码"))
    by_mail = BooleanField(_l("验证码发到邮箱，不绑定手机号"))
    claims = BooleanField(_l("我要重新注册"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        english = language.chosen() == "en"
        for field, table in ((self.sex, tables.SEXES), (self.region, tables.PROVINCES)):
            known = [(one.code, one.en if english else one.zh) for one in table]
            field.choices = choices([("", _l("选一个")), *known])
        if not defaults.value("acc.email_code"):
            del self.by_mail

    @property
    def mails(self) -> bool:
        return bool(self.by_mail and self.by_mail.data)

    def validate_phone(self, field: StringField) -> None:
        if not self.mails:
            rule(lambda typed: phones.check(phones.clean(typed)))(self, field)


class CodeForm(Form):
    code = StringField(_l("校验码"), [rule(filled("code_empty"))])


def mine() -> Signup | None:
    """The sign-up that this browser goes on with."""
    return links.opened(session.get("signup"))


@bp.get("/email/identity")
@public(WHY)
def identity() -> Response:
    signup = mine()
    if signup is None:
        return go(url_for("signup.ask_resume"))
    return _ask(signup, _form(signup)(formdata=None, data=_known(signup)))


def _form(signup: Signup) -> type[Form]:
    return PersonForm if signup.way == "email" else OverseasForm


def _known(signup: Signup) -> dict[str, str]:
    who = proof.identity_of(signup)
    known = {"name": who.name, "kind": who.kind, "country": who.country, "number": who.number} if who else {}
    return known | {"phone": proof.phone_of(signup)}


def _ask(signup: Signup, form: Form, status: int = 200, refused: str = "") -> Response:
    return show("accounts/signup/identity.html", status, form=form, way=signup.way, refused=refused)


@bp.post("/email/identity")
@public(WHY)
def identify() -> Response:
    """获取校验码; overseas there is none, and the question comes at once."""
    signup = mine()
    if signup is None:
        return go(url_for("signup.ask_resume"))
    form = _form(signup)()
    if not form.validate():
        return _ask(signup, form, 422)
    try:
        return go(url_for(_identify(signup, form, form.identity())))
    except Refused as refusal:
        form.refuse(refusal)
        return _ask(signup, form, 422, refusal.code)


def _identify(signup: Signup, form: Form, who: Identity) -> str:
    if signup.way == "overseas":
        if form.school:
            proof.choose_school(signup, form.school.data)
        proof.identify(signup, who)
        return "signup.question"
    proof.check_particulars(who, form.sex.data, date.fromisoformat(form.born.data.strip()).isoformat())
    phone = "" if form.mails else form.phone.data
    proof.identify(signup, who, phone, claims=form.claims.data)
    if not proof.is_proved(signup):
        proof.send_code(signup, form.mails, visits.network())
        return "signup.code"
    return "signup.question"


@bp.get("/email/code")
@public(WHY)
def code() -> Response:
    signup = mine()
    if signup is None or proof.identity_of(signup) is None:
        return go(url_for("signup.identity"))
    return _type(signup, CodeForm())


@bp.post("/email/code")
@public(WHY)
def prove() -> Response:
    """完成注册."""
    signup, form = mine(), CodeForm()
    if signup is None or proof.identity_of(signup) is None:
        return go(url_for("signup.identity"))
    if form.validate():
        try:
            proof.prove(signup, form.code.data)
            return go(url_for("signup.question"))
        except Refused as refusal:
            form.refuse(refusal, "code")
    return _type(signup, form, 422)


def _type(signup: Signup, form: CodeForm, status: int = 200) -> Response:
    phone = proof.phone_of(signup)
    return show("accounts/signup/code.html", status, form=form, phone=phones.grouped(phone) if phone else "")


@bp.get("/email/question")
@public(WHY)
def question() -> Response:
    """用户名, 姓名, 证件号码: 是 or 否."""
    signup = mine()
    return _question(signup, Form()) if signup and _complete(signup) else go(url_for("signup.identity"))


def _complete(signup: Signup) -> bool:
    return proof.identity_of(signup) is not None and (signup.way == "overseas" or proof.is_proved(signup))


def _question(signup: Signup, form: Form, status: int = 200) -> Response:
    who = proof.identity_of(signup)
    facts = {"email": signup.email, "name": who.name, "number": documents.masked(who.number)}
    return show("accounts/signup/question.html", status, form=form, way=signup.way, **facts)


@bp.post("/email/question")
@public(WHY)
def answer() -> Response:
    signup, form = mine(), Form()
    if signup is None or not _complete(signup) or request.form.get("right") == "no":
        return go(url_for("signup.identity"))
    if form.validate():
        try:
            finishing.finish(signup) if signup.way == "email" else finishing.hand_in(signup)
            if signup.way == "overseas":
                return go(url_for("signup.waiting"))
            session.pop("signup", None)
            return go(url_for("signup.done"))
        except Refused as refusal:
            form.refuse(refusal)
    return _question(signup, form, 422)


@bp.get("/email/done")
@public(WHY)
def done() -> Response:
    """The log-in comes by itself, and at once for who taps (R-ACC-32)."""
    seconds, place = defaults.value("acc.redirect_seconds"), url_for("accounts.login")
    answer = show("accounts/signup/done.html", seconds=seconds, place=place)
    answer.headers["Refresh"] = f"{seconds}; url={place}"
    return answer
