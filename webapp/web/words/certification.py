"""Sentences of refusals around applications for certification."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "application_held": _l("这份申请是别人冒用身份提交的，等本人说要不要继续"),
    "application_uncancellable": _l("当前状态不可取消：机构已经开始核对，要停下就写一条咨询"),
}
