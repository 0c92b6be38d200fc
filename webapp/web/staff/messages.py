"""短信和邮件到了没有: for one account, the states of what was sent to it; never what it said (R-MSG-11)."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import deliveries
from webapp.domain.identity import emails, names, phones
from webapp.domain.permissions import Can
from webapp.models.accounts import Account
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import show
from webapp.web.staff.moments import lately

bp = Blueprint("staff_messages", __name__, url_prefix="/staff/messages")

CHANNELS = {"sms": _l("短信"), "mail": _l("邮件")}

KINDS = {
    "code_register": _l("注册验证码"),
    "code_login": _l("登录验证码"),
    "email_confirm": _l("确认邮箱"),
    "new_device": _l("新浏览器登录"),
    "login_locked": _l("密码连续输错"),
    "login_disowned": _l("报告不是本人登录"),
    "password_changed": _l("换了密码"),
    "questions_changed": _l("换了密保问题"),
    "email_changed": _l("换了邮箱"),
    "identity_tried": _l("证件号码被人注册"),
    "my_ticket_answered": _l("咨询有答复"),
}
"""What a message is about; one without words is shown by its name."""

STATES = {"queued": ("info", _l("等着发")), "sent": ("ok", _l("已交给运营商")), "failed": ("bad", _l("没发出去"))}

FAULTS = {
    "network": _l("连不上网关"),
    "timeout": _l("网关没有回应"),
    "fault": _l("网关出错"),
    "busy": _l("网关太忙"),
    "resting": _l("网关暂停"),
    "limited": _l("发给这个号码的太多"),
    "receiver": _l("号码或邮箱收不到"),
    "setup": _l("网关没有设置好"),
}
"""The reasons of `ports.Unavailable`."""


class FindForm(Form):
    username = StringField(_l("用户名"), filters=[lambda text: (text or "").strip()])


@bp.get("")
@allow(Can.SUPPORT)
def index() -> Response:
    return _show(FindForm())


@bp.post("")
@allow(Can.SUPPORT)
def find() -> Response:
    """Nobody's name stands in an address: the answer to the form is the list."""
    form = FindForm()
    typed, form.username.data = form.username.data, ""
    account = deliveries.look_up(typed, access.actor().where(Can.SUPPORT), access.actor()) if typed else None
    return _show(form, account, typed)


def _show(form: FindForm, account: Account | None = None, typed: str = "") -> Response:
    return show(
        "staff/messages.html",
        form=form,
        account=account,
        looked=bool(typed),
        name=names.masked(account.name) if account else "",
        phone=phones.masked(account.phone) if account and account.phone else "",
        email=emails.masked(account.email) if account and account.email and account.email_proved else "",
        rows=[(one, one.template.partition("/")[2]) for one in deliveries.of(account)] if account else [],
        channels=CHANNELS,
        kinds=KINDS,
        states=STATES,
        faults=FAULTS,
        lately=lately,
    )
