"""The demo's 学历注册: the class that left last summer is published but for one, the next one is on its list.

Not here: photos of those who stay longer (`graduates.py`), and who has looked at theirs (`photo_checks.py`).
"""

from datetime import date

from webapp.cli.demo import graduates
from webapp.cli.demo.school import PROGRAMMES, Group
from webapp.domain import clock, sessions
from webapp.domain.graduation import checking, preparing, publishing, registering, years
from webapp.domain.graduation.lifecycle import GRADUATION
from webapp.domain.permissions import SYSTEM, Actor
from webapp.models.graduation import Graduate, Graduation
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Staff
from webapp.providers.files import Files

GONE, LEAVING = 8, 12
"""Students of the two classes."""

UNSEEN, WAITING = (3, 8), (1, 5)
"""Places in the class that leaves next whose photo is missing, or not confirmed."""

LATE = GONE - 1
"""Place in the class that left of who was photographed later than the others, and graduates once the photo is confirmed."""

PRESIDENT = "沈知远"


def make_groups(unit: Unit, year: int) -> list[Group]:
    """A class of each, of a programme of three years; terms began last in `year`."""
    programme = PROGRAMMES[0]
    college = College.get((College.unit == unit) & (College.name == programme.college))
    groups = []
    for came, size in ((year - programme.years, GONE), (year + 1 - programme.years, LEAVING)):
        klass = Class.create(unit=unit, college=college, name=f"{programme.short} {came % 100:02d}01 班")
        groups.append(Group(klass, programme, came, 1, size))
    return groups


def make(unit: Unit, files: Files, groups: list[Group], officer: Staff) -> None:
    """Photos, lists, registration and publication, through the verbs; nothing in a demo that is too small for it."""
    if not groups:
        return
    actor, (gone, leaving) = sessions.staff_actor(officer), groups
    Record.update(status="A1").where(Record.klass.in_([gone.klass, leaving.klass])).execute()
    for group, missing, waiting in ((gone, (), (LATE,)), (leaving, UNSEEN, WAITING)):
        for place, record in enumerate(_records(group)):
            if place not in missing:
                graduates.photograph(record, place, "pass", files, state="waiting" if place in waiting else "right")
    _publish(_list(actor, unit, gone), actor)
    for ids in checking.portions(_list(actor, unit, leaving), "waiting"):
        checking.check(ids)


def late(groups: list[Group]) -> Record | None:
    """Who is still to graduate of the class that left; nobody in a demo that is too small for it."""
    return _records(groups[0])[LATE] if groups else None


def _records(group: Group) -> list[Record]:
    return list(Record.select().where(Record.klass == group.klass).order_by(Record.id))


def _list(actor: Actor, unit: Unit, group: Group) -> Graduation:
    """The year in which a class leaves, with its students."""
    year = group.year + group.programme.years
    told = years.Told(date(year, 6, 30), PRESIDENT, years.usual_day(year))
    graduation = years.begin(actor, unit, year, told)
    preparing.add(actor, graduation, preparing.Choice(klass=group.klass.key))
    return graduation


def _publish(graduation: Graduation, actor: Actor) -> None:
    ids = [one.id for one in Graduate.select().where(Graduate.graduation == graduation)]
    count = registering.register(actor, graduation, ids)
    graduation = publishing.ask(actor, graduation, str(count))
    graduation = GRADUATION.move(graduation, "agree", SYSTEM, agreed=clock.now(), agreed_by=actor.name)
    publishing.publish(graduation, ids)
    publishing.finish(graduation)
