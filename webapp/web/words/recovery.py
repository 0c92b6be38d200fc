"""Sentences of finding the way back into an account."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "recovery_tries": _l("试的次数太多，%(until)s 后再试"),
    "recovery_mismatch": _l("填写的信息与账号不一致，或者短信验证码不对"),
    "recovery_link": _l("链接已失效，重新找回"),
    "recovery_over": _l("这一步隔得太久，重新找回"),
    "recovery_stopped": _l("账号的主人把这种找回停下了，换一种方式"),
    "answers_wrong": _l("密保答案错误，今日剩余 %(left)s 次"),
    "paper_empty": _l("填写恢复码"),
    "paper_wrong": _l("恢复码不对，或者用过了，今日剩余 %(left)s 次"),
}
