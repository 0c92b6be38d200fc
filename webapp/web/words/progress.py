"""Sentences of campaigns, contacts, 免查, exports, reminders."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "campaign_title": _l("填写自查的名称"),
    "campaign_title_long": _l("名称最多 %(most)s 字"),
    "campaign_twice": _l("已经有一次同名的自查，换个名称或去修改那一次"),
    "campaign_days": _l("开始和截止要么都填，要么都不填"),
    "campaign_order": _l("截止日期在开始日期之前，改其中一个"),
    "campaign_notice_long": _l("通知最多 %(most)s 字"),
    "campaign_grade": _l("年级不对：%(years)s。写入学的年份，例如 2026"),
    "campaign_year": _l("届写成毕业的年份，例如 2027"),
    "campaign_season": _l("选表里的季节"),
    "campaign_corrections": _l("报错的最后一天不能早于截止日期"),
    "campaign_level": _l("选表里的层次"),
    "campaign_closed": _l("这次自查已经关闭，不能再改"),
    "class_unknown": _l("学校没有这些班级：%(names)s"),
    "class_doubtful": _l("几个学院都有这些班级：%(names)s。前面加上学院，用空格隔开"),
    "student_number_unknown": _l("名册里没有这些学号：%(numbers)s"),
    "contact_title": _l("填写科室或老师的称呼"),
    "contact_way": _l("电话、地点、邮箱至少填一项"),
    "contact_long": _l("最多 %(most)s 字"),
    "exempt_reason": _l("填写免查的原因"),
    "exempt_reason_long": _l("原因最多 %(most)s 字"),
    "export_reason": _l("选择导出做什么用"),
    "remind_not_open": _l("自查还没有开始，或者已经关闭，现在不能提醒"),
    "remind_limit": _l("今天提醒过了"),
    "export_limit": _l("今天导出的次数已用完，%(until)s 后再试"),
}
