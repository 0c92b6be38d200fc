"""Lists of requests for those who decide: what waits for them, what is late, what is over, what was not taken (R-COR-06).

Every list is one query for its page and one for its counts. Not here: deciding (`deciding.py`).
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from peewee import JOIN, Case, Expression, fn

from webapp.domain import clock
from webapp.domain.corrections.deciding import reach
from webapp.domain.corrections.lifecycle import DESKS
from webapp.domain.corrections.moving import OVER
from webapp.domain.permissions import Actor
from webapp.models import keyset, scope
from webapp.models.corrections import Correction, CorrectionDeadline, CorrectionStep
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import College, Unit
from webapp.models.staff import Staff

SHOWN = ("mine", "away", "over", "fraud")
"""等你处理 · 在别处 · 已办结 · 不予受理."""


def mine(actor: Actor) -> Expression:
    """Requests on the actor's own desks."""
    desks = [(Correction.state == state) & scope.corrections(actor.where(ability)) for state, ability in DESKS.items()]
    return reduce(or_, desks)


def _which(actor: Actor, shown: str) -> Expression:
    away = Correction.state.in_((*DESKS, "returned"))
    return {
        "mine": mine(actor),
        "away": reach(actor) & away & ~mine(actor),
        "over": reach(actor) & Correction.state.in_(OVER),
        "fraud": reach(actor) & (Correction.state == "rejected"),
    }[shown]


def page(actor: Actor, shown: str, place: Place = FIRST, only: Sequence[Expression] = ()) -> Page:
    """A page of requests, `only` narrowing their records: those that are on their way by the day until which they are due,
    those that are over newest first."""
    query = (
        Correction.select(Correction, Record, Unit, College, Staff)
        .join(Record)
        .switch(Correction)
        .join(Unit)
        .switch(Correction)
        .join(College, JOIN.LEFT_OUTER)
        .switch(Correction)
        .join(Staff, JOIN.LEFT_OUTER, on=Correction.holder)
        .where(_which(actor, shown), *only)
    )
    if shown in ("mine", "away"):
        return keyset.cut(query, (Correction.due, Correction.id), place)
    return keyset.cut(query, (Correction.since, Correction.id), place, newest=True)


def counts(actor: Actor) -> dict[str, int]:
    """How many each list holds, and how many of the own are late: one query."""
    own, late = mine(actor), mine(actor) & (Correction.due < clock.now())
    away = Correction.state.in_((*DESKS, "returned")) & ~mine(actor)
    sums = [fn.SUM(Case(None, [(one, 1)], 0)) for one in (own, late, away, Correction.state == "rejected")]
    found = Correction.select(*sums).where(reach(actor)).tuples().get()
    return dict(zip(("mine", "late", "away", "fraud"), (number or 0 for number in found), strict=True))


def steps(correction: Correction) -> list[CorrectionStep]:
    """The way of a request with who made each step, oldest first: one query."""
    query = CorrectionStep.select(CorrectionStep, Staff).join(Staff, JOIN.LEFT_OUTER)
    return list(query.where(CorrectionStep.correction == correction).order_by(CorrectionStep.id))


def deadline(unit: Unit) -> CorrectionDeadline | None:
    return CorrectionDeadline.get_or_none(CorrectionDeadline.unit == unit)
