"""注册账号 in four steps: phone and consent, the code, who it is, a password. Each asks, `domain/accounts.py` decides.

Not here: the pages around them (`registration.py`).
"""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError

from webapp.domain import accounts, clock, codes, drafts, preferences, seen, slips
from webapp.domain.accounts import Identity
from webapp.domain.identity import countries, documents, phones, rare
from webapp.domain.identity import passwords as rules
from webapp.domain.refused import Refused
from webapp.domain.signups import links as signup_links
from webapp.models.in_person import Meeting
from webapp.models.journal import Draft
from webapp.models.slips import Slip
from webapp.web import captcha, language, visits, words
from webapp.web.accounts.entry import enter, sends_sms
from webapp.web.captcha import CaptchaFields
from webapp.web.forms import Form, choices, rule
from webapp.web.page import go
from webapp.web.wizard import Step, Wizard

GAPS = "?？□〓"
"""What people type for a character that they cannot: a chosen one takes the place of the first."""


def consented(given: bool) -> None:
    if not given:
        raise Refused("consent_missing")


def filled(code: str) -> Callable[[str], None]:
    """A rule: something stands there, else Refused(code)."""

    def check(text: str) -> None:
        if not text:
            raise Refused(code)

    return check


def answer(draft: Draft, name: str) -> Any:
    return drafts.answers(draft).get(name)


class PhoneForm(CaptchaFields, Form):
    BESIDE = dict.fromkeys(("sms_too_soon", "sms_limit", "sms_busy"), "phone")

    phone = StringField(_l("手机号"), [rule(lambda typed: phones.check(phones.clean(typed)))])
    consent = BooleanField(_l("我已阅读并同意《用户协议》、《隐私政策》"), [rule(consented)])

    def validate(self, extra_validators: Any = None) -> bool:
        return all([super().validate(extra_validators), captcha.check(self)])

    @property
    def without(self) -> list[str]:
        """The ways to register without an SMS that this site has: email, overseas."""
        return [way for way in signup_links.SWITCHES if signup_links.is_open(way)]


class CodeForm(CaptchaFields, Form):
    """Asks the phone and the consent as well where this browser has not told them (已有验证码)."""

    BESIDE = {
        **dict.fromkeys(("code_empty", "code_length", "code_wrong", "code_void", "code_expired"), "code"),
        **dict.fromkeys(("code_missing", "code_tries_day"), "code"),
    }

    phone = StringField(_l("手机号"), [rule(lambda typed: phones.check(phones.clean(typed)))])
    code = StringField(_l("短信验证码"), [rule(filled("code_empty"))])
    consent = BooleanField(_l("我已阅读并同意《用户协议》、《隐私政策》"), [rule(consented)])

    def __init__(self, data: dict[str, Any], **options: Any) -> None:
        super().__init__(data=data, **options)
        self.known = data.get("phone") if data.get("consent") == accounts.TEXTS else None
        if self.known:
            del self.phone, self.consent

    @property
    def grouped(self) -> str:
        return phones.grouped(self.known)

    @property
    def until(self) -> str | None:
        """Until when the code that was sent may be typed; None where none is on its way."""
        code = codes.live(self.known, "register")
        return words.told(code.expires) if code else None

    @property
    def wait(self) -> int:
        return codes.wait(self.known)


class IdentityForm(Form):
    BESIDE = dict.fromkeys(("identity_tries", "slip_differs", "slip_void", "seen_differs"), "number")

    name = StringField(_l("姓名"), [rule(lambda typed: Identity.read(typed, "1", "", "").check_name())])
    kind = SelectField(_l("证件类型"), [rule(filled("document_kind"))], default="1", validate_choice=False)
    country = SelectField(_l("国籍/地区"), default=countries.DEFAULT, validate_choice=False)
    number = StringField(_l("证件号码"))
    fallback = BooleanField(_l("用形近字代替"))
    find = StringField(_l("拼音、部件、编码，或粘贴这个字"))

    def __init__(self, data: dict[str, Any], **options: Any) -> None:
        super().__init__(data=data, **options)
        self.grouped = phones.grouped(data["phone"]) if data.get("phone") else ""
        self.kinds = documents.TYPES.values()
        self.found: list[str] | None = None
        self.chosen = False
        english = language.chosen() == "en"
        self.kind.choices = choices((one.code, one.en if english else one.zh) for one in self.kinds)
        self.country.choices = choices((one.code, one.en if english else one.zh) for one in countries.COUNTRIES)

    def identity(self) -> Identity:
        return Identity.read(*(field.data or "" for field in (self.name, self.kind, self.country, self.number)))

    def validate_number(self, field: StringField) -> None:
        told = self.identity()
        if told.kind != "1" and told.country not in countries.COUNTRIES:
            self.refuse(Refused("document_country"), "country")
        rule(lambda _: documents.check(told.kind, told.number, told.country))(self, field)


class PasswordForm(Form):
    BESIDE = dict.fromkeys(("password_length", "password_common", "password_personal"), "password")

    password = PasswordField(_l("密码"), [rule(filled("password_empty")), rule(rules.check)])
    confirm = PasswordField(_l("密码确认"))
    wechat = BooleanField(_l("接收微信消息提醒"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "wechat" not in preferences.channels():
            del self.wechat

    def validate_confirm(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError(words.say(Refused("password_differs")))


def send_code(draft: Draft, form: PhoneForm) -> None:
    phone = phones.clean(form.phone.data)
    proved = draft.phone == phone
    if not proved:
        draft.phone = None
    wizard.keep(draft, phone=phone, consent=accounts.TEXTS)
    if not proved:
        _send(phone)


def send_again(draft: Draft, form: CodeForm) -> Response | None:
    if not form.known or not captcha.check(form):
        return None
    _send(form.known)
    return go(url_for("register.code"))


def _send(phone: str) -> None:
    if not sends_sms():
        raise Refused("sms_none")
    codes.request(phone, "register", visits.network(), language=language.chosen())


def prove_phone(draft: Draft, form: CodeForm) -> Response | None:
    """Whether the phone is taken is told only now, to who holds it (R-ACC-02)."""
    phone = form.known or phones.clean(form.phone.data)
    proved = draft.phone == phone
    if not proved:
        codes.prove(phone, "register", form.code.data)
    wizard.keep(draft, phone=phone, consent=accounts.TEXTS, taken=None)  # now and not before: guessing writes no rows
    if proved:
        return None
    if accounts.holder(phone):
        wizard.keep(draft, taken=clock.seconds(clock.now()))
        return go(url_for("register.taken"))
    drafts.prove(draft, phone)
    return None


def begin_with(phone: str) -> Response:
    """Register with a phone that a code has just proved elsewhere: the first step asks for the consent alone."""
    draft = wizard.draft()
    wizard.keep(draft, phone=phone, taken=None)
    drafts.prove(draft, phone)
    return go(url_for("register.phone"))


def find_characters(draft: Draft, form: IdentityForm) -> None:
    form.found = rare.find(form.find.data or "")


def insert_character(draft: Draft, form: IdentityForm) -> None:
    """Put a chosen character where the name has a gap, else at its end; the other characters stay on offer."""
    chosen, name = request.form["insert"][:2], form.name.data or ""
    gap = next((place for place, letter in enumerate(name) if letter in GAPS), len(name))
    form.name.data, form.chosen = name[:gap] + chosen + name[gap + 1 :], True
    find_characters(draft, form)


def keep_identity(draft: Draft, form: IdentityForm) -> Response | None:
    """A number that is somebody's already leads to the three choices of R-ACC-21; another number asks anew."""
    told = form.identity()
    if slip := by_slip(draft):
        slips.match(slip, told.name, told.index)
    elif (met := by_desk(draft)) and not seen.is_of(met, told):
        raise Refused("seen_differs")
    typed = {"name": told.name, "kind": told.kind, "country": told.country, "number": told.number}
    if any(answer(draft, name) != value for name, value in typed.items() if name != "name"):
        wizard.keep(draft, **typed, known=is_known(told, draft), anew=None, fallback=form.fallback.data or None)
    else:
        wizard.keep(draft, name=told.name, fallback=form.fallback.data or None)
    return go(url_for("register.known")) if answer(draft, "known") else None


def is_known(told: Identity, draft: Draft) -> bool | None:
    """Does the document have an account already? Asked of who proved a phone, or what stands for it."""
    try:
        accounts.check_free(told, draft.phone or answer(draft, "slip") or answer(draft, "seen"))
    except Refused as refused:
        if refused.code != "identity_taken":
            raise
        return True
    return None


def make_account(draft: Draft, form: PasswordForm) -> Response:
    try:
        account = accounts.register(draft, form.password.data, language.chosen(), visits.network())
    except Refused as refused:
        if refused.code != "identity_taken":
            raise
        wizard.keep(draft, known=True)  # somebody registered it meanwhile
        return go(url_for("register.known"))
    if form.wechat and form.wechat.data:
        preferences.take_wechat(account, visits.network())
    wizard.leave()
    done = "duplicates.choose" if account.state == "duplicate" else "register.done"
    return enter(account, "register", to=url_for(done))


def by_slip(draft: Draft) -> Slip | None:
    """The slip that stands for the SMS in this registration; the phone need not be proved then."""
    return slips.live(answer(draft, "slip"))


def by_desk(draft: Draft) -> Meeting | None:
    """The meeting at the office that stands for the SMS in this registration."""
    return seen.live(answer(draft, "seen"))


def by_phone(draft: Draft) -> bool:
    """Does registering go by the phone? Not with a slip or a meeting that holds, or that has just become the account."""
    return draft.phone is not None or (draft.account is None and by_slip(draft) is None and by_desk(draft) is None)


def stay(draft: Draft, form: Form) -> None:
    """Another picture, and nothing else."""
    form.captcha.data = ""


wizard = Wizard(
    "register",
    "accounts/register",
    # Whoever has a code already needs no other (R-ACC-09): the second step asks then what the first would have.
    Step("phone", PhoneForm, lambda draft: not answer(draft, "taken"), send_code, by_phone, ("taken",), {"reload": stay}),
    Step(
        "code",
        CodeForm,
        lambda draft: draft.phone is not None,
        prove_phone,
        by_phone,
        acts={"again": send_again, "reload": stay},
    ),
    Step(
        "identity",
        IdentityForm,
        lambda draft: answer(draft, "number") is not None and not answer(draft, "known"),
        keep_identity,
        acts={"search": find_characters, "insert": insert_character},
    ),
    Step("password", PasswordForm, lambda draft: draft.account is not None, make_account, hashes=True),
)
