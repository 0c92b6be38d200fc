"""Sentences of refusals around records and self-checks."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "too_old": _l("本系统对1991年以前的毕业生不提供%(archive)s注册与查询业务"),
    "manual_tries": _l("今天查找的次数已用完，%(until)s 后再试"),
    "record_not_matched": _l("未查询到与你实名信息匹配的学历"),
    "record_owned": _l("该学籍/学历已被其他账号绑定"),
    "name_incomplete": _l("姓名待补字，补好以后才能打印"),
    "school_wrong": _l("院校名称和登记的不一致，还能再试 %(left)s 次"),
    "school_tries": _l("今日核验次数已用完，%(until)s 后再试"),
    "school_empty": _l("填写毕业学校"),
    "year_format": _l("毕业年份要 4 位数字，例如 1998"),
    "no_record_school": _l("这里没有这个名称的学校，写全称，和录取通知书上的一样"),
    "no_record_note_long": _l("说明最多 %(most)s 字，多了 %(over)s 字"),
    "check_not_open": _l("自查还没有开放"),
    "report_open": _l("你已经反馈过，学校处理完才能再改"),
    "report_nothing": _l("还没有勾选，哪一项不对就勾哪一项"),
    "report_ticked": _l("你勾选了有误的项目。要反馈，按“提交勾选的问题”；都没错，先去掉勾选"),
    "report_field": _l("勾选的项目不在这条学籍里，刷新页面再试"),
    "report_right": _l("填写正确的%(label)s"),
    "report_right_long": _l("正确的%(label)s最多 %(most)s 字"),
    "report_note_long": _l("说明最多 %(most)s 字，多了 %(over)s 字"),
    "report_files": _l("照片最多 %(most)s 张"),
    "report_file_kind": _l("照片要 JPG、PNG、HEIC 或 WebP"),
    "report_file_big": _l("每张照片最大 %(most)s MB"),
    "record_changed": _l("你看的时候，学校改了这条学籍。下面是改过的，从头核对一遍再确认"),
    "remark_long": _l("给学籍科的话最多 %(most)s 字，多了 %(over)s 字"),
    "outcome_unknown": _l("选择已更正或不予更正"),
    "answer_empty": _l("填写答复"),
    "answer_long": _l("答复最多 %(most)s 字，多了 %(over)s 字"),
}
