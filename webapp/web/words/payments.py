"""Sentences of refusals around money: paying, refunds, invoices."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "payment_none": _l("这个付款方式现在用不了，换一种，或者过一会儿再试"),
    "payment_over": _l("订单已超时关闭"),
    "payment_reference": _l("写清收款的凭证号，最多 %(most)s 字"),
    "payment_reference_used": _l("这个凭证号已经登记过一笔收款"),
    "payment_waits": _l("已经有一笔收款等第二个人确认"),
    "refund_amount": _l("退款要大于 0，最多 %(most)s 元"),
    "refund_whole": _l("申请人现在还能取消，这时只能全额退款"),
    "refund_note": _l("写明退款的原因，最多 %(most)s 字"),
    "invoice_unpaid": _l("没有付款的项目不能开发票"),
    "invoice_refunding": _l("这一项正在退款，退款的时候不能开发票"),
    "invoice_once": _l("已开具发票"),
    "invoice_phone": _l("如需要开具发票，必须填写中国大陆地区手机号"),
    "invoice_title": _l("写发票抬头，最多 %(most)s 字"),
    "invoice_number": _l("发票号码是 8 到 20 位数字"),
    "invoice_reversed": _l("这一项已经红冲过一次"),
    "invoice_file": _l("选税务平台给的 PDF 文件，最大 %(most)s MB"),
}
