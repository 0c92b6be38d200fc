"""受理截止: the last day on which a school takes requests, stated by its records office (R-COR-14).

Not here: refusing who comes later (`blocking.py`).
"""

from datetime import date

from webapp.domain import clock, journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.corrections import CorrectionDeadline
from webapp.models.school import Unit
from webapp.models.staff import Staff

CONSEQUENCE = 200
"""Characters of what follows for who comes later."""


def units(actor: Actor) -> list[Unit]:
    """The schools whose last day the actor states."""
    return scope.schools(actor.where(Can.CORRECT_SCHOOL))


def state(actor: Actor, unit: Unit, ends: date | None, consequence: str) -> None:
    """State the last day with what follows for who comes later; without a day requests are taken all year.

    Raises not_allowed, deadline_consequence, deadline_long (most).
    """
    if unit not in units(actor):
        raise Refused("not_allowed")
    if ends is not None and not consequence:
        raise Refused("deadline_consequence", field="consequence")
    if len(consequence) > CONSEQUENCE:
        raise Refused("deadline_long", field="consequence", most=CONSEQUENCE)
    with transaction():
        CorrectionDeadline.delete().where(CorrectionDeadline.unit == unit).execute()
        if ends is not None:
            staff = Staff.by_key(actor.key)
            CorrectionDeadline.create(unit=unit, ends=ends, consequence=consequence, staff=staff, told=clock.now())
        journal.record("correction.deadline", actor.name, unit, ends=ends.isoformat() if ends else "")
