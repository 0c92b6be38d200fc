"""Sentences of refusals that only the command line meets."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "staff_unknown": _l("没有登录名为 %(login)s 的账号"),
    "keys_in_use": _l("还有 %(left)s 个值只有旧密钥能打开，先运行 xuedang keys renew"),
    "place_unknown": _l("没有找到，或不止一个：%(place)s"),
}
