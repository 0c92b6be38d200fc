"""Graduates of the made-up school: a year, a class whose photos were confirmed, and the passes over them."""

from datetime import date

from tests.desk import Desk
from webapp.domain import clock
from webapp.domain.graduation import passes, preparing, publishing, years
from webapp.domain.permissions import Actor
from webapp.domain.photos import importing
from webapp.models.graduation import Graduate, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

TOLD = years.Told(date(2027, 6, 20), "沈知远", date(2027, 7, 1))


def photographed(desk: Desk, record: Record, state: str = "right") -> GraduationPhoto:
    upload = desk.files.keep(b"a picture", importing.PURPOSE, state="clean", media="image/jpeg", unit=record.unit)
    return GraduationPhoto.create(record=record, upload=upload, state=state, imported=clock.now())


def begun(desk: Desk) -> Graduation:
    """The year 2027 with everybody of the school on its list; all but the last have a confirmed photo."""
    for record in desk.school.records[:-1]:
        photographed(desk, record)
    graduation = years.begin(desk.actor, desk.school.unit, 2027, TOLD)
    preparing.add(desk.actor, graduation, preparing.Choice())
    return graduation


def one_listed(actor: Actor, record: Record) -> dict[str, str]:
    """The school's year with this student on its list: the keys of both."""
    here = (Graduation.unit == record.unit) & (Graduation.year == TOLD.day.year)
    graduation = Graduation.get_or_none(here) or years.begin(actor, record.unit, TOLD.day.year, TOLD)
    made = {"graduation": graduation, "unit": record.unit, "record": record, "created": clock.now()}
    graduate = Graduate.create(**made, conclusion="graduated", day=TOLD.day, president=TOLD.president)
    return {"graduation": graduation.key, "graduate": graduate.key}


def run(desk: Desk, graduation: Graduation, what: str) -> Graduation:
    passes.begin(desk.actor, Graduation.by_key(graduation.key), what)
    desk.world.work()
    return Graduation.by_key(graduation.key)


def published(desk: Desk) -> Graduation:
    """Registered, agreed to by the one officer there is, and published on its day."""
    graduation = run(desk, begun(desk), "register")
    publishing.agree(desk.actor, publishing.ask(desk.actor, graduation, "11"))
    to_the_day(desk)
    return Graduation.by_key(graduation.key)


def to_the_day(desk: Desk) -> None:
    """Let the 1 July of the year come, and its publication run."""
    desk.world.wait(days=(TOLD.publish_on - clock.today()).days)
    publishing.due()
    desk.world.work()


def one_of(record: Record) -> Graduate:
    return Graduate.get(Graduate.record == record)
