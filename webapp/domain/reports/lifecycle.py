"""What can happen to a report once it is issued (spec 7.12). 已过期 is no state: after its last day it answers so by itself."""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.reports import OnlineReport


def hers(report: OnlineReport, actor: Actor) -> None:
    """Only who issued it (R-RPT-13)."""
    if report.account.key != actor.key:
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
    Move("correct", ("active", "closed", "pending"), "corrected"),
)
"""有效, 已关闭, 已更正, 翻译中. A correction is nobody's own move: it follows the record's (`correcting.py`); an English
report waits in the move in which it is issued, and is translated with the last of its names (`english.py`).
An impostor's are stopped."""
