"""学校曾用名: every name by which a person may mean a school, today's and former ones (R-SCH-30).

Not here: which records somebody has at it.
"""

from collections.abc import Iterable
from datetime import date

from webapp.domain import journal
from webapp.domain.identity import names
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.enrolment import SchoolName
from webapp.models.school import Unit

LONGEST = 60
HOW = ("renamed", "merged")
"""更名, 并入: was it this school's own name, or that of one that went into it?"""


def named(text: str) -> list[Unit]:
    """The schools that a person means: by a Chinese or English name, now or formerly; spaces and brackets aside."""
    wanted = names.folded(text)
    if not wanted:
        return []
    units = {unit.id: unit for unit in Unit.select()}
    found = {unit.id for unit in units.values() if wanted in _folded((unit.name, unit.english))}
    rows = SchoolName.select(SchoolName.unit, SchoolName.name, SchoolName.english).tuples()
    found |= {unit for unit, *said in rows if wanted in _folded(said)}
    return [units[number] for number in sorted(found)]


def means(text: str, units: Iterable[Unit]) -> bool:
    """Does the text name one of these schools?"""
    wanted = {unit.id for unit in units}
    return any(unit.id in wanted for unit in named(text))


def all_names(unit: Unit) -> tuple[str, ...]:
    """Every name that a roster of the school may give it."""
    former = SchoolName.select(SchoolName.name, SchoolName.english).where(SchoolName.unit == unit).tuples()
    return tuple(filter(None, (unit.name, unit.english, *(name for row in former for name in row))))


def former(units: Iterable[Unit]) -> list[SchoolName]:
    """Former names of schools, the latest first."""
    query = SchoolName.select(SchoolName, Unit).join(Unit).where(SchoolName.unit.in_([unit.id for unit in units]))
    return list(query.order_by(SchoolName.unit, SchoolName.until.desc(), SchoolName.id))


def called(code: str, day: date | None) -> str:
    """What the school of a 院校代码 was called on a day, where that is not today's name; "" else."""
    if day is None:
        return ""
    rows = SchoolName.select().join(Unit).where((Unit.code == code) & (SchoolName.how == "renamed"))
    return next((row.name for row in rows.order_by(SchoolName.until) if _held(row, day)), "")


def add(actor: Actor, unit: Unit, name: str, english: str, since: date | None, until: date | None, how: str) -> SchoolName:
    """Raises Refused: school_name_missing, school_name_long (most), school_name_order, school_name_twice, not_allowed."""
    _mine(actor, unit.id)
    if not name:
        raise Refused("school_name_missing", field="name")
    if len(name) > LONGEST or len(english) > 2 * LONGEST:
        raise Refused("school_name_long", field="name", most=LONGEST)
    if since and until and until < since:
        raise Refused("school_name_order", field="until")
    with transaction():
        if names.folded(name) in _folded(all_names(unit.locked())):
            raise Refused("school_name_twice", field="name")
        row = SchoolName.create(
            unit=unit, name=name, english=english, since=since, until=until, how=how if how in HOW else "renamed"
        )
        journal.record("school_name.add", actor.name, row)
    return row


def drop(actor: Actor, row: SchoolName) -> None:
    _mine(actor, row.unit_id)
    with transaction():
        journal.record("school_name.drop", actor.name, row)
        row.delete_instance()


def find(actor: Actor, key: str) -> SchoolName | None:
    there = SchoolName.unit.in_(scope.units(actor.where(Can.ENROL)))
    return SchoolName.select().where(there & (SchoolName.key == key)).first()


def _mine(actor: Actor, unit: int) -> None:
    if unit not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")


def _held(row: SchoolName, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is not None and day <= row.until)


def _folded(said: Iterable[str]) -> set[str]:
    return {names.folded(name) for name in said if name}
