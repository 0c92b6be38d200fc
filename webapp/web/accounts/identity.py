"""修改姓名和证件: what shall stand there, what that does to the records, then the change or the office (R-ACC-45)."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from webapp.domain.accounts import Identity
from webapp.domain.changes import by_face, requests
from webapp.domain.changes import identity as changing
from webapp.domain.identity import countries, documents
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.web import language, told
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.change_words import REASONS
from webapp.web.forms import Form, choices, rule
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, show


class IdentityFields:
    """Mixin: name and document, of ten kinds, with the country for all but the resident card."""

    name = StringField(_l("姓名"), [rule(lambda typed: Identity.read(typed, "1", "", "").check_name())])
    kind = SelectField(_l("证件类型"), default="1", validate_choice=False)
    country = SelectField(_l("国籍/地区"), default=countries.DEFAULT, validate_choice=False)
    number = StringField(_l("证件号码"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        english = language.chosen() == "en"
        self.kinds = documents.TYPES.values()
        self.kind.choices = choices((one.code, one.en if english else one.zh) for one in self.kinds)
        self.country.choices = choices((one.code, one.en if english else one.zh) for one in countries.COUNTRIES)

    def identity(self) -> Identity:
        return Identity.read(*(field.data or "" for field in (self.name, self.kind, self.country, self.number)))

    def validate_number(self, field: StringField) -> None:
        read = self.identity()
        if read.kind != "1" and read.country not in countries.COUNTRIES:
            self.refuse(Refused("document_country"), "country")
        rule(lambda _: documents.check(read.kind, read.number, read.country))(self, field)


class IdentityForm(IdentityFields, Form):
    BESIDE = {"identity_same": "number", "identity_taken": "number"}


@bp.get("/me/identity")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def identity() -> Response:
    mine = account()
    if (change := requests.pending(mine, "identity")) is not None:
        wanted = changing.wanted(change)
        facts = {"rows": _rows(mine, wanted), "lost": changing.loses(mine, wanted)}
        return show("accounts/me/identity_asked.html", form=Form(), face=faces().online() and by_face.waits(change), **facts)
    known = {"name": mine.name, "kind": mine.document_kind, "country": mine.country}
    return _ask(IdentityForm(formdata=None, data=known))


@bp.post("/me/identity")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def stage_identity() -> Response:
    form = IdentityForm()
    if form.validate():
        try:
            changing.stage(account(), form.identity())
            return go(url_for("accounts.check_identity"))
        except Refused as refusal:
            form.refuse(refusal)
    return _ask(form, 422)


def _ask(form: IdentityForm, status: int = 200) -> Response:
    mine = account()
    last = requests.last(mine, "identity")
    refused = REASONS.get(last.reason) if last and last.state == "refused" else None
    return show("accounts/me/identity.html", status, form=form, alone=changing.alone(mine), refused=refused)


@bp.get("/me/identity/check")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def check_identity() -> Response:
    """Old beside new, and which records would no longer be the holder's, before anything is saved."""
    return _check(Form()) if changing.staged(account()) else go(url_for("accounts.identity"))


@bp.post("/me/identity/check")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def change_identity() -> Response:
    form, mine = Form(), account()
    if changing.staged(mine) is None:
        return go(url_for("accounts.identity"))
    if form.validate():
        try:
            if changing.alone(mine):
                return entry.again(changing.correct(mine, current_user.session), url_for("accounts.me"))
            changing.ask(mine)
            return go(url_for("accounts.identity"))
        except Refused as refusal:
            form.refuse(refusal)
    return _check(form, 422)


def _check(form: Form, status: int = 200) -> Response:
    mine, wanted = account(), changing.staged(account())
    facts = {"rows": _rows(mine, wanted), "lost": changing.loses(mine, wanted), "alone": changing.alone(mine)}
    return show("accounts/me/identity_check.html", status, form=form, **facts)


def _rows(mine: Account, wanted: Identity) -> list[tuple[str, str, str]]:
    """What is, beside what shall be: (label, old, new), the numbers masked as everywhere."""
    english = language.chosen() == "en"
    before = changing.of(mine)
    country = {one: countries.COUNTRIES[one.country] for one in (before, wanted)}
    return [
        (str(_l("姓名")), before.name, wanted.name),
        (str(_l("证件类型")), *(told.label("documents", one.kind) for one in (before, wanted))),
        (str(_l("国籍/地区")), *(country[one].en if english else country[one].zh for one in (before, wanted))),
        (str(_l("证件号码")), *(documents.masked(one.number) for one in (before, wanted))),
    ]


@bp.post("/me/identity/withdraw")
@allow(Can.OWN_ACCOUNT)
def withdraw_identity() -> Response:
    requests.withdraw(account(), "identity")
    return go(url_for("accounts.me"))
