"""How a self-check went day by day: the boards that were kept every evening, within what one may see (R-CHK-08).

Not here: keeping them (`progress.py`, `province.py`), and how they are drawn.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from webapp.domain import checks, clock, progress
from webapp.domain.progress import Counts, View
from webapp.models.checks import Snapshot
from webapp.models.desk import Evening

LONGEST = timedelta(days=60)
"""For so long back."""


class Day(NamedTuple):
    """A day's end, or today as it stands: who was to check and who had."""

    day: date
    due: int
    done: int

    @property
    def rate(self) -> int:
        """Whole percent, rounded down, as on the board."""
        return 100 * self.done // self.due if self.due else 0


def days(view: View, counts: dict[tuple[int | None, int | None], Counts]) -> list[Day]:
    """The evenings of a campaign, oldest first, and now while it runs; `counts` is the board of the same view.

    A whole school has a line an evening; a college or a class is summed up from its classes. Nothing for who sees a teaching
    point, which may be a part of a class.
    """
    if any(grant.department for grant in view.grants):
        return []
    whole = view.college is None and view.klass is None and any(grant.whole for grant in view.grants)
    found = _evenings(view) if whole else _summed(view, {klass for _college, klass in counts if klass is not None})
    kept = [one for one in found if one.day < clock.today() or not checks.begun(view.campaign)]
    if checks.begun(view.campaign):
        total = progress.total(counts.values())
        kept.append(Day(clock.today(), total.due, total.done))
    return kept


def _evenings(view: View) -> list[Day]:
    since = (Evening.campaign == view.campaign) & (Evening.day >= clock.today() - LONGEST)
    rows = Evening.select(Evening.day, Evening.due, Evening.done).where(since).order_by(Evening.day)
    return [Day(*row) for row in rows.tuples()]


def _summed(view: View, classes: Iterable[int]) -> list[Day]:
    since = (Snapshot.campaign == view.campaign) & (Snapshot.day >= clock.today() - LONGEST)
    rows = Snapshot.select(Snapshot.day, Snapshot.counts).where(since & Snapshot.klass.in_(list(classes)))
    found: dict[date, Day] = {}
    for day, text in rows.order_by(Snapshot.day).tuples():
        kept, before = json.loads(text), found.get(day, Day(day, 0, 0))
        found[day] = Day(day, before.due + kept["due"], before.done + kept["done"])
    return list(found.values())
