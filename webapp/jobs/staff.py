"""Once a day, work accounts that nobody used fall asleep. When that is, `domain/staff.py` decides."""

from webapp.domain import staff
from webapp.jobs.registry import Outside, every


@every(minute="10", hour="18")
def let_staff_sleep(outside: Outside) -> None:
    """At ten past two in the morning in China (R-SYS-10)."""
    staff.let_sleep()
