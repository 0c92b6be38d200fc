"""账号管理: what the account holds, one row per fact; and where the holder left off.

Not here: what proves who one is (`credentials.py`, `mailbox.py`), and who else came in (`watch.py`).
"""

from flask import session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField

from webapp.domain import drafts, mailbox, profile, sessions
from webapp.domain.certification import drafting
from webapp.domain.duplicates import objections
from webapp.domain.identity import countries, documents, phones
from webapp.domain.permissions import Can
from webapp.domain.recovery import memory
from webapp.domain.refused import Refused
from webapp.web import language, told
from webapp.web.access import account, allow, public
from webapp.web.accounts import by_code, entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form, choices
from webapp.web.line import hashes
from webapp.web.page import go, inside, leave, show


class TypePassword(Form):
    password = PasswordField(_l("密码"))


class ChooseLanguage(Form):
    lang = RadioField(_l("语言"), choices=choices([("zh", "中文"), ("en", "English")]))


@bp.get("/me")
@allow(Can.OWN_ACCOUNT)
def me() -> Response:
    mine = account()
    questions = len(profile.questions(mine))
    return show(
        "accounts/me/me.html",
        account=mine,
        percent=profile.completeness(mine, questions),
        questions=questions,
        codes=memory.codes_left(mine),
        waiting=mailbox.waiting(mine),
        claimed=objections.against(mine) is not None,
        **_told(mine),
    )


def _told(mine: object) -> dict[str, str | None]:
    """The account's facts as its holder reads them: the phone in groups, the document masked (R-ACC-42)."""
    english = language.chosen() == "en"
    kind, country = documents.TYPES[mine.document_kind], countries.COUNTRIES[mine.country]
    return {
        "phone": phones.grouped(mine.phone) if mine.phone else None,
        "kind": kind.en if english else kind.zh,
        "country": country.en if english else country.zh,
        "document": documents.masked(mine.document),
        "email": mine.email if mine.email_proved else None,
    }


@bp.get("/me/document")
@allow(Can.OWN_ACCOUNT)
def document() -> Response:
    return show("accounts/me/document.html", form=TypePassword(), number=None)


@bp.post("/me/document")
@allow(Can.OWN_ACCOUNT)
@hashes
def show_document() -> Response:
    """The whole number, in the answer to the right password and nowhere else."""
    form = TypePassword()
    if not _password_given(form):
        return show("accounts/me/document.html", 422, form=form, number=None)
    return show("accounts/me/document.html", form=form, number=profile.show_document(account()))


def _password_given(form: TypePassword) -> bool:
    if not form.validate():
        return False
    try:
        entry.prove_again(form.password.data or "")
    except Refused as refusal:
        form.refuse(refusal, "password")
        return False
    return True


@bp.get("/me/sure")
@allow(Can.OWN_ACCOUNT)
def ask_sure() -> Response:
    """The password again, before a page that changes who can get in."""
    return show("accounts/me/sure.html", form=TypePassword(), by_code=by_code.is_offered())


@bp.post("/me/sure")
@allow(Can.OWN_ACCOUNT)
@hashes
def make_sure() -> Response:
    form = TypePassword()
    if not _password_given(form):
        return show("accounts/me/sure.html", 422, form=form, by_code=by_code.is_offered())
    token = sessions.renew(current_user.session)
    return entry.again(token, inside(session.pop("sure_next", None), url_for("accounts.me")))


@bp.get("/me/language", endpoint="language")
@allow(Can.OWN_ACCOUNT)
def ask_language() -> Response:
    return show("accounts/me/language.html", form=ChooseLanguage(lang=account().language))


@bp.post("/me/language")
@allow(Can.OWN_ACCOUNT)
def choose_language() -> Response:
    form = ChooseLanguage()
    if not form.validate():
        return show("accounts/me/language.html", 422, form=form)
    session["lang"] = form.lang.data
    profile.speak(account(), form.lang.data)
    return leave(url_for("accounts.me"))


@bp.get("/continue")
@public("who has not registered yet may have begun to")
def go_on() -> Response:
    """Where one goes after logging in: to an application that was begun, or to the records; a visitor, to the draft here."""
    if current_user.is_authenticated and current_user.kind == "student":
        waiting = [one for one in drafting.unfinished(account()) if one.purpose]
        if waiting and account().state == "active":
            return show("accounts/me/begun.html", rows=[(one.key, told.moment(one.updated)) for one in waiting])
        place = "duplicates.choose" if account().state == "duplicate" else "records.index"
        return go(mounted(place) or url_for("accounts.me"))
    begun = drafts.find("register", session.get("draft_register"))
    return show("accounts/me/unfinished.html", register=mounted("register.start") if begun else None)
