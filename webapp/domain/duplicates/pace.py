"""审核节奏: cases decided faster than anybody can look raise one line a day and reviewer in the history (SECURITY T23).

It refuses nothing and shows nobody a clock; what the auditor makes of a line is not for the machine.
"""

from collections import defaultdict
from datetime import date
from statistics import median

from webapp.domain import clock, journal
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Decision
from webapp.models.journal import Event
from webapp.models.staff import Staff

DWELL = 10
"""Seconds between taking a case and deciding it, below which a decision counts as quick."""

MIDDLE, ENOUGH = 15, 5
"""Seconds that the middle one of a day's decisions should have taken, where there were ENOUGH of them."""

TAKEN = ("claim.take", "claim.take_over", "claim.take_second", "claim.take_second_over", "claim.undo")


def of(day: date) -> dict[str, list[int]]:
    """Seconds that each decision of that day in China took, by the key of who made it."""
    start, end = clock.day_bounds(day)
    rows = Decision.select(Decision.at, Claim.key, Staff.key).join(Claim).switch(Decision).join(Staff)
    decided = list(rows.where((Decision.at >= start) & (Decision.at < end)).order_by(Decision.id).tuples())
    taken = _taken({f"claim:{claim}" for _, claim, _ in decided})
    found = defaultdict(list)
    for at, claim, staff in decided:
        before = [moment for moment in taken[f"claim:{claim}", f"staff:{staff}"] if moment <= at]
        if before:
            found[staff].append(int((at - before[-1]).total_seconds()))
    return found


def _taken(claims: set[str]) -> dict[tuple[str, str], list]:
    """When each case came to whom, in the order in which it did."""
    found = defaultdict(list)
    events = Event.select(Event.object, Event.actor, Event.at).where(Event.object.in_(claims) & Event.action.in_(TAKEN))
    for claim, actor, at in events.order_by(Event.seq).tuples():
        found[claim, actor].append(at)
    return found


def note(day: date) -> None:
    """Raise the lines of a day that is over; a second time changes nothing."""
    for staff, took in of(day).items():
        quick, middle = sum(seconds < DWELL for seconds in took), int(median(took))
        if quick or (len(took) >= ENOUGH and middle < MIDDLE):
            _raise(f"staff:{staff}", day=day.isoformat(), decided=len(took), quick=quick, middle=middle)


def _raise(staff: str, **told: object) -> None:
    with transaction():
        said = Event.select(Event.detail).where((Event.object == staff) & (Event.action == "review.pace"))
        if journal.canonical(told) not in (detail for (detail,) in said.tuples()):
            journal.record("review.pace", SYSTEM.name, staff, **told)
