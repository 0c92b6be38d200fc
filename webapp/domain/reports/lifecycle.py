"""What can happen to a report once it is issued, and to an order of one (spec 7.12).

已过期 is no state: after its last day a report answers so by itself.
"""

from webapp.domain import clock
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.report_orders import UNPAID, ReportOrder
from webapp.models.reports import OnlineReport


def hers(report: OnlineReport | ReportOrder, actor: Actor) -> None:
    """Only who issued it, or ordered it (R-RPT-13)."""
    if report.account.key != actor.key:
        raise Refused("not_allowed")


def pay_time_is_over(order: ReportOrder, actor: Actor) -> None:
    if order.pay_until > clock.now():
        raise Refused("moved_on", state=order.state)


def of_their_school(order: ReportOrder, actor: Actor) -> None:
    """The records office of the school that translates it."""
    if order.unit_id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")


REPORT = Lifecycle(
    OnlineReport,
    Move("extend", ("active",), "active", Can.OWN_RECORD, (hers,), ("reports.draw",)),
    Move("close", ("active",), "closed", Can.OWN_RECORD, (hers,)),
    Move("stop", ("active", "pending"), "closed"),
    Move("reopen", ("closed",), "active", Can.OWN_RECORD, (hers,)),
    Move("compare", ("active",), "active", Can.OWN_RECORD, (hers,)),
    Move("wait", ("active",), "pending"),
    Move("translate", ("pending",), "active", jobs=("reports.draw",)),
    Move("refuse", ("pending",), "refused"),
    Move("correct", ("active", "closed", "pending"), "corrected"),
)
"""有效, 已关闭, 已更正, 翻译中, 没有译成. A correction is nobody's own move: it follows the record's (`correcting.py`); an
English report waits in the move in which it is issued, and is translated with the last of its names (`english.py`).
An impostor's are stopped."""

ORDER = Lifecycle(
    ReportOrder,
    Move("settle", UNPAID, "paid"),
    Move("lapse", ("paying",), "lapsed", guards=(pay_time_is_over,)),
    Move("again", ("lapsed",), "paying", Can.OWN_RECORD, (hers,)),
    Move("fail", ("paid",), "cancelled"),
    Move("forget", ("lapsed",), "cancelled"),
    Move("refuse", ("paid",), "cancelled", Can.ENROL, (of_their_school,)),
)
"""待支付 → 已支付, or 已超时关闭 and paid after all; 已取消 where no report can be issued, or the school translates none."""
