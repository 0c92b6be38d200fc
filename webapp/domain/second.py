"""The second of two people: a colleague, or the administrator (O) where a unit has one reviewer alone.

Not here: what needs two people (`in_person.py`, `duplicates/`). An administrator is the second and never the first.
"""

from collections import defaultdict

from webapp.domain import clock
from webapp.domain.permissions import ROLES, Actor, Can
from webapp.models import scope
from webapp.models.staff import Grant, Staff

NEEDED = 2


def grants(actor: Actor) -> tuple[Grant, ...]:
    """Where the actor may be the second: where they review, and where they stand in."""
    return (*actor.where(Can.REVIEW), *stands_in(actor))


def stands_in(actor: Actor) -> tuple[Grant, ...]:
    """An administrator's grants, cut to the units in which fewer than two review; nothing for anybody else."""
    mine = tuple(grant for grant in actor.where(Can.SECOND) if Can.REVIEW not in ROLES[grant.role])
    if not mine:
        return ()
    found = reviewers()
    short = (unit for unit in scope.units(mine) if len(found[unit] | found[None]) < NEEDED)
    return tuple(Grant(role="O", unit=unit) for unit in short)


def reviewers() -> defaultdict[int | None, set[int]]:
    """Who reviews now, by unit; under None those who do in the whole instance."""
    at = clock.now()
    live = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & (Staff.state == "active")
    roles = [role for role, abilities in ROLES.items() if Can.REVIEW in abilities]
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    for unit, staff in Grant.select(Grant.unit, Grant.staff).join(Staff).where(live & Grant.role.in_(roles)).tuples():
        found[unit].add(staff)
    return found
