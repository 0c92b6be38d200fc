"""注册账号: where it begins, ends, and stops because phone or document have an account. Its four steps are `steps.py`."""

from flask import Blueprint, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults, drafts
from webapp.domain.identity import documents, phones
from webapp.domain.permissions import Can
from webapp.domain.recovery import numbers
from webapp.web.access import account, allow, public
from webapp.web.accounts.entry import sends_sms
from webapp.web.accounts.steps import by_phone, wizard
from webapp.web.forms import Form
from webapp.web.page import go, show

WHY = "whoever registers has no account yet"

FRESH = 1800
"""Seconds for which the code that was right still proves the phone of the account that is in the way."""

bp = Blueprint("register", __name__, url_prefix="/register")
wizard.mount(bp, public(WHY))


@bp.get("")
@public(WHY)
def start() -> Response:
    """The first step, or where this browser left off; who is logged in has registered."""
    if current_user.is_authenticated and current_user.kind == "student":
        return go(url_for("register.done"))
    draft = wizard.draft()
    if not sends_sms() and by_phone(draft):
        return go(url_for("slip.ask"))
    return go(wizard.resume(draft))


@bp.get("/taken")
@public(WHY)
def taken() -> Response:
    """The phone was proved, and an account holds it already."""
    draft = wizard.draft()
    told = drafts.answers(draft)
    if "taken" not in told:
        return go(wizard.resume(draft))
    return _taken(Form(), told["phone"])


@bp.post("/taken")
@public(WHY)
def not_mine() -> Response:
    """「这是我的新号码，原账号不是我的」: the number leaves that account, and registering goes on (R-REC-14)."""
    draft, form = wizard.draft(), Form()
    told = drafts.answers(draft)
    if "taken" not in told:
        return go(wizard.resume(draft))
    if told["taken"] + FRESH <= clock.seconds(clock.now()):
        wizard.keep(draft, taken=None)
        return go(wizard.resume(draft))
    if not form.validate():
        return _taken(form, told["phone"], 422)
    numbers.give_up(told["phone"])
    wizard.keep(draft, taken=None)
    drafts.prove(draft, told["phone"])
    return go(wizard.resume(draft))


def _taken(form: Form, phone: str, status: int = 200) -> Response:
    takeover = defaults.value("acc.phone_takeover")
    return show("accounts/register/taken.html", status, form=form, phone=phones.grouped(phone), takeover=takeover)


@bp.get("/known")
@public(WHY)
def known() -> Response:
    """The document number has an account already: the three choices (R-ACC-21)."""
    draft = wizard.draft()
    told = drafts.answers(draft)
    if not told.get("known"):
        return go(wizard.resume(draft))
    return show("accounts/register/known.html", form=Form(), document=documents.masked(told["number"]))


@bp.post("/known")
@public(WHY)
def claim() -> Response:
    """我要重新注册: the account that is made will have to prove whose the number is (R-ACC-22)."""
    draft = wizard.draft()
    if drafts.answers(draft).get("known") and Form().validate():
        wizard.keep(draft, known=None, anew=True)
    return go(wizard.resume(draft))


@bp.get("/done")
@allow(Can.OWN_ACCOUNT)
def done() -> Response:
    mine = account()
    return show(
        "accounts/register/done.html",
        phone=phones.grouped(mine.phone) if mine.phone else mine.email or documents.masked(mine.document),
        document=documents.masked(mine.document),
        name=mine.name,
        fallback=mine.name_fallback,
    )
