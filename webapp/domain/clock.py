"""The only source of time: naive UTC, whole seconds. People see UTC+8, which has no summer time."""

import calendar
from datetime import UTC, date, datetime, timedelta
from time import gmtime

SHANGHAI = timedelta(hours=8)


def now() -> datetime:
    """The present moment, UTC, without a zone, cut to the second (R-SYS-14)."""
    return datetime(*gmtime()[:6])


def shown(moment: datetime) -> datetime:
    """The same moment as a clock in China shows it (R-SYS-14)."""
    return moment + SHANGHAI


def today() -> date:
    """Today's date in China."""
    return shown(now()).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First second of a Chinese day and of the next one, in UTC: a half-open interval for queries."""
    start = datetime(day.year, day.month, day.day) - SHANGHAI
    return start, start + timedelta(days=1)


def seconds(moment: datetime) -> int:
    """Seconds since 1970 of a naive UTC moment, whatever zone the machine stands in."""
    return calendar.timegm(moment.timetuple())


def moment(seconds: int) -> datetime:
    """The inverse of `seconds`."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
