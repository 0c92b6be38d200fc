"""Sentences of logging in, of passwords at rest and of the account's own pages."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "busy": _l("现在登录的人很多，等 1 分钟再试"),
    "login_empty": _l("填写手机号、证件号码或邮箱"),
    "login_wrong": _l("用户名或密码有误"),
    "login_locked": _l("登录失败次数过多，%(until)s 后再试"),
    "login_slow": _l("试的次数太多，再等 %(seconds)s 秒"),
    "password_wrong": _l("密码不对，再填一次"),
    "password_same": _l("新密码和现在的一样，换一个"),
    "email_same": _l("这个邮箱已经绑定了"),
    "email_limit": _l("今天发的确认邮件太多，%(until)s 后再试"),
    "email_link": _l("这个链接用过了，或者太旧了"),
    "email_taken": _l("这个邮箱已经绑定了另一个账号"),
    "question_none": _l("至少选一个密保问题"),
    "question_unknown": _l("选一个密保问题"),
    "question_twice": _l("密保问题不能重复"),
    "answer_length": _l("答案要 %(least)s 到 %(most)s 个字"),
}
