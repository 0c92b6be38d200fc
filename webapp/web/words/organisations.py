"""Sentences about 会员单位: what is wrong in an application, why a look-up is refused, and receipts of checks."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "credit_code_format": _l("统一社会信用代码是 18 位数字和大写字母，没有 I、O、S、V、Z"),
    "credit_code_digit": _l("统一社会信用代码有一位不对，对照营业执照或法人证书再看一遍"),
    "organisation_empty": _l("填写这一项"),
    "organisation_long": _l("最多 %(most)s 个字"),
    "organisation_known": _l("这个单位已经申请过，等结果或联系本站"),
    "organisation_reason": _l("写明理由，最多 %(most)s 个字，会寄给对方"),
    "organisation_quota": _l("每天的次数应在 0 和 %(most)s 之间"),
    "contract_day": _l("签约日期不能晚于今天"),
    "consent_empty": _l("填写本人签署的授权书编号"),
    "consent_long": _l("授权书编号最多 %(most)s 个字"),
    "member_suspended": _l("你的单位已被停用：%(reason)s"),
    "member_quota": _l("今天的 %(most)s 次已经用完，%(until)s 后再查"),
    "member_busy": _l("查询过于频繁，%(until)s 后再试"),
    "api_key_name": _l("给密钥取个名字，最多 %(most)s 个字"),
    "api_keys_many": _l("最多同时有 %(most)s 个密钥，先停用一个不用的"),
    "receipt_pin": _l("先在结果页输入查看密码，再下载回执"),
}
