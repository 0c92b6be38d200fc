"""A refusal's code becomes a sentence that a person understands, in both languages.

Each sentence names the thing, the gap and the way on. Codes come from the domain; every one of them stands in a module
of this folder, beside its feature's others (a test keeps that).
"""

import pkgutil
from datetime import datetime
from importlib import import_module

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from webapp.domain import clock
from webapp.domain.refused import Refused
from webapp.web.told import short_day

SENTENCES = {
    "not_allowed": _l("这个页面不对你开放"),
    "moved_on": _l("已经有人处理过了，刷新页面看最新状态"),
    "setting_unknown": _l("没有这个设置：%(name)s"),
    "setting_kind": _l("设置 %(name)s 的值应为 %(kind)s"),
    "setting_fits": _l("设置 %(name)s 不能是这个值，看说明里的写法"),
    "setting_range": _l("设置 %(name)s 的值应在 %(least)s 和 %(most)s 之间"),
    "setting_option": _l("设置 %(name)s 的值应是其中一个：%(options)s"),
}

for _module in pkgutil.iter_modules(__path__):
    SENTENCES |= import_module(f"{__name__}.{_module.name}").SENTENCES


def say(refused: Refused) -> str:
    """The sentence of a refusal with its facts. A moment is told as a clock time, with its day when that is not today."""
    facts = {name: told(fact) for name, fact in refused.facts.items()}
    return str(SENTENCES[refused.code]) % facts


def told(fact: object) -> object:
    """A fact as a person reads it: a moment becomes a clock time, with its day when that is not today."""
    if not isinstance(fact, datetime):
        return fact
    there = clock.shown(fact)
    time = there.strftime("%H:%M")
    if there.date() == clock.today():
        return time
    return gettext("%(day)s %(time)s", day=short_day(there.date()), time=time)
