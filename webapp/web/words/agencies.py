"""Sentences about agencies, their prices and people, and about 失信行为名单."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "agency_empty": _l("填写这一项"),
    "agency_long": _l("最多 %(most)s 个字"),
    "agency_kinds": _l("选这个机构受理的项目，至少一种"),
    "agency_unknown": _l("没有叫「%(name)s」的受理机构，或者不止一个：写全称或简称"),
    "agency_province": _l("这里没有这个省份"),
    "price_what": _l("选一个申请项目、语言和用途"),
    "price_fen": _l("写成 150 或 150.00 这样，最多 %(most)s 元"),
    "price_past": _l("从今天或以后的一天开始，过去的价格不能改"),
    "price_later": _l("已经有从 %(day)s 开始的价格，先结束那一条"),
    "discredited": _l("你已被列入失信行为名单，%(until)s前不受理认证/验证申请"),
    "discredit_proposed": _l("这个项目已经有人提出列入失信名单，先处理那一条"),
    "discredit_text": _l("写 %(least)s 到 %(most)s 个字"),
}
