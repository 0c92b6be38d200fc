"""登录日志 and the devices that are logged in: who came in, and how to put others out."""

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import defaults, profile, sessions
from webapp.domain.permissions import Can
from webapp.web import told, visits
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show

METHODS = {"password": _l("密码"), "code": _l("短信验证码"), "register": _l("注册"), "recover": _l("找回密码")}
RESULTS = {
    "in": ("ok", _l("已登录")),
    "wrong": ("warn", _l("密码不对")),
    "reset": ("info", _l("重设了密码")),
    "code_asked": ("info", _l("密码对，等短信验证码")),
}


@bp.get("/me/log")
@allow(Can.OWN_ACCOUNT)
def log() -> Response:
    logins = profile.history(account(), request.args.get("before"))
    more = logins[profile.HISTORY_PAGE - 1].key if len(logins) > profile.HISTORY_PAGE else None
    return show(
        "accounts/me/log.html",
        form=Form(),
        days=defaults.value("ret.login_days"),
        logins=logins[: profile.HISTORY_PAGE],
        more=more,
        methods=METHODS,
        results=RESULTS,
        moment=told.moment,
        said=visits.said,
    )


@bp.post("/me/log/<key>")
@allow(Can.OWN_ACCOUNT)
def disown(key: str) -> Response:
    """「不是我」: everybody is logged out, this browser too."""
    if not profile.disown(account(), key):
        abort(404)
    return entry.leave_account(url_for("accounts.login"))


@bp.get("/me/sessions", endpoint="sessions")
@allow(Can.OWN_ACCOUNT)
def list_sessions() -> Response:
    return show(
        "accounts/me/sessions.html",
        form=Form(),
        live=sessions.live(account()),
        mine=current_user.session.id,
        moment=told.moment,
        said=visits.said,
    )


@bp.post("/me/sessions")
@allow(Can.OWN_ACCOUNT)
def end_sessions() -> Response:
    """Log out everywhere else, or everywhere."""
    if request.form.get("which") == "all":
        sessions.end_all(account())
        return entry.leave_account(url_for("accounts.login"))
    sessions.end_all(account(), but=current_user.session)
    return go(url_for("accounts.sessions"))
