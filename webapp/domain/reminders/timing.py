"""When a reminder may ring: never in the quiet hours, and so slowly that codes for logging in are not kept waiting.

Not here: what the site itself shows, which rings nowhere and waits for nothing.
"""

from datetime import datetime, timedelta

from webapp.domain import clock, defaults

SHARE = 2
"""Of the SMS that the site sends in an hour, reminders take one in so many."""


def awake(moment: datetime) -> datetime:
    """The moment itself (UTC), or the end of the quiet hours that it falls into: `msg.quiet_from`, `msg.quiet_until`."""
    first, last = defaults.value("msg.quiet_from"), defaults.value("msg.quiet_until")
    there = clock.shown(moment)
    quiet = first <= there.hour < last if first <= last else there.hour >= first or there.hour < last
    if not quiet:
        return moment
    morning = there.replace(hour=0, minute=0, second=0) + timedelta(hours=last)
    if there.hour >= last:
        morning += timedelta(days=1)
    return morning - clock.SHANGHAI


class Slots:
    """Moments for one message after the other, each a little later than the one before."""

    def __init__(self) -> None:
        self._apart = timedelta(hours=1) / max(1, defaults.value("sms.per_hour") // SHARE)
        self._next = clock.now()

    def delay(self) -> timedelta:
        """How long the next message waits, in whole seconds."""
        at = awake(self._next)
        self._next = at + self._apart
        return timedelta(seconds=max(0, int((at - clock.now()).total_seconds())))
