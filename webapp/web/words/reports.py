"""Sentences about online verification reports: why one cannot be issued, and what is wrong in what was chosen."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "report_spelling": _l("姓名的拼写用拉丁字母，%(least)s 到 %(most)s 个字，可以有空格、连字符和撇号"),
    "report_fee": _l("英文报告的价格变了，现在是 %(yuan)s 元，看好再申请"),
    "report_not_open": _l("这份报告现在不能查验，先延长或重新开启"),
    "report_no_pdf": _l("PDF 还没有生成好，过一会儿再附上"),
    "report_mail_none": _l("填写邮箱"),
    "report_mail_limit": _l("一天最多发给 %(most)s 个邮箱，%(until)s 后再发"),
    "report_months": _l("有效期须为%(least)s至%(most)s个月"),
    "report_pin": _l("查看密码是 4 到 8 位数字"),
    "report_limit": _l("今天申请的报告太多了，%(until)s 后再试"),
    "report_status": _l("这条学籍现在的状态不能申请报告"),
    "report_withheld": _l("学籍信息待核实，联系学校后再申请"),
    "report_photo": _l("这条学历没有照片，不能申请报告，联系学校补上"),
}
