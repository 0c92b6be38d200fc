"""Sentences about agencies, their prices and people, and about 失信行为名单."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "discredited": _l("您已被列入失信行为名单，%(until)s前不受理认证/验证申请"),
    "discredit_proposed": _l("这个项目已经有人提出列入失信名单，先处理那一条"),
    "discredit_text": _l("写 %(least)s 到 %(most)s 个字"),
}
