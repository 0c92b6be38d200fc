"""What the kinds and states of a question are called, and which answers of the help page fit a kind."""

from flask_babel import lazy_gettext as _l

CATEGORIES = {
    "account": (_l("账号和登录"), _l("收不到短信、忘了密码、证件号码已被注册")),
    "records": (_l("学籍、学历和自查"), _l("没有显示出来、信息有误、不知道怎么核对")),
    "site": (_l("页面打不开或出错"), _l("一直转圈、提示出错、看不清")),
    "other": (_l("其他"), _l("上面都不是")),
}

STATES = {
    "waiting": ("warn", _l("待回复")),
    "answered": ("ok", _l("已回复")),
    "solved": ("", _l("已解决")),
    "closed": ("", _l("已关闭")),
}

SUGGESTED = {
    "account": ("password", "taken", "sms"),
    "records": ("missing", "wrong"),
    "site": ("sms", "support"),
    "other": ("support",),
}
"""Answers of the help centre that fit a kind: they stand between the kind and the form."""
