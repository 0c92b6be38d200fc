"""What an English report is asked for with where it costs something: what the holder chose, and what there is to pay.

Not here: the report itself (`reports.py`), money (`payments.py`), what may happen to any of them (`domain/reports/`).
"""

from peewee import CharField, ForeignKeyField, IntegerField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, Sealed
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Unit

UNPAID = ("paying", "lapsed")
"""States of a bill that money settles: one that was closed unpaid too, for the money is there."""


class ReportOrder(KeyedRow):
    """报告订单: one English report that is issued once it is paid for.

    `state`: paying 待支付, lapsed 已超时关闭, paid 已支付 (`report` was issued), cancelled 已取消 (none could be issued, or the
    school does not translate it: `note`). `number` begins with R, so that a vendor's list tells reports from applications.
    `total` is in fen, as the holder read it. `unit` is the school that takes the money. `wish` is JSON of months, shows and
    spelt, until there is a report; `pin_index` as the report's. `confirmed` is when it was asked for, `pay_until` until when
    it is paid for.
    """

    account = ForeignKeyField(Account, backref="report_orders", index=False)
    record = ForeignKeyField(Record, backref="+")
    unit = ForeignKeyField(Unit, backref="+", index=False)
    number = CharField(max_length=21, unique=True)
    state = CharField(max_length=10, default="paying")
    total = IntegerField()
    wish = Sealed(null=True)
    pin_index = CharField(max_length=43, null=True)
    report = ForeignKeyField(OnlineReport, null=True, backref="+")
    note = Sealed(null=True)
    confirmed = Moment()
    pay_until = Moment()
    paid = Moment(null=True)
    refunded = Moment(null=True)

    class Meta:
        indexes = ((("account", "confirmed"), False), (("state", "pay_until"), False), (("unit", "state"), False))


ReportOrder.add_index(
    ReportOrder.account, ReportOrder.record, unique=True, where=ReportOrder.state.in_(UNPAID), name="report_order_once"
)
