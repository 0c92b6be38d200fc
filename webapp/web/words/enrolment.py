"""Sentences of refusals around the years of an enrolment."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "published": _l("学历注册并提供网上查询后，学校不得变更证书内容及注册信息"),
    "number_taken": _l("这个号码在同一层次已经有人用了"),
    "why_missing": _l("填写原因"),
    "why_long": _l("原因最多 %(most)s 字"),
    "paper_missing": _l("填写文号"),
    "paper_long": _l("文号最多 %(most)s 字"),
    "key_field": _l("关键信息只能通过更正、异动或省级审核来改"),
    "college_unknown": _l("学校里没有这个学院：%(names)s"),
}
