"""What the deeds around applications for certification are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "application.submit": _l("提交认证申请"),
    "application.back": _l("返回修改认证申请"),
    "application.prove": _l("认证申请的实人验证通过"),
    "application.file": _l("确认提交认证申请"),
    "application.bill": _l("确认提交，等待支付"),
    "application.settle": _l("认证申请的费用已付"),
    "application.lapse": _l("认证申请超时未付，已关闭"),
    "application.again": _l("重新支付认证申请"),
    "application.cancel": _l("取消认证申请"),
    "application_item.file": _l("认证项目进入待校对"),
    "application_item.accept": _l("受理认证项目"),
    "application_item.ask": _l("要求补充认证材料"),
    "application_item.again": _l("补充材料后再次提交"),
    "application_item.check": _l("把认证材料送去核查"),
    "application_item.answered": _l("核查有了答复"),
    "application_item.delay": _l("认证项目延期"),
    "application_item.overrun": _l("认证项目到期没有办完，自动延期"),
    "application_item.issue": _l("出具认证报告"),
    "application_item.want_refusal": _l("提出认证不通过，等复核"),
    "application_item.refuse": _l("复核认证不通过"),
    "application_item.send_back": _l("复核退回认证项目"),
    "application_item.reconsider": _l("申请复议"),
    "application_item.uphold": _l("复议维持原结论"),
    "application_item.reject": _l("认证不予受理（失信）"),
    "application_item.cancel": _l("认证项目随申请取消"),
    "application_item.close": _l("认证项目没有补充材料，已关闭"),
}
