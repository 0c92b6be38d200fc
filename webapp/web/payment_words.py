"""What the parts of paying are called on screen: states, ways, kinds of invoices.

Not here: sentences of refusals (`words/payments.py`).
"""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": ("warn", _l("支付中")),
    "paid": ("ok", _l("已支付")),
    "closed": ("", _l("已关闭")),
    "refunding": ("warn", _l("退款中")),
    "refunded": ("", _l("已退款")),
}
"""Of a payment, with the kind of its pill."""

ORDERS = {
    "paying": ("warn", _l("待支付")),
    "lapsed": ("", _l("已超时关闭")),
    "paid": ("ok", _l("已支付")),
    "cancelled": ("", _l("已取消")),
}
"""Of an order of a report."""

VERDICTS = {
    "amount": _l("金额对不上"),
    "currency": _l("不是人民币"),
    "owner": _l("不是付给本站商户的"),
    "unknown": _l("订单号或者退款对不上"),
}
"""What did not fit in what a vendor said of an order."""

INVOICES = {
    "asked": ("warn", _l("开票中")),
    "issued": ("ok", _l("已开票")),
    "reversed": ("", _l("已红冲")),
}

WAYS = {"wechat": _l("微信支付"), "alipay": _l("支付宝"), "offline": _l("线下付款")}

REASONS = {"cancelled": _l("取消申请"), "untold": _l("没有出报告"), "double": _l("多付的"), "decided": _l("机构决定")}

KINDS = {"person": _l("个人"), "unit": _l("单位")}
