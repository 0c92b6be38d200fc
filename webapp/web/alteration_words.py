"""What the kinds of 学籍异动 are called, for students and for staff alike."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "suspend": _l("休学"),
    "resume": _l("复学"),
    "keep": _l("保留学籍"),
    "army": _l("参军（保留学籍）"),
    "major": _l("转专业"),
    "klass": _l("更改班级"),
    "number": _l("更改学号"),
    "repeat": _l("留级或降级"),
    "skip": _l("跳级"),
    "transfer": _l("转学"),
    "withdraw": _l("退学"),
    "expel": _l("开除学籍"),
    "annul": _l("取消学籍"),
    "die": _l("死亡"),
    "graduate": _l("毕业"),
    "complete": _l("结业"),
    "leave": _l("肄业"),
    "reinstate": _l("恢复学籍"),
}
