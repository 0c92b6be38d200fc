"""What waits at the desk of the records office around enrolments, each counted in one query.

Not here: the lists themselves.
"""

from collections.abc import Sequence
from typing import NamedTuple

from peewee import fn

from webapp.domain.enrolment import prior, registering, years
from webapp.models import scope
from webapp.models.enrolment import Admission, Alteration, Approval, YearRegistration
from webapp.models.records import Record
from webapp.models.staff import Grant


class Desk(NamedTuple):
    """How many: 待注册, to be registered for the year and registered, alterations to come, flagged, sent up, differing, and
    前置学历未核验."""

    new: int
    year: int
    due: int
    done: int
    moves: int
    flagged: int
    sent: int
    differing: int
    prior: int


def of(grants: Sequence[Grant]) -> Desk:
    units, year = scope.units(grants), years.this_year()
    here = Record.unit.in_(units) & scope.records(grants)
    registered = YearRegistration.select(YearRegistration.record).where(
        YearRegistration.unit.in_(units) & (YearRegistration.year == year) & YearRegistration.current
    )
    wanted = Record.select().where(here & years.due(grants, year))
    asked = dict(
        Approval.select(Approval.state, fn.COUNT(Approval.id))
        .where(Approval.unit.in_(units) & Approval.state.in_(("flagged", "waiting")))
        .group_by(Approval.state)
        .tuples()
    )
    open_ones = (Admission.differs != "") & Admission.explained.is_null() & Admission.record.is_null(False)
    return Desk(
        new=registering.count(grants, registering.Choice(status="")),
        year=year,
        due=wanted.count(),
        done=wanted.where(Record.id.in_(registered)).count(),
        moves=Alteration.select().where(Alteration.unit.in_(units) & (Alteration.state == "waiting")).count(),
        flagged=asked.get("flagged", 0),
        sent=asked.get("waiting", 0),
        differing=Admission.select().where(Admission.unit.in_(units) & open_ones).count(),
        prior=prior.count(grants),
    )
