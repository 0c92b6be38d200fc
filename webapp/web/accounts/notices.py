"""消息推送: which messages come on which channel besides the site itself (R-ACC-48). Sending is `domain/messages.py`."""

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.domain import preferences
from webapp.domain.permissions import Can
from webapp.web import visits
from webapp.web.access import account, allow
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show

TOPICS = {
    "security": (_l("账号安全"), _l("新设备登录、密码和手机号的更改。这类消息不能关闭。")),
    "progress": (_l("办理进展"), _l("身份核验和申请的每一步")),
    "check": (_l("自查提醒"), _l("开始自查、快要截止")),
    "service": (_l("咨询答复"), _l("学校答复了你的咨询")),
}

CHANNELS = {"sms": _l("短信"), "mail": _l("邮件"), "wechat": _l("微信")}


@bp.get("/me/messages")
@allow(Can.OWN_ACCOUNT)
def notices() -> Response:
    mine = account()
    return show(
        "accounts/me/notices.html",
        form=Form(),
        topics=TOPICS,
        channels={name: CHANNELS[name] for name in preferences.channels()},
        chosen=preferences.chosen(mine),
        fixed=preferences.is_fixed,
        without={"sms": mine.phone is None, "mail": mine.email_proved is None},
    )


@bp.post("/me/messages")
@allow(Can.OWN_ACCOUNT)
def choose_notices() -> Response:
    wanted = {tuple(choice.partition(":")[::2]) for choice in request.form.getlist("wanted")}
    preferences.choose(account(), wanted, visits.network())
    return go(url_for("accounts.me"))
