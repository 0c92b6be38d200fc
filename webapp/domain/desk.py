"""What waits for a member of staff: queues with their oldest item, imports on their way, how far each campaign is.

Not here: the queues themselves (`inbox.py`, `imports/listing.py`), nor the board (`progress.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import Case, Expression, fn

from webapp.domain import progress
from webapp.domain.permissions import Actor, Can
from webapp.models import scope
from webapp.models.base import KeyedRow
from webapp.models.checks import Check, NoRecord, Report
from webapp.models.duplicates import Claim
from webapp.models.imports import Batch
from webapp.models.school import Campaign
from webapp.models.tickets import Ticket

ON_THE_WAY = ("uploaded", "mapping", "reading", "preview", "applying", "undoing")
"""States of an import that somebody or something still has to finish."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and since when the oldest does."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign that is not closed: `due` students to check (免查 do not count), `done` who did what is asked of them."""

    key: str
    title: str
    ends: date | None
    due: int
    done: int

    @property
    def percent(self) -> int:
        """Whole percents, rounded down: 100 only when everybody is done."""
        return self.done * 100 // self.due if self.due else 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the home page; None stands for what is not this person's work."""

    reports: Queue | None
    no_records: Queue | None
    imports: Queue | None
    tickets: Queue | None
    claims: Queue | None
    campaigns: list[Progress] | None


def of(actor: Actor) -> Desk:
    """The desk of an actor, each number counted within the grants that carry its ability (R-SCH-01, R-SYS-09)."""
    answers, imports, follows = (actor.where(one) for one in (Can.ANSWER, Can.IMPORT, Can.PROGRESS))
    support = actor.where(Can.SUPPORT)
    return Desk(
        reports=_queue(Report, (Report.state == "open") & scope.reports(answers)) if answers else None,
        no_records=_queue(NoRecord, (NoRecord.state == "open") & scope.no_records(answers)) if answers else None,
        imports=_queue(Batch, Batch.state.in_(ON_THE_WAY) & scope.batches(imports)) if imports else None,
        tickets=_queue(Ticket, (Ticket.state == "waiting") & scope.tickets(support)) if support else None,
        claims=_claims(actor) if actor.may(Can.REVIEW) else None,
        campaigns=_campaigns(scope.campaigns(follows), scope.checks(follows)) if follows else None,
    )


def _queue(model: type[KeyedRow], condition: Expression) -> Queue:
    return Queue(*model.select(fn.COUNT(model.id), fn.MIN(model.created)).where(condition).tuples().get())


def _claims(actor: Actor) -> Queue:
    """Cases at the desk; the oldest is the one that is due first, and waits since it was opened."""
    here = Claim.state.in_(("waiting", "in_review", "second", "in_second")) & scope.claims(actor.where(Can.REVIEW))
    return Queue(*Claim.select(fn.COUNT(Claim.id), fn.MIN(Claim.opened)).where(here).tuples().get())


def _campaigns(here: Expression, mine: Expression) -> list[Progress]:
    due = fn.SUM(Case(None, [(Check.state == "exempt", 0)], 1))
    done = fn.SUM(Case(None, [(Check.state.in_(("exempt", *progress.unready())), 0)], 1))
    query = (
        Campaign.select(Campaign.key, Campaign.title, Campaign.ends, due, done)
        .join(Check, on=(Check.campaign == Campaign.id))
        .where(here & ~Campaign.closed & mine)
        .group_by(Campaign.id, Campaign.key, Campaign.title, Campaign.ends)
        .order_by(Campaign.ends, Campaign.id)
    )
    return [Progress(key, title, ends, int(due), int(done)) for key, title, ends, due, done in query.tuples()]
