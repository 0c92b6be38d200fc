"""How far a student is with the self-check, as a pill: its kind and its words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain.progress import Student

STEPS = {
    "unregistered": ("", _l("没有注册")),
    "unchecked": ("info", _l("没核对")),
    "unseen": ("info", _l("没核对")),
    "held": ("warn", _l("卡住")),
    "seen": ("ok", _l("已查看")),
    "confirmed": ("ok", _l("已确认")),
    "again": ("warn", _l("需重新确认")),
    "reported": ("warn", _l("有误，待学校处理")),
    "fixed": ("ok", _l("已更正")),
    "kept": ("ok", _l("不予更正")),
    "exempt": ("", _l("免查")),
}

HELD = {
    "no_record": _l("查不到学籍"),
    "claim": _l("证件号码重复，正在核验"),
    "correction": _l("等学校更正"),
}
"""Why the system itself keeps a student out."""


def pill(student: Student) -> tuple[str, str]:
    """A student who is held shows why."""
    kind, words = STEPS[student.step]
    return kind, str(HELD[student.held] if student.step == "held" else words)


def told(student: Student) -> str:
    """The same in one line of text, for lists that leave the screen."""
    kind, words = pill(student)
    return _("卡住：%(why)s", why=words) if student.step == "held" else words
