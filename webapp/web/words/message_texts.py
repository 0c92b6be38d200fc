"""Sentences about the texts of messages that a site words its own way."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "message_text_empty": _l("不能空着"),
    "message_text_long": _l("最多 %(most)s 个字"),
    "message_text_topic": _l("第一行是标题，最多 %(most)s 个字，正文从第二行起"),
    "message_text_code": _l("有一处花括号写得不对：只能用 {{ 名字 }}，或者 {%% if 名字 %%}……{%% endif %%}"),
    "message_text_fact": _l("这条消息没有 %(fact)s 可以填"),
    "message_text_lacks": _l("不能少了 {{ %(fact)s }}"),
    "message_test_address": _l("你的账号没有登记可以发到的邮箱或手机"),
    "message_test_limit": _l("今天试发得太多，%(until)s 后再试"),
}
