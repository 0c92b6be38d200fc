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
    "nobody_ticked": _l("还没有勾选学生"),
    "nobody_listed": _l("没有这个学号的在籍学生"),
    "not_special": _l("这位学生不属于特殊类别"),
    "province_first": _l("特殊类别，省级审核通过以后才能注册学籍"),
    "double_open": _l("疑似双学籍，省级审核通过以后才能注册学籍"),
    "admission_differs": _l("和录取信息不一样，先写原因"),
    "alteration_kind": _l("选一种异动类型"),
    "alteration_day_far": _l("生效日期最晚到 %(until)s"),
    "alteration_day_early": _l("生效日期不能早于入学日期 %(since)s"),
    "alteration_value": _l("填写改成什么"),
    "alteration_unfit": _l("现在的学籍状态不能办这种异动"),
    "year_outcome": _l("学年注册只能是注册学籍、暂缓注册、休学或保留学籍"),
    "year_wrong": _l("只能登记这一学年和上一学年"),
    "year_unfit": _l("现在的学籍状态不能这样登记，先办异动"),
    "year_list_long": _l("一次最多 %(most)s 行，分几次交"),
    "school_name_missing": _l("填写曾用名"),
    "school_name_long": _l("校名最多 %(most)s 字"),
    "school_name_order": _l("结束的日子不能早于开始的日子"),
    "school_name_twice": _l("这个名称已经有了"),
}
