"""What a list of students is filtered by, remembered for each person and list (R-SCH-26), and as conditions on records.

Not here: finding a record by name or number in the long list itself (`lookup.py`).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from peewee import Expression, Field

from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Filter, Grant, Staff

LONGEST = 60
"""Characters that a remembered filter keeps."""

NOBODY = Record.id.in_([])


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is filtered by; "" does not restrict (R-SCH-26).

    `unit`, `college` and `klass` are keys, `year` the year of entry, `check` a state of the self-check, `photo` one of the
    photo of the qualification, `account` yes or no.
    """

    kind: str = "enrolment"
    text: str = ""
    year: str = ""
    college: str = ""
    klass: str = ""
    major: str = ""
    level: str = ""
    status: str = ""
    check: str = ""
    photo: str = ""
    account: str = ""
    unit: str = ""


def remembered(staff: Staff, page: str) -> Choice:
    """How this person last filtered a list."""
    kept = Filter.get_or_none((Filter.staff == staff) & (Filter.page == page))
    known = {field.name for field in fields(Choice)}
    return Choice(**{name: value for name, value in json.loads(kept.chosen).items() if name in known}) if kept else Choice()


def remember(staff: Staff, page: str, choice: Choice) -> None:
    chosen = {name: value[:LONGEST] for name, value in asdict(choice).items()}
    with transaction():
        (
            Filter.insert(staff=staff, page=page, chosen=json.dumps(chosen, ensure_ascii=False))
            .on_conflict(conflict_target=[Filter.staff, Filter.page], preserve=[Filter.chosen])
            .execute()
        )


def conditions(choice: Choice) -> list[Expression]:
    """The conditions on the record itself, a class apart; what else a list joins, it filters itself."""
    wanted = []
    if choice.year.isdecimal() and len(choice.year) == 4 and 1949 <= int(choice.year) <= 2100:
        wanted.append(Record.enrolled_on.between(date(int(choice.year), 1, 1), date(int(choice.year), 12, 31)))
    if choice.major:
        wanted.append(begins(Record.major, choice.major))
    if choice.college and not choice.klass:
        # Added to nothing: by the college's own index all its students would have to be sorted.
        college = College.get_or_none(College.key == choice.college)
        wanted.append((Record.college + 0) == college.id if college else NOBODY)
    wanted += [column == value for column, value in ((Record.level, choice.level), (Record.status, choice.status)) if value]
    return wanted


def within(grants: Sequence[Grant], choice: Choice) -> list[Expression]:
    """All that narrows a list which is joined to its records: the conditions, and the class if it is in reach."""
    wanted = conditions(choice)
    if choice.klass:
        klass = Class.get_or_none((Class.key == choice.klass) & scope.classes(grants))
        wanted.append(Record.klass == klass if klass else NOBODY)
    return wanted


def begins(column: Field, start: str) -> Expression:
    """The column begins with `start`, as a range that an index answers; nothing begins with nothing."""
    if not start:
        return NOBODY
    return (column >= start) & (column < start + "\U0010ffff")


def school(grants: Sequence[Grant], choice: Choice) -> int | None:
    """The school whose students are listed: the chosen one if in reach, else the first in reach."""
    mine = scope.units(grants)
    chosen = Unit.get_or_none((Unit.key == choice.unit) & Unit.id.in_(mine)) if choice.unit else None
    return chosen.id if chosen else next(iter(mine), None)


def schools(grants: Sequence[Grant]) -> list[Unit]:
    """Schools to choose from, within reach: mostly one."""
    return list(Unit.select().where(Unit.id.in_(scope.units(grants))).order_by(Unit.id))


def colleges(grants: Sequence[Grant], unit: int | None = None) -> list[College]:
    """Colleges to choose from within reach, of one school or of all."""
    query = College.select().where(scope.colleges(grants))
    if unit is not None:
        query = query.where(College.unit == unit)
    return list(query.order_by(College.unit, College.name))


def classes(grants: Sequence[Grant], college: str) -> list[Class]:
    """Classes of one college, within reach; for who reaches no whole college all the classes in reach."""
    query = Class.select(Class).join(College).where(scope.classes(grants))
    if any(grant.klass_id is None and not grant.department for grant in grants):
        if not college:
            return []
        query = query.where(College.key == college)
    return list(query.order_by(Class.name))
