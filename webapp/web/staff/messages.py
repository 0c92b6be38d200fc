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
    "code_activate": _l("激活验证码"),
    "code_login": _l("登录验证码"),
    "code_sure": _l("敏感操作验证码"),
    "code_phone_old": _l("换手机号，原号码验证码"),
    "code_phone_new": _l("换手机号，新号码验证码"),
    "code_record_phone": _l("学校登记的手机的验证码"),
    "code_recover": _l("找回账号验证码"),
    "recover_link": _l("找回账号的链接"),
    "recovery_waits": _l("找回等候期开始"),
    "recovery_stopped": _l("找回停了"),
    "password_reset": _l("找回后重设了密码"),
    "signup": _l("邮箱注册的链接"),
    "signup_code": _l("邮箱注册验证码"),
    "signup_known": _l("邮箱注册过"),
    "signup_waiting": _l("注册等当面核对"),
    "signup_done": _l("注册完成"),
    "member_invite": _l("会员单位的账号"),
    "organisation_refused": _l("会员单位申请不通过"),
    "organisation_suspended": _l("会员单位停用"),
    "signup_refused": _l("注册没有通过"),
    "email_confirm": _l("确认邮箱"),
    "new_device": _l("新浏览器登录"),
    "login_locked": _l("密码连续输错"),
    "login_disowned": _l("报告不是本人登录"),
    "password_changed": _l("换了密码"),
    "questions_changed": _l("换了密保问题"),
    "codes_printed": _l("打印了恢复码"),
    "email_changed": _l("换了邮箱"),
    "phone_change_asked": _l("申请换手机号"),
    "phone_change_approved": _l("换手机号核对通过"),
    "phone_changed": _l("换了手机号"),
    "phone_released": _l("手机号从账号解除"),
    "phone_reserved": _l("手机号保留给本人注册"),
    "name_asked": _l("有人找回用户名"),
    "identity_change_asked": _l("申请改姓名或证件"),
    "identity_changed": _l("改了姓名或证件"),
    "change_refused": _l("更改没有通过"),
    "change_stopped": _l("更改停了"),
    "identity_tried": _l("证件号码被人注册"),
    "claim_opened": _l("有人申领证件号码"),
    "claim_filed": _l("客服按咨询提交了身份核验"),
    "name_used": _l("身份被冒用过"),
    "claim_spoiled": _l("核验照片无法识别"),
    "claim_refused": _l("身份核验没有通过"),
    "claim_approved": _l("账号将被归档，可以提异议"),
    "claim_cooling": _l("身份核验通过，等异议期"),
    "claim_objected": _l("身份核验被提出异议"),
    "claim_done": _l("身份核验完成"),
    "vouch_asked": _l("同学找你确认"),
    "vouch_answered": _l("同学答复了"),
    "account_frozen": _l("账号冻结"),
    "account_restored": _l("账号恢复"),
    "account_archived": _l("账号归档"),
    "account_closing": _l("注销开始"),
    "account_kept": _l("撤销了注销"),
    "account_closed": _l("账号注销了"),
    "transfer_link": _l("发到境外的链接"),
    "transfer_code": _l("接收机构的验证码"),
    "transfer_failed": _l("发到境外的邮件没有发出"),
    "transcript_returned": _l("成绩单退回"),
    "certification_accepted": _l("认证申请已受理"),
    "certification_asked": _l("认证申请要补充材料"),
    "certification_delayed": _l("认证申请延期"),
    "certification_refused": _l("认证的查询结果通知"),
    "certification_upheld": _l("认证复议维持原结论"),
    "certification_closed": _l("认证项目关闭"),
    "certification_issued": _l("认证报告出具了"),
    "certification_report": _l("认证报告发到邮箱"),
    "certification_unconfirmed": _l("认证申请没有确认提交"),
    "certification_ending": _l("认证申请快要过期"),
    "code_person": _l("实人验证验证码"),
    "person_request": _l("要证书持有人实人验证"),
    "person_passed": _l("实人验证通过"),
    "person_refused": _l("手持证件照没有通过"),
    "correction_returned": _l("更正申请要补充材料"),
    "correction_decided": _l("更正申请有结果"),
    "no_record_answered": _l("查不到学籍的答复"),
    "record_found": _l("查不到学籍的同学有学籍了"),
    "report_answered": _l("信息有误的答复"),
    "report_corrected": _l("报告因更正换了新码"),
    "report_translated": _l("英文报告译好了"),
    "report_asked": _l("有人申请查看过期的验证报告"),
    "report_sent": _l("报告发给别人"),
    "report_ending": _l("报告快到期了"),
    "discredited": _l("列入失信行为名单"),
    "discredit_upheld": _l("失信名单申诉没有通过"),
    "discredit_lifted": _l("失信名单申诉通过"),
    "item_rejected": _l("认证申请不予受理"),
    "check_remind": _l("自查提醒"),
    "check_opened": _l("自查开始了"),
    "check_invite": _l("没有注册的同学的自查提醒"),
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
