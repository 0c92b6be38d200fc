"""The days of a self-check as a line to look at: where each stands in a drawing that is 100 wide and 40 high.

Not here: the numbers (`domain/trend.py`); beside the drawing they stand as a table.
"""

from datetime import date
from typing import NamedTuple

from webapp.domain import trend
from webapp.domain.progress import Counts, View
from webapp.domain.trend import Day

WIDTH, HEIGHT = 100, 40


class Chart(NamedTuple):
    """`points` are of the polyline, the first and the last of `days` its ends in time, `until` the end of the axis."""

    days: list[Day]
    points: str
    until: date


def chart(view: View, counts: dict[tuple[int | None, int | None], Counts]) -> Chart | None:
    """None where there is no line yet: it takes two days."""
    days = trend.days(view, counts)
    if len(days) < 2:
        return None
    first, until = days[0].day, max(days[-1].day, view.campaign.ends or days[-1].day)
    whole = (until - first).days
    points = [(WIDTH * (one.day - first).days / whole, HEIGHT - HEIGHT * one.done / (one.due or 1)) for one in days]
    return Chart(days, " ".join(f"{x:.1f},{y:.1f}" for x, y in points), until)
