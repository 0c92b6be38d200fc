"""What moves, kinds of 异动, approvals and sources of a change are called on screen."""

from flask_babel import lazy_gettext as _l

from webapp.domain.enrolment import fields
from webapp.models.enrolment import Alteration, Kept
from webapp.web import alteration_words, language, told
from webapp.web.words import SENTENCES

MOVES = {
    "register": _l("注册学籍"),
    "keep_place": _l("保留入学资格"),
    "decline": _l("放弃入学资格"),
    "cancel_admission": _l("取消入学资格"),
    "reopen": _l("改回待注册"),
}

KINDS = alteration_words.KINDS

STATES = {
    "waiting": ("info", _l("等生效日")),
    "made": ("ok", _l("已生效")),
    "withdrawn": ("", _l("已撤回")),
    "dropped": ("bad", _l("没能生效")),
}

APPROVALS = {
    "flagged": ("warn", _l("还没报")),
    "waiting": ("info", _l("等省级审核")),
    "approved": ("ok", _l("审核通过")),
    "refused": ("bad", _l("审核不通过")),
    "withdrawn": ("", _l("已取消")),
}

SOURCES = {
    "correction": _l("更正"),
    "edit": _l("学籍科编辑"),
    "move": _l("异动或注册"),
    "graduation": _l("学历注册"),
}

HOW = {"renamed": _l("更名"), "merged": _l("并入")}


def special(code: str | None) -> str:
    """The name of a special category."""
    return told.label("specials", code)


def column(field: str) -> str:
    return str(told.COLUMNS.get(field, field))


def value(field: str, text: str) -> str:
    """A kept value as staff and holders read it."""
    return fields.shown(field, text, language.chosen())


def change(kept: Kept) -> tuple[str, str, str]:
    """Label, value before and after."""
    return column(kept.field), value(kept.field, kept.before or "") or "—", value(kept.field, kept.after or "") or "—"


def fault(alteration: Alteration) -> str:
    """Why an alteration was dropped on its day."""
    sentence = str(SENTENCES.get(alteration.fault, ""))
    return "" if "%" in sentence else sentence
