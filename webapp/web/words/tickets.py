"""Sentences of refusals around questions to the office."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "ticket_category": _l("选一个类别"),
    "ticket_username": _l("填写用户名"),
    "ticket_text": _l("填写问题描述"),
    "ticket_screenshot": _l("上传问题页面截图"),
    "ticket_short": _l("问题描述至少 %(least)s 字，还差 %(lacks)s 字"),
    "ticket_long": _l("问题描述最多 %(most)s 字，多了 %(over)s 字"),
    "ticket_files": _l("图片最多 %(most)s 张"),
    "ticket_over": _l("这次咨询已经结束，可以再问一次"),
    "ticket_held": _l("另一位同事在答复，先由同事转给你"),
    "ticket_reason": _l("选一个查看的原因"),
    "ask_limit": _l("今天问得够多了，%(until)s 后再问；急事打学籍科电话"),
}
