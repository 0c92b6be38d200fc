"""A refusal's code becomes a sentence that a person understands, in both languages.

Each sentence names the thing, the gap and the way on. Codes come from the domain; every one of them is here (a test
keeps that).
"""

from datetime import datetime

from flask_babel import gettext, lazy_gettext as _l

from webapp.domain import clock
from webapp.domain.refused import Refused

SENTENCES = {
    "not_allowed": _l("这个页面不对你开放"),
    "moved_on": _l("已经有人处理过了，刷新页面看最新状态"),
    "setting_unknown": _l("没有这个设置：%(name)s"),
    "setting_kind": _l("设置 %(name)s 的值应为 %(kind)s"),
    "setting_range": _l("设置 %(name)s 的值应在 %(least)s 和 %(most)s 之间"),
}


def say(refused: Refused) -> str:
    """The sentence of a refusal, its facts filled in. Moments are told as a clock time, with the day when it is not today."""
    facts = {name: _told(fact) for name, fact in refused.facts.items()}
    return str(SENTENCES[refused.code]) % facts


def _told(fact: object) -> object:
    if not isinstance(fact, datetime):
        return fact
    there = clock.shown(fact)
    if there.date() == clock.today():
        return there.strftime("%H:%M")
    return gettext("%(month)s 月 %(day)s 日 %(time)s") % {
        "month": there.month,
        "day": there.day,
        "time": there.strftime("%H:%M"),
    }
