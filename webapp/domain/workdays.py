"""Working days of the People's Republic, with its holidays and make-up days, for every promised time (R-SYS-08).
Years not yet arranged by the State Council are counted by the law's own holidays, from 2100 on by weekdays."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from webapp.domain import clock


def is_workday(day: date) -> bool:
    """Whether offices in China work on this day: make-up Saturdays and Sundays count, public holidays do not."""
    days_off, make_up_days = _arrangement(day.year)
    if day.weekday() < 5:
        return day not in days_off
    return day in make_up_days


def add(day: date, n: int) -> date:
    """The n-th working day after `day`, which itself never counts; n = 0 gives `day` or the next working day."""
    if n == 0:
        n, day = 1, day - timedelta(days=1)
    while n:
        day += timedelta(days=1)
        n -= is_workday(day)
    return day


def due(moment: datetime, n: int) -> datetime:
    """The last second, UTC, of the n-th Chinese working day after the day on which `moment` (UTC) falls in China."""
    _, next_day = clock.day_bounds(add(clock.shown(moment).date(), n))
    return next_day - timedelta(seconds=1)


@lru_cache(maxsize=64)
def _arrangement(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays and make-up days of a year. Its neighbours are read too: New Year's make-up days lie in December."""
    calendar = holidays.country_holidays("CN", years=(year - 1, year, year + 1))
    return frozenset(calendar), frozenset(calendar.weekend_workdays)
