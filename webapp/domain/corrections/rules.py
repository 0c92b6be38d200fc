"""The rules of a province about corrections, as data: when they are taken, what stays frozen, who decides (R-COR-12).

The setting `cor.provinces` holds for a province's code what differs from the default. Not here: asking whether a rule stands
against a request (`blocking.py`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.domain.corrections import grounds
from webapp.domain.corrections.grounds import Ground


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one province. `windows` are pairs of (month, day), both included; none means the whole year."""

    windows: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    first_year: bool = False
    last_semester: bool = False
    not_together: bool = True
    top_up_not: bool = False
    decider: str = "province"
    evidence: dict[str, tuple[str, ...]] | None = None
    originals: tuple[str, ...] = grounds.ORIGINALS

    def needs(self, ground: Ground) -> tuple[str, ...]:
        """Which documents a ground needs here."""
        return (self.evidence or {}).get(ground.code, ground.needs)


def next_open(day: date, rules: Rules) -> date:
    """The first day from `day` on that lies in a window; `day` itself where there are none."""
    if not rules.windows:
        return day
    spans = [(day_of(year, first), day_of(year, last)) for year in (day.year, day.year + 1) for first, last in rules.windows]
    return min(max(first, day) for first, last in spans if last >= day)


def day_of(year: int, told: tuple[int, int]) -> date:
    """A day of a rule in that year: 29 February is the 28th where there is none."""
    month, day = told
    return date(year, month, min(day, 28) if month == 2 else day)


def check(told: Any) -> bool:
    """Is this a value for `cor.provinces`: known names, real days, known grounds and kinds of evidence?"""
    return all(isinstance(one, dict) and _fits(one) for one in told.values())


def _fits(told: dict[str, Any]) -> bool:
    try:
        windows = [date(2024, *day) for window in told.get("windows", ()) for day in window]
        whole = all(len(window) == 2 for window in told.get("windows", ())) and sorted(windows) == windows
        evidence = told.get("evidence", {})
        kinds = {kind for needed in evidence.values() for kind in needed} | set(told.get("originals", ()))
        known = set(evidence) <= set(grounds.BY_CODE) and kinds <= set(grounds.KINDS)
    except (TypeError, ValueError, AttributeError):
        return False
    flags = all(
        isinstance(told.get(name, False), bool) for name in ("first_year", "last_semester", "not_together", "top_up_not")
    )
    named = set(told) <= set(Rules.__dataclass_fields__) and told.get("decider", "school") in ("school", "province")
    return whole and known and flags and named
