"""What the office asks about 学历照片: the list by state, one photo, and what the photographer is to take again.

Each within the viewer's grants. Not here: decisions (`deciding.py`), the progress of checks by students.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peewee import JOIN, Expression, ModelSelect, fn

from webapp.domain.photos import standard
from webapp.domain.photos.lifecycle import PHOTO
from webapp.models import keyset, scope
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant

STATES = ("failing", "doubtful", "wrong", "collected", "returned", "waiting", "checking", "right", "locked")
"""In the order in which the list offers them: first what needs a person."""

FOR_A_PERSON = STATES[:5]
"""States that the list counts; the others grow with every year, and nobody has to do anything there."""

AGAIN = ("failing", "doubtful", "returned")
"""States that the list for the photographer holds."""


class Again(NamedTuple):
    """One student whose photo is to be looked at or taken again."""

    college: str
    klass: str
    name: str
    number: str
    state: str
    checks: standard.Standard
    likeness: int | None


def page(grants: Sequence[Grant], state: str, place: Place = FIRST, only: Sequence[Expression] = ()) -> Page:
    """Current photos in one state, newest first, with record, college and class; `only` narrows the records."""
    here = _in_reach(grants) & (GraduationPhoto.state == state)
    return keyset.cut(_joined().where(here, *only), (GraduationPhoto.imported, GraduationPhoto.id), place, newest=True)


def counts(grants: Sequence[Grant]) -> dict[str, int]:
    """How many current photos are in each state that waits for a person."""
    here = _in_reach(grants) & GraduationPhoto.state.in_(FOR_A_PERSON)
    query = GraduationPhoto.select(GraduationPhoto.state, fn.COUNT(GraduationPhoto.id)).join(Record).where(here)
    return dict(query.group_by(GraduationPhoto.state).tuples())


def one(grants: Sequence[Grant], key: str) -> GraduationPhoto | None:
    """A photo in reach, current or replaced, with what stands beside it."""
    query = _joined().select_extend(Unit).join_from(Record, Unit)
    return query.where(scope.records(grants) & (GraduationPhoto.key == key)).first()


def of(grants: Sequence[Grant], record: Record) -> list[GraduationPhoto]:
    """Every photo that a record was given, newest first."""
    query = GraduationPhoto.select(GraduationPhoto, Upload).join(Upload).switch(GraduationPhoto).join(Record)
    here = scope.records(grants) & (GraduationPhoto.record == record.id)
    return list(query.where(here).order_by(GraduationPhoto.imported.desc(), GraduationPhoto.id.desc()))


def again(grants: Sequence[Grant], unit: Unit) -> Iterator[Again]:
    """Who of a school has to come once more, by college, class and name, one at a time."""
    query = _joined().where(_in_reach(grants) & (Record.unit == unit) & GraduationPhoto.state.in_(AGAIN))
    for photo in query.order_by(College.name, Class.name, Record.name_sort, Record.id).iterator():
        record = photo.record
        yield Again(
            record.college.name if record.college else "",
            record.klass.name if record.klass else "",
            record.name,
            record.student_number or record.exam_number,
            photo.state,
            standard.read(photo.standard),
            photo.likeness,
        )


def admission(photo: GraduationPhoto) -> Upload | None:
    """The admission photo of the same record, where there is one to look at."""
    number = photo.record.photo_id
    return Upload.get_or_none((Upload.id == number) & (Upload.state == "clean")) if number else None


def closed(photo: GraduationPhoto) -> bool:
    """Whether the photo may not change any more, because the qualification is published (R-IMG-16)."""
    return photo.record.published is not None or photo.state == "locked"


def open_moves(photo: GraduationPhoto) -> set[str]:
    """Names of the moves that the photo's state allows now."""
    return {name for name, move in PHOTO.moves.items() if photo.current and photo.state in move.leaves}


def _joined() -> ModelSelect:
    query = GraduationPhoto.select(GraduationPhoto, Record, Upload, College, Class).join(Record)
    query = query.join_from(GraduationPhoto, Upload).join_from(Record, College, JOIN.LEFT_OUTER)
    return query.join_from(Record, Class, JOIN.LEFT_OUTER)


def _in_reach(grants: Sequence[Grant]) -> Expression:
    return scope.records(grants) & GraduationPhoto.current
