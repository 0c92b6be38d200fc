"""What the deeds around money are called in the history. Read by `event_words.py`."""

from flask_babel import lazy_gettext as _l

ACTIONS = {
    "payment.open": _l("打开付款"),
    "payment.pay": _l("付款到账"),
    "payment.close": _l("付款关闭"),
    "payment.mark": _l("登记线下收款"),
    "payment.vouch": _l("第二个人确认线下收款"),
    "payment.strike": _l("划掉线下收款"),
    "payment.sort_out": _l("处理了对不上的支付"),
    "payment.give_back": _l("自动退款"),
    "payment.decide": _l("机构决定退款"),
    "payment.returned": _l("退款到账"),
    "payment.hand_back": _l("机构自己退了款"),
    "payment.stuck": _l("退款没有退成"),
    "payment.odd_notice": _l("支付通知对不上，没有入账"),
    "payment.forged": _l("收到伪造的支付通知"),
    "invoice.ask": _l("申请开发票"),
    "invoice.issue": _l("开出发票"),
    "invoice.reverse": _l("红冲发票"),
}
