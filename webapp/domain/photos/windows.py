"""图像校对窗口: which one a record belongs to, and what its days allow (R-IMG-02, R-IMG-22).

Not here: planning one (`campaigns.py`), who of all is in its scope (`checks.in_scope`).
"""

from webapp.domain import checks, clock
from webapp.models.records import Record
from webapp.models.school import Campaign

URGENCY = ("open", "waiting", "over", "undated")
"""Which window counts where a record is in several."""


def of(record: Record) -> Campaign | None:
    """The window that wants this record's photo looked at: the one that runs, else the next, else the last; or none."""
    running = Campaign.select().where((Campaign.unit == record.unit_id) & (Campaign.kind == "photo") & ~Campaign.closed)
    wanted = [one for one in running.order_by(Campaign.id.desc()) if _wants(one, record)]
    return min(wanted, key=lambda one: URGENCY.index(checks.phase(one)), default=None)


def is_open(window: Campaign | None) -> bool:
    """May a student begin now?"""
    return window is not None and checks.phase(window) == "open"


def may_finish(window: Campaign | None) -> bool:
    """May one who began go on: within the window, and after it until the last day for corrections."""
    if window is None:
        return False
    last = max(filter(None, (window.ends, window.corrections_until)), default=None)
    return checks.phase(window) in checks.BEGUN and (last is None or clock.today() <= last)


def _wants(window: Campaign, record: Record) -> bool:
    return Record.select().where(checks.in_scope(window) & (Record.id == record.id)).exists()
