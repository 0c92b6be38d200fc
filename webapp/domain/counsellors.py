"""辅导员 and their classes: who has which class from when, given by hand (R-SCH-17).

Not here: a whole term's assignments out of a sheet (`counsellor_sheets.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import Expression

from webapp.domain import clock, users
from webapp.domain.permissions import ALONE, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Role
from webapp.models import keyset, scope
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant, Staff

ROLE = "C"


@dataclass(frozen=True, slots=True)
class Assigned:
    """A class with who has it, from now or later; without anybody its students are nobody's to remind."""

    klass: Class
    grants: list[Grant]


def classes(grants: Sequence[Grant], bare: bool = False, place: Place = FIRST) -> Page:
    """The classes in reach by name, with their counsellors; `bare` leaves only those that have none."""
    query = Class.select(Class, College).join(College).where(scope.classes(grants))
    if bare:
        query = query.where(Class.id.not_in(Grant.select(Grant.klass).where(holds())))
    page = keyset.cut(query, (Class.name, Class.id), place)
    held: dict[int, list[Grant]] = {}
    those = Grant.select(Grant, Staff).join(Staff).where(holds() & Grant.klass.in_([klass.id for klass in page.rows]))
    for grant in those.order_by(Grant.starts, Grant.id):
        held.setdefault(grant.klass_id, []).append(grant)
    return page._replace(rows=[Assigned(klass, held.get(klass.id, [])) for klass in page.rows])


def people(actor: Actor, unit: Unit) -> list[Staff]:
    """Colleagues of the school who may be given a class: who is not closed, and neither administrator nor auditor."""
    held = Grant.select(Grant.staff).where((Grant.unit == unit) & Grant.role.not_in(ALONE))
    mine = scope.staff(actor.where(Can.USERS)) & Staff.id.in_(held) & (Staff.state != "closed")
    return list(Staff.select().where(mine).order_by(Staff.name, Staff.login))


def assign(actor: Actor, klass: Class, person: Staff, starts: date, ends: date | None = None) -> Grant:
    """Give somebody a class. Raises Refused as `users.give`, and same_class where the person has it then already."""
    if any(grant.staff_id == person.id for grant in holders(klass)):
        raise Refused("same_class", field="person")
    return users.give(actor, person, Role(ROLE, klass, starts, ends))


def holders(klass: Class) -> list[Grant]:
    """Who has a class, now or from a day to come."""
    return list(Grant.select(Grant, Staff).join(Staff).where(holds() & (Grant.klass == klass)).order_by(Grant.id))


def holds() -> Expression:
    """The role of a counsellor in a class, which has not ended."""
    over = Grant.ends.is_null() | (Grant.ends > clock.now())
    return (Grant.role == ROLE) & over & Grant.klass.is_null(False)
