"""What the agency's desk calls its lists, the steps of an item, the answers of schools, and the fields of a form.

Not here: states and reasons, which the applicant reads too (`web/certification_words.py`).
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from webapp.domain.certification.comparing import Field, Match
from webapp.domain.identity import documents
from webapp.web.certification_words import QUESTIONS, answer

LISTS = {
    "todo": _l("等人办"),
    "second": _l("待复核"),
    "away": _l("在别处"),
    "issued": _l("已出报告"),
    "refused": _l("查询结果通知"),
    "over": _l("其他结束的"),
}

STEPS = {
    "file": _l("提交给受理机构"),
    "accept": _l("受理"),
    "ask": _l("要求补充材料"),
    "again": _l("再次提交"),
    "check": _l("送出核查"),
    "answered": _l("核查有了答复"),
    "delay": _l("延期"),
    "overrun": _l("到期没有办完，延期"),
    "explain": _l("说明延期的原因"),
    "issue": _l("出具报告"),
    "want_refusal": _l("提出不通过"),
    "refuse": _l("查询结果通知"),
    "send_back": _l("复核退回"),
    "reconsider": _l("提出复议"),
    "uphold": _l("复议维持原结论"),
    "want_fraud": _l("提出列入失信名单"),
    "reject": _l("不予受理（失信）"),
    "cancel": _l("取消"),
    "close": _l("没有补充材料，关闭"),
}
"""What each step of an item is called."""
ANSWERS = {"same": _l("一致"), "differs": _l("不一致"), "unknown": _l("查无此人")}

WAYS = {"school": _l("学校学籍科"), "province": _l("省级教育行政部门"), "letter": _l("核查函")}

CHECKINGS = {"open": ("info", _l("等答复")), "answered": ("ok", _l("已答复")), "recalled": ("", _l("已撤回"))}

PROVED = {"face": _l("人脸验证通过"), "photo": _l("人工审核照片通过")}
"""How 实人验证 was passed."""

FIELDS = QUESTIONS | {"name": _l("姓名"), "document": _l("证件号码")}
"""What certificate and record are compared by."""


def answers(told_of: Mapping[str, str]) -> list[tuple[str, str, None]]:
    """The answers of a form, as rows of a summary list."""
    return [(str(FIELDS.get(name, name)), answer(name, value), None) for name, value in told_of.items() if value]


def rows(match: Match, whole: bool) -> list[tuple[str, str, str, bool]]:
    """What certificate and record say, field by field, and whether they agree; a whole number only for who has the item."""
    return [
        (str(FIELDS[one.name]), _side(one, one.told, whole), _side(one, one.registered, whole), one.same)
        for one in match.fields
    ]


def _side(field: Field, text: str, whole: bool) -> str:
    if field.name == "document" and not whole:
        return documents.masked(text) if text else "—"
    return answer(field.name, text) or "—"
