"""A role to hand out: which one, where it holds and how long; and what an actor may hand out at all.

Not here: handing it out (`users.py`), and what a role may do (`permissions.py`).
"""

from dataclasses import dataclass
from datetime import date

from peewee import SQL, Query

from webapp.domain import clock
from webapp.domain.permissions import REACH, ROLES, Actor, Can
from webapp.models import scope
from webapp.models.certification import Agency
from webapp.models.organisations import Organisation
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import GUESTS, Grant

WIDE = ("province", "instance", "organisation", "agency")
"""Reaches that no single school has."""


ELSEWHERE = frozenset(GUESTS)
"""Roles that the page of users does not offer: the people of an organisation or an agency are invited on its own page."""


@dataclass(frozen=True, slots=True)
class Province:
    """省: where a P holds, by its code of GB/T 2260."""

    code: str


@dataclass(frozen=True, slots=True)
class Point:
    """教学点: a 系, 所 or 函授站 of a school, by the name that its students' records have."""

    unit: Unit
    name: str


Spot = Unit | College | Class | Point | Province | Organisation | Agency | None
"""Where a role may hold; None is the whole instance."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role to hand out: its code, where it holds (`place`), and when.

    `starts` and `ends` are days in China, both included; without `ends` it holds until somebody ends it.
    """

    code: str
    place: Spot
    starts: date
    ends: date | None = None

    @property
    def unit(self) -> int | None:
        if self.place is None or isinstance(self.place, Province | Organisation | Agency):
            return None
        if isinstance(self.place, Point):
            return self.place.unit.id
        return self.place.id if isinstance(self.place, Unit) else self.place.unit_id


@dataclass(frozen=True, slots=True)
class Offer:
    """What an actor may hand out in one unit: `roles`, and `places` by address: ``class:<key>``, ``all`` for everywhere.

    `units` are all that the actor keeps, `unit` the chosen one.
    """

    units: list[Unit]
    unit: Unit
    roles: list[str]
    places: dict[str, Spot]


def offer(actor: Actor, unit: str = "") -> Offer:
    """Roles and places that the actor may hand out in the unit with this key, else in the first of the own units."""
    units = list(Unit.select().where(Unit.id.in_(scope.units(actor.where(Can.USERS)))).order_by(Unit.id))
    chosen = next((one for one in units if one.key == unit), units[0])
    roles = [role for role in REACH if role not in ELSEWHERE and actor.gives(role, None if REACH[role] in WIDE else chosen.id)]
    kinds = {REACH[role] for role in roles}
    places: dict[str, Spot] = {}
    if actor.gives("O", None):
        places["all"] = None
    if "province" in kinds:
        places |= {f"province:{code}": Province(code) for code in sorted({one.province for one in units})}
    if "unit" in kinds:
        places[f"unit:{chosen.key}"] = chosen
    if "college" in kinds:
        found = College.select().where(College.unit == chosen).order_by(College.name)
        places |= {f"college:{one.key}": one for one in found}
    if "point" in kinds:
        found = Record.select(Record.department).where((Record.unit == chosen) & (Record.department != SQL("''"))).distinct()
        places |= {f"point:{name}": Point(chosen, name) for (name,) in found.order_by(Record.department).tuples()}
    if "class" in kinds:
        found = Class.select(Class, College).join(College).where(Class.unit == chosen).order_by(College.name, Class.name)
        places |= {f"class:{one.key}": one for one in found}
    return Offer(units, chosen, roles, places)


def live(ability: Can, college: College) -> Query:
    """Ids of the staff whose grant for this college, live now, carries the ability."""
    at = clock.now()
    able = [role for role, abilities in ROLES.items() if ability in abilities]
    now = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & Grant.role.in_(able)
    return Grant.select(Grant.staff).where(now & (Grant.college == college) & Grant.klass.is_null())
