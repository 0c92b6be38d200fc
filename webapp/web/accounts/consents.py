"""What the holder agreed to: read it, withdraw it, agree again before the next log-in (R-ACC-57)."""

from flask import request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import preferences, profile
from webapp.domain.permissions import Can
from webapp.web import told, visits
from webapp.web.access import account, allow, public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form
from webapp.web.page import go, show

WORDS = {"terms": _l("用户协议"), "privacy": _l("隐私政策"), "wechat": _l("微信消息提醒")}


@bp.get("/me/consents")
@allow(Can.OWN_ACCOUNT)
def consents() -> Response:
    mine = profile.consents(account())
    return show("accounts/me/consents.html", form=Form(), consents=mine, moment=told.moment, words=WORDS, texts=_texts())


@bp.post("/me/consents")
@allow(Can.OWN_ACCOUNT)
def withdraw() -> Response:
    """Without the consent nobody stays logged in; the next log-in asks for it again."""
    kind = request.form.get("kind", "")
    if not profile.withdraw(account(), kind):
        return go(url_for("accounts.consents"))
    if kind == "wechat":
        preferences.leave_wechat(account())
    return entry.leave_account(url_for("home.home"))


@bp.get("/login/agree")
@public("it is a step on the way in")
def agree() -> Response:
    whom = entry.halfway("agree")
    if whom is None:
        return go(url_for("accounts.login"))
    kinds = profile.withdrawn(whom)
    return show("accounts/login/agree.html", form=Form(), kinds=kinds, words=WORDS, texts=_texts())


@bp.post("/login/agree")
@public("it is a step on the way in")
def agree_again() -> Response:
    whom = entry.halfway("agree")
    if whom is None or not profile.withdrawn(whom):  # a cookie from before must not open the door a second time
        return go(url_for("accounts.login"))
    profile.agree(whom, visits.network())
    method, code = session.get("half_entry", ["password", False])
    return entry.enter(whom, method, code=code)


def _texts() -> dict[str, str | None]:
    """Where the texts stand."""
    return {kind: mounted(f"home.{kind}") for kind in WORDS}
