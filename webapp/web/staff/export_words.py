"""What lists that leave are called, and what they are taken away for. Each new kind of list has its line here."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from webapp.domain import clock, exports
from webapp.models.desk import Export

LISTS = {
    "unfinished": _l("还没核对的学生"),
    "errors": _l("有误汇总"),
    "photos": _l("要重拍的学历照片"),
    "photo_checks": _l("图像校对名单"),
    "sheet": _l("学籍信息核对表"),
    "register": _l("学历注册名册"),
}

REASONS = {
    "remind": _l("提醒还没核对的同学"),
    "collect": _l("交给学院或学校汇总"),
    "correct": _l("核对和更正学籍信息"),
    "check": _l("检查自查工作"),
    "retake": _l("安排重新采集照片"),
    "register": _l("学历注册备案"),
}


def mark(begun: Export) -> str:
    """Who took the list away, when, what for, and its number in the log of exports: it stands in the file."""
    person = current_user.staff
    return _(
        "导出人 %(name)s（%(login)s），%(time)s，用途：%(reason)s，编号 %(number)s",
        name=person.name,
        login=person.login,
        time=clock.shown(begun.at).strftime("%Y-%m-%d %H:%M"),
        reason=REASONS[begun.reason],
        number=begun.key[: exports.NUMBER],
    )
