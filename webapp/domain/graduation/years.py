"""毕业届: opening a year, what most of its certificates say, and how far it is.

Not here: who is on its list (`preparing.py`), and its publication (`publishing.py`).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from peewee import fn

from webapp.domain import clock, journal
from webapp.domain.graduation import lifecycle
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.school import Unit
from webapp.models.staff import Grant

PRESIDENT = 40
"""Characters of 校（院）长姓名."""

MONTH, DAY = 7, 1
"""1 July: when qualifications are published as a rule (spec 5.2)."""


class Told(NamedTuple):
    """What an officer says of a year: 毕业日期 and 校长 of most certificates, and the day of 公布."""

    day: date
    president: str
    publish_on: date


class Counts(NamedTuple):
    """How many are in each state, and how many fail each check, in the order of `faults.CODES`."""

    states: dict[str, int]
    faults: dict[str, int]

    @property
    def all(self) -> int:
        return sum(self.states.values())


def begin(actor: Actor, unit: Unit, year: int, told: Told) -> Graduation:
    """Open a year. Raises Refused: graduation_year, graduation_exists, graduation_day, publish_day, president_missing,
    president_long (most), not_allowed.
    """
    if unit.id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")
    if not clock.today().year - 1 <= year <= clock.today().year + 1:
        raise Refused("graduation_year", field="year")
    _check(year, told)
    with transaction():
        if Graduation.select().where((Graduation.unit == unit.locked()) & (Graduation.year == year)).exists():
            raise Refused("graduation_exists", field="year")
        row = Graduation.create(unit=unit, year=year, created=clock.now(), **told._asdict())
        journal.record("graduation.begin", actor.name, row, year=year)
    return row


def arrange(actor: Actor, graduation: Graduation, told: Told) -> Graduation:
    """Change what most certificates say, for those too who wait with what was said before.

    Raises Refused: as `begin`, and graduation_asked once its publication was asked for.
    """
    lifecycle.within(graduation, actor)
    _check(graduation.year, told)
    with transaction():
        graduation = graduation.locked()
        if graduation.state in ("asked", "agreed"):
            raise Refused("graduation_asked")
        waiting = (Graduate.graduation == graduation) & (Graduate.state == "waiting")
        for field in ("day", "president"):
            column, before = getattr(Graduate, field), getattr(graduation, field)
            Graduate.update({column: getattr(told, field)}).where(waiting & (column == before)).execute()
        graduation.day, graduation.president, graduation.publish_on = told
        graduation.save()
        journal.record("graduation.arrange", actor.name, graduation)
    return graduation


def usual_day(year: int) -> date:
    """When a year's qualifications are published unless the school says otherwise."""
    return date(year, MONTH, DAY)


def listed(grants: Sequence[Grant]) -> list[tuple[Graduation, dict[str, int]]]:
    """The schools' years, the newest first, each with its counts by state: two queries."""
    there = Graduation.unit.in_(scope.units(grants))
    rows = list(Graduation.select(Graduation, Unit).join(Unit).where(there).order_by(Graduation.year.desc(), Unit.code))
    found: dict[int, dict[str, int]] = {row.id: {} for row in rows}
    counted = Graduate.select(Graduate.graduation, Graduate.state, fn.COUNT(Graduate.id))
    for number, state, many in (
        counted.where(Graduate.graduation.in_(list(found))).group_by(Graduate.graduation, Graduate.state).tuples()
    ):
        found[number][state] = many
    return [(row, found[row.id]) for row in rows]


def find(grants: Sequence[Grant], key: str) -> Graduation | None:
    there = Graduation.unit.in_(scope.units(grants)) & (Graduation.key == key)
    return Graduation.select(Graduation, Unit).join(Unit).where(there).first()


def counts(graduation: Graduation) -> Counts:
    """Two queries over one index each, however many graduates there are."""
    here = Graduate.graduation == graduation
    states = Graduate.select(Graduate.state, fn.COUNT(Graduate.id)).where(here).group_by(Graduate.state)
    faults = GraduateFault.select(GraduateFault.code, fn.COUNT(GraduateFault.id))
    faults = faults.where(GraduateFault.graduation == graduation).group_by(GraduateFault.code)
    return Counts(dict(states.tuples()), dict(faults.tuples()))


def _check(year: int, told: Told) -> None:
    if told.day.year != year:
        raise Refused("graduation_day", field="day")
    if told.publish_on < told.day:
        raise Refused("publish_day", field="publish_on")
    if not told.president:
        raise Refused("president_missing", field="president")
    if len(told.president) > PRESIDENT:
        raise Refused("president_long", field="president", most=PRESIDENT)
