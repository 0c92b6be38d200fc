"""Refusals around 学校满意度."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "survey_closed": _l("学校满意度现在没有开放"),
    "survey_no_school": _l("没有在读的学籍，不用填学校满意度"),
    "survey_scores": _l("每一题都选 1 到 5 分"),
}
