"""Sentences about settings that are changed in the browser."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "setting_number": _l("填写一个整数"),
    "setting_long": _l("最多 %(most)s 个字"),
    "setting_empty": _l("这一项不能空着"),
}
