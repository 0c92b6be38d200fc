"""Why more papers are asked for, what helps with each, and what became of a picture. Read by the pages of this folder."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "before_1991": _l("1990 年和以前毕业的，还要个人档案里的考生登记表和毕业生登记表"),
    "self_taught": _l("2001 年和以前的自学考试，还要毕业生登记表"),
    "broadcast": _l("广播电视大学的，还要毕业生登记表，并在第 2 步的备注里写明实际就读的分校"),
    "wrong": _l("证书和身份证不一致的，还要自己写的情况说明和毕业生登记表"),
    "renamed": _l("改过名的，还要户口簿的变更页"),
}
"""By the rule that asks (`domain/certification/required.RULES`)."""

HINTS = {
    "certificate": _l("不要上传学位证书，无法办理学位认证"),
    "identity": _l("身份证正反两面，各一张；没有身份证的，传所持证件的资料页和签发页"),
    "entry": _l("在个人档案里，向档案保管单位复印并盖章"),
    "graduate": _l("在个人档案里，向档案保管单位复印并盖章"),
    "statement": _l("写明哪里不一致、为什么，签名"),
    "household": _l("有曾用名或更正记录的那一页"),
}

DIFFERS = {
    "": _l("一致"),
    "wrong": _l("不一致，证书上登记有误"),
    "renamed": _l("不一致，毕业后改过名"),
}

FAULTS = {
    "image_small": "material_small",
    "image_too_heavy": "material_heavy",
    "image_kind": "material_kind",
}
"""Why the machine could not take a picture → the code of the page's own sentence."""
