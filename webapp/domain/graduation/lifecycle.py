"""The moves of a graduate (待注册 → 已注册 → 已公布 → 已勘误) and of a year on its way to 公布, with their guards (spec 7.17).

Not here: the verbs that make them (`registering.py`, `publishing.py`), and the checks (`checking.py`).
"""

from webapp.domain import clock
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import ROLES, SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.staff import Grant, Staff


def within(row: Graduate | Graduation, actor: Actor) -> None:
    """The school is one of those whose students the actor registers."""
    if actor is not SYSTEM and row.unit_id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")


def passes(graduate: Graduate, actor: Actor) -> None:
    """The last check found nothing against it (R-SCH-13)."""
    if graduate.checked is None or GraduateFault.select().where(GraduateFault.graduate == graduate).exists():
        raise Refused("graduate_fails")


def not_agreed(graduate: Graduate, actor: Actor) -> None:
    """Nobody has asked for the year's publication yet, or it was withdrawn."""
    if graduate.graduation.state in ("asked", "agreed"):
        raise Refused("graduation_asked")


def agreed(graduate: Graduate, actor: Actor) -> None:
    """Two people agreed to publish the year."""
    if graduate.graduation.state != "agreed":
        raise Refused("moved_on", state=graduate.graduation.state)


def has_somebody(graduation: Graduation, actor: Actor) -> None:
    """There is somebody registered who is not published yet."""
    if not registered(graduation):
        raise Refused("graduation_nobody")


def rests(graduation: Graduation, actor: Actor) -> None:
    """No pass over its graduates is running."""
    if graduation.working:
        raise Refused("graduation_working")


def by_another(graduation: Graduation, actor: Actor) -> None:
    """Two officers, where the school has two; one alone proves by typing how many it concerns."""
    if graduation.asked_by == actor.name and officers(graduation) > 1:
        raise Refused("graduation_second")


def registered(graduation: Graduation) -> int:
    """How many are registered and not published."""
    return Graduate.select().where((Graduate.graduation == graduation) & (Graduate.state == "registered")).count()


def officers(graduation: Graduation) -> int:
    """How many of the school's staff register students now."""
    at = clock.now()
    able = [role for role, abilities in ROLES.items() if Can.ENROL in abilities]
    now = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & Grant.role.in_(able)
    there = Grant.select(Grant.staff).where(now & (Grant.unit == graduation.unit_id))
    return Staff.select().where(Staff.id.in_(there) & (Staff.state == "active")).count()


GRADUATE = Lifecycle(
    Graduate,
    #    name        from           to            who may    guards
    Move("register", ("waiting",), "registered", Can.ENROL, (within, passes)),
    Move("take_back", ("registered",), "waiting", Can.ENROL, (within, not_agreed)),
    Move("publish", ("registered",), "published", Can.ENROL, (within, agreed, passes)),
    Move("correct", ("published", "corrected"), "corrected", Can.CORRECT_PROVINCE),
)

GRADUATION = Lifecycle(
    Graduation,
    #    name        from                   to           who may    guards
    Move("ask", ("open", "published"), "asked", Can.ENROL, (within, rests, has_somebody)),
    Move("agree", ("asked",), "agreed", Can.ENROL, (within, rests, by_another)),
    Move("withdraw", ("asked", "agreed"), "open", Can.ENROL, (within, rests)),
    Move("publish", ("agreed",), "published", Can.ENROL, (within,)),
)
"""A year that was published may be asked for again: whoever was registered since is published too (补注册)."""
