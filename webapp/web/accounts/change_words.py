"""What a refused change and a closing are called on screen, for students and for staff."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "not_the_person": _l("来的人和证件对不上"),
    "document_differs": _l("证件上的内容和申请的不一样"),
    "not_needed": _l("不需要更改"),
    "taken": _l("号码已经有人用了"),
    "frozen": _l("账号已冻结"),
}
