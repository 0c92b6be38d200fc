"""Sentences about online verification reports: why one cannot be issued, and what is wrong in what was chosen."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "report_months": _l("有效期须为%(least)s至%(most)s个月"),
    "report_pin": _l("查看密码是 4 到 8 位数字"),
    "report_limit": _l("今天申请的报告太多了，%(until)s 后再试"),
    "report_status": _l("这条学籍现在的状态不能申请报告"),
    "report_withheld": _l("学籍信息待核实，联系学校后再申请"),
    "report_photo": _l("这条学历没有照片，不能申请报告，联系学校补上"),
}
