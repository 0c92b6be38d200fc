"""学院汇总: what students found wrong with data or photo, handed on by the college to the records office (R-IMG-08).

Not here: what the office makes of it (`deciding.py`).
"""

from collections.abc import Sequence

from peewee import JOIN, Expression, fn

from webapp.domain import clock
from webapp.domain.permissions import Actor, Can
from webapp.domain.photos.lifecycle import PHOTO
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Class
from webapp.models.staff import Grant

STATES = ("wrong", "collected")
"""To be handed on, and handed on already."""

AT_ONCE = 500
"""Photos handed on in one go; more take another press."""


def page(grants: Sequence[Grant], state: str, place: Place = FIRST) -> Page:
    """Photos that were called wrong, by when they came in, with record and class."""
    query = GraduationPhoto.select(GraduationPhoto, Record, Class).join(Record).join(Class, JOIN.LEFT_OUTER, on=Record.klass)
    return keyset.cut(query.where(waiting(grants, state)), (GraduationPhoto.imported, GraduationPhoto.id), place)


def counts(grants: Sequence[Grant]) -> dict[str, int]:
    """How many there are in each of STATES."""
    query = GraduationPhoto.select(GraduationPhoto.state, fn.COUNT(GraduationPhoto.id)).group_by(GraduationPhoto.state)
    found = dict(query.where(_here(grants) & GraduationPhoto.state.in_(STATES)).tuples())
    return {state: found.get(state, 0) for state in STATES}


def waiting(grants: Sequence[Grant], state: str = "wrong") -> Expression:
    """Photos in that state whose records are in reach, as a condition."""
    return _here(grants) & (GraduationPhoto.state == state)


def collect(actor: Actor) -> int:
    """汇总上报: hand everything on that waits in reach. Returns how many; pressed by two at once, each goes once.

    Raises Refused: photo_none_wrong where nothing waits, not_allowed.
    """
    actor.require(Can.COLLECT)
    mine = waiting(actor.where(Can.COLLECT))
    with transaction():
        photos = list(GraduationPhoto.select().where(mine).order_by(GraduationPhoto.id).limit(AT_ONCE))
        if not photos:
            raise Refused("photo_none_wrong")
        for photo in photos:
            PHOTO.move(photo, "collect", actor, forwarded=clock.now())
    return len(photos)


def _here(grants: Sequence[Grant]) -> Expression:
    mine = Record.select(Record.id).where(scope.records(grants))
    return GraduationPhoto.current & GraduationPhoto.record.in_(mine)
