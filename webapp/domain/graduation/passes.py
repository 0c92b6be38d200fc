"""A pass over everybody of a year, as a job with progress: check, register or publish.

Not here: what a pass does with each portion (`checking.py`, `registering.py`, `publishing.py`).
"""

from datetime import timedelta

from webapp.domain import clock, journal
from webapp.domain.graduation import lifecycle
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.graduation import Graduate, Graduation

OVER = {"check": "waiting", "register": "waiting", "publish": "registered"}
"""Pass → the state of those whom it goes over."""

DEAD = timedelta(minutes=30)
"""A pass that gave no sign of life for so long may be begun anew."""


def begin(actor: Actor, graduation: Graduation, what: str) -> Graduation:
    """Promise the pass. Raises Refused: graduation_working, graduation_asked, not_allowed."""
    actor.require(Can.ENROL)
    lifecycle.within(graduation, actor)
    with transaction():
        graduation = graduation.locked()
        if not is_free(graduation):
            raise Refused("graduation_working")
        if what == "register" and graduation.state in ("asked", "agreed"):
            raise Refused("graduation_asked")
        graduation.working = what
        start(graduation)
        journal.promise("graduation.run", graduation=graduation.key, staff=actor.key, what=what)
        journal.record(f"graduation.{what}_all", actor.name, graduation, count=graduation.total)
    return graduation


def start(graduation: Graduation) -> None:
    """Count who is to be gone over; a pass that was broken off counts who is left."""
    there = (Graduate.graduation == graduation) & (Graduate.state == OVER[graduation.working])
    graduation.done, graduation.total = 0, Graduate.select().where(there).count()
    graduation.touched = clock.now()
    graduation.save()


def is_free(graduation: Graduation) -> bool:
    """No pass runs, or the one that did is dead."""
    return not graduation.working or graduation.touched is None or graduation.touched < clock.now() - DEAD


def went_on(graduation: Graduation, done: int) -> None:
    """So many more are done."""
    Graduation.update(done=Graduation.done + done, touched=clock.now()).where(Graduation.id == graduation.id).execute()


def end(graduation: Graduation) -> Graduation:
    Graduation.update(working="", touched=clock.now()).where(Graduation.id == graduation.id).execute()
    return Graduation.get_by_id(graduation.id)
