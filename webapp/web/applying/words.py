"""What the questions about a certificate are called, with the hints beside them (R-CRT-11 to R-CRT-13).

Not here: what they take (`domain/certification/forms.py`), sentences of refusals (`words/certification_form.py`).
"""

from flask_babel import lazy_gettext as _l

from webapp.web import certification_words

SPECIAL = {
    ("gaokao", "province"): _l("考试所在省市"),
    ("huikao", "school"): _l("学校名称"),
    ("huikao", "province"): _l("学校所在省市"),
    ("huikao", "number"): _l("证号"),
    ("huikao", "graduated"): _l("毕业年份"),
    ("secondary", "school"): _l("学校名称"),
    ("secondary", "province"): _l("学校所在省市"),
    ("secondary", "graduated"): _l("毕业年月"),
}
"""Questions that a kind of item calls otherwise."""

HINTS = {
    "number": _l("按证书上的“证书编号”填写。证书上没有“证书编号”，只有“学校编号”和“NO.号”的，填“学校编号”。"),
    "serial": _l("2001 年以前的证书上有两个号的，另一个填在这里。"),
    "level": _l("本科是“专科起点本科”的，在“层次”里选“专升本”。"),
    "entered": _l("例如 1996-09-01"),
    "graduated": _l("例如 2000-07-01"),
    "length": _l("例如 4 年"),
}

SPECIAL_HINTS = {
    ("huikao", "number"): None,
    ("huikao", "graduated"): _l("4 位数字，例如 2000"),
    ("secondary", "number"): None,
    ("secondary", "graduated"): _l("例如 2000-07"),
    ("secondary", "school_kind"): _l("只受理普通高中的毕业证书"),
}


def called(kind: str, name: str) -> object:
    """The label of a question of a kind."""
    return SPECIAL.get((kind, name), certification_words.QUESTIONS[name])


def hint(kind: str, name: str) -> object:
    """What stands beside a question, if anything does."""
    place = (kind, name)
    return SPECIAL_HINTS[place] if place in SPECIAL_HINTS else HINTS.get(name)
