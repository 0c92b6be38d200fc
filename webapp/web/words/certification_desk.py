"""Sentences of refusals at an agency's desk, and where schools and provinces answer it."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "item_held": _l("%(name)s 正在办这一项"),
    "office_missing": _l("选一个要问的地方"),
    "question_missing": _l("写清楚要核查什么"),
    "checking_answer": _l("选一个答复"),
    "checking_open": _l("这一项已经送出核查，等答复或者先撤回"),
    "letter_name": _l("填写学校名称，最多 %(most)s 字"),
    "letter_address": _l("填写寄往的地址，最多 %(most)s 字"),
}
