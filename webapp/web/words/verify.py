"""Sentences for who checks a report: what is wrong in a code, a PIN, a list of codes, or in what is asked of its holder."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "report_code_empty": _l("填写在线验证码"),
    "report_code_legacy": _l("12 位的是别的网站以前的验证码，本站查不到。联系权属人在本站申请报告，给你 16 位的在线验证码"),
    "report_pin_wrong": _l("查看密码不对，还能再试 %(left)s 次"),
    "report_pin_limit": _l("查看密码错了 %(most)s 次，%(until)s 后再试，或者联系权属人"),
    "report_asked_limit": _l("这份报告今天收到的查看申请太多了，%(until)s 后再试，或者直接联系权属人"),
    "report_ask_name": _l("写上姓名或单位名称，最多 %(most)s 个字"),
    "report_ask_reason": _l("写上为什么要查看，最多 %(most)s 个字"),
    "codes_none": _l("没有找到在线验证码，一行写一个"),
    "codes_many": _l("一次最多查 %(most)s 个，这里有 %(found)s 个"),
    "codes_file": _l("打不开这个文件，存成 CSV 再上传"),
    "compare_name": _l("填写姓名"),
}
