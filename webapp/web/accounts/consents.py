"""What the holder agreed to: read it, withdraw it, agree again before the next log-in (R-ACC-57)."""

from flask import request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import preferences, profile
from webapp.domain.liveness import agreeing
from webapp.domain.permissions import Can
from webapp.web import access, stored, told, visits
from webapp.web.access import account, allow, public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form
from webapp.web.page import go, show

WORDS = {
    "terms": _l("用户协议"),
    "privacy": _l("隐私政策"),
    "wechat": _l("微信消息提醒"),
    agreeing.KIND: _l("实人验证时比对人脸"),
}

FACES = {
    "application": _l("学历认证"),
    "duplicate": _l("证明证件号码是你的"),
    "level": _l("查看学籍信息"),
    "change": _l("更改账号信息"),
    "overseas": _l("没有大陆手机时注册"),
    "recovery": _l("找回账号"),
}
"""What a face was compared for, by purpose of the check."""


@bp.get("/me/consents")
@allow(Can.OWN_ACCOUNT)
def consents() -> Response:
    mine = profile.consents(account())
    return show(
        "accounts/me/consents.html",
        form=Form(),
        consents=mine,
        given=agreeing.given(mine),
        faces=FACES,
        moment=told.moment,
        words=WORDS,
        texts=_texts(),
    )


@bp.post("/me/consents")
@allow(Can.OWN_ACCOUNT)
def withdraw() -> Response:
    """Without consent to a text nobody stays logged in; the next log-in asks for it again. One to a face check ends alone."""
    if check := request.form.get("check"):
        for spent in agreeing.withdraw(account(), check, access.actor()) or ():
            stored.files().shred(spent)
        return go(url_for("accounts.consents"))
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
