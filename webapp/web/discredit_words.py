"""What an entry of 失信行为名单 is called on screen, by its state, with the kind of its pill."""

from flask_babel import lazy_gettext as _l

STATES = {
    "proposed": ("warn", _l("待确认")),
    "dropped": ("", _l("未列入")),
    "listed": ("bad", _l("生效中")),
    "appealed": ("warn", _l("申诉复核中")),
    "upheld": ("bad", _l("申诉后维持")),
    "lifted": ("ok", _l("已撤销")),
    "over": ("", _l("已到期")),
}
