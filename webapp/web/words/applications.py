"""Sentences of refusals around applications that were handed in, and around queries of reports and of progress."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "reconsider_text": _l("写清为什么要复议，%(least)s 到 %(most)s 个字"),
    "reconsider_nothing_new": _l("加上至少一张新材料的照片，再申请复议"),
    "reconsider_once": _l("每份通知单仅可申请一次复议"),
    "reconsider_late": _l("申请复议的时间已过，截止 %(until)s"),
    "certified_number": _l("报告编号是 15 位数字，照报告上的写"),
    "certified_name": _l("填写证书持有人姓名"),
    "certified_limit": _l("这个编号今天查得太多，%(until)s 后再查"),
    "progress_number": _l("申请单编号是 16 位数字，在我的认证里看"),
    "progress_phone": _l("填写申请人手机号"),
}
