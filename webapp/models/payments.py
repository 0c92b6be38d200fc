"""Money: what was to be paid for an application or a report, by which way, what vendors said, money given back, invoices.

Not here: what may happen to any of them (`domain/payments/`), nor what a copy costs (`domain/certification/prices.py`).
"""

from peewee import SQL, CharField, ForeignKeyField, IntegerField, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Row, Sealed
from webapp.models.certification import Application, ApplicationItem
from webapp.models.photos import Upload
from webapp.models.report_orders import ReportOrder
from webapp.models.staff import Staff

Bill = Application | ReportOrder
"""What a payment is for: both have a number, a total, a state with paying and lapsed, an account, `pay_until`, `paid`."""


class Payment(KeyedRow):
    """付款: one order at a vendor for the whole of a bill, or money that the agency or the school took itself.

    The bill is an `application` or the `order` of a report, and never both.
    `way`: wechat, alipay, offline. `scene`: computer or phone, for a vendor shows each another page. `number` is what the
    vendor calls our order (out_trade_no), `transaction` what it calls the payment. `state`: waiting 支付中, paid 已支付, closed
    已关闭, refunding 退款中, refunded 已退款. `link` leads to the vendor, or stands in a QR; it names nobody. `staff` took the
    money and noted `reference`, `second` confirmed it. `until` is when the vendor stops taking money, `asked` when the
    vendor was last asked. `odd` is the first verdict about what it said that did not fit: people settle that.
    """

    application = ForeignKeyField(Application, null=True, backref="payments")
    order = ForeignKeyField(ReportOrder, null=True, backref="payments")
    way = CharField(max_length=8)
    scene = CharField(max_length=8, default="")
    number = CharField(max_length=32, unique=True)
    fen = IntegerField()
    state = CharField(max_length=10, default="waiting")
    transaction = CharField(max_length=64, null=True)
    link = TextField(default="")
    reference = CharField(max_length=40, default="")
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    second = ForeignKeyField(Staff, null=True, backref="+", index=False)
    opened = Moment()
    until = Moment(null=True)
    asked = Moment(null=True)
    paid = Moment(null=True)
    closed = Moment(null=True)
    odd = CharField(max_length=10, default="")

    class Meta:
        indexes = ((("way", "transaction"), True), (("state", "asked"), False))

    @property
    def bill(self) -> Bill:
        """What it is for."""
        return self.order if self.application_id is None else self.application


Payment.add_index(Payment.odd, where=Payment.odd != SQL("''"), name="payment_odd")


class PayNotice(Row):
    """支付通知: one message of a vendor whose signature was right, whatever came of it.

    `event` is the vendor's id of the message, `kind`: paid, refunded, stuck (a refund that did not arrive), other. `verdict`:
    taken, again (told before under another id), unknown (no such order yet), or what does not fit: amount, currency, owner.
    """

    way = CharField(max_length=8)
    event = CharField(max_length=80)
    transaction = CharField(max_length=64)
    kind = CharField(max_length=8)
    number = CharField(max_length=32)
    verdict = CharField(max_length=10)
    at = Moment()

    class Meta:
        indexes = ((("way", "event"), True),)


PayNotice.add_index(
    PayNotice.way,
    PayNotice.transaction,
    PayNotice.kind,
    unique=True,
    where=PayNotice.verdict == SQL("'taken'"),
    name="pay_notice_taken_once",
)


class Refund(KeyedRow):
    """退款: money of one payment that goes back, once. `number` is what the vendor calls it (out_refund_no).

    `reason`: cancelled 取消申请, untold (no report came of it), double (it was paid for before, or is over), decided (the
    agency's decision, by `staff`, said in `note`). `fault` is the vendor's code of why it did not arrive; then a person gives
    it back and notes `reference`.
    """

    payment = ForeignKeyField(Payment, unique=True, backref="refunds")
    number = CharField(max_length=40, unique=True)
    fen = IntegerField()
    reason = CharField(max_length=10)
    note = Sealed(null=True)
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    reference = CharField(max_length=40, default="")
    fault = CharField(max_length=40, default="")
    asked = Moment()
    done = Moment(null=True)


class Invoice(KeyedRow):
    """发票 for one line of a paid application, as the holder asks for it and as the tax platform made it.

    `state`: asked 开票中, issued 已开票, reversed 已红冲. `kind`: person 个人, unit 单位, which has a `tax` number
    (统一社会信用代码). `number` and `upload` are what the agency brought from the tax office, `red` the number of its red one.
    """

    item = ForeignKeyField(ApplicationItem, backref="invoices")
    account = ForeignKeyField(Account, backref="+")
    state = CharField(max_length=10, default="asked")
    kind = CharField(max_length=8)
    title = Sealed(null=True)
    tax = CharField(max_length=18, default="")
    email = Sealed(null=True)
    phone = Sealed(null=True)
    fen = IntegerField()
    number = CharField(max_length=20, default="")
    upload = ForeignKeyField(Upload, null=True, backref="+", index=False)
    red = CharField(max_length=20, default="")
    staff = ForeignKeyField(Staff, null=True, backref="+", index=False)
    asked = Moment()
    issued = Moment(null=True)
    reversed = Moment(null=True)

    class Meta:
        indexes = ((("state", "id"), False),)


Invoice.add_index(Invoice.item, unique=True, where=Invoice.state != SQL("'reversed'"), name="invoice_once")
