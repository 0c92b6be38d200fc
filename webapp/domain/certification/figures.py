"""An agency's own statistics: what came in month by month, what became of it, how long it took (R-CRT-48).

Not here: single items (`desk.py`). Each figure is one query within one agency.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from peewee import SQL, Case, Expression, fn

from webapp.domain import clock, workdays
from webapp.models.certification import Agency, ApplicationItem, ItemStep

MONTHS = 12
"""For so many months back, this one with them."""

SAMPLE = 2000
"""Decisions that are looked at for the median, the newest ones."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`months`: first day of a month → items filed in it, newest first; `states` and `kinds`: the same items by each.

    `workdays` is the median of working days from acceptance to the decision, None before the first; `supplements` is how many
    percent of the items were asked for more at least once.
    """

    months: dict[date, int]
    states: Counter[str]
    kinds: Counter[str]
    workdays: float | None
    supplements: int

    @property
    def total(self) -> int:
        return self.states.total()


def of(agency: Agency) -> Figures:
    """The last twelve months of an agency."""
    firsts = _months()
    months, states, kinds = dict.fromkeys(reversed(firsts), 0), Counter(), Counter()
    for month, state, kind, many in _counts(agency, firsts):
        months[firsts[month]] += many
        states[state] += many
        kinds[kind] += many
    asked = _asked(agency, firsts[0])
    total = states.total()
    return Figures(months, states, kinds, _median(agency, firsts[0]), round(100 * asked / total) if total else 0)


def _months() -> list[date]:
    """First days of the months, oldest first."""
    first, found = clock.today().replace(day=1), []
    for _ in range(MONTHS):
        found.insert(0, first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _since(agency: Agency, first: date) -> Expression:
    return (ApplicationItem.agency == agency) & (ApplicationItem.filed >= clock.day_bounds(first)[0])


def _counts(agency: Agency, firsts: list[date]) -> list[tuple[int, str, str, int]]:
    """Items by place of their month in `firsts`, state and kind: months are China's, so their bounds go into the query."""
    begins = [(ApplicationItem.filed >= clock.day_bounds(first)[0], n) for n, first in enumerate(firsts)]
    month = Case(None, list(reversed(begins))).alias("month")
    chosen = ApplicationItem.select(month, ApplicationItem.state, ApplicationItem.kind, fn.COUNT(ApplicationItem.id))
    query = chosen.where(_since(agency, firsts[0])).group_by(SQL("month"), ApplicationItem.state, ApplicationItem.kind)
    return list(query.tuples())


def _asked(agency: Agency, first: date) -> int:
    """Items that were asked for more."""
    query = ItemStep.select(fn.COUNT(ItemStep.item.distinct())).join(ApplicationItem)
    return query.where(_since(agency, first) & (ItemStep.move == "ask")).scalar()


def _median(agency: Agency, first: date) -> float | None:
    ended = ApplicationItem.accepted.is_null(False) & ApplicationItem.decided.is_null(False)
    query = ApplicationItem.select(ApplicationItem.accepted, ApplicationItem.decided).where(_since(agency, first) & ended)
    newest = query.order_by(ApplicationItem.decided.desc(), ApplicationItem.id.desc()).limit(SAMPLE).tuples()
    spans = Counter((clock.shown(begun).date(), clock.shown(done).date()) for begun, done in newest)
    took = [days for span, many in spans.items() for days in [_workdays(*span)] * many]
    return median(took) if took else None


def _workdays(begun: date, done: date) -> int:
    """Working days after the first day until the last one."""
    return sum(workdays.is_workday(begun + timedelta(days=n)) for n in range(1, (done - begun).days + 1))
