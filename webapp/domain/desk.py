"""What waits for a member of staff: queues with their oldest item, what is due today and what is in one's own hands.

Not here: the queues' own pages, nor the board (`progress.py`). Each queue is one line of `QUEUES`, and one of the words
beside its page (`web/staff/queues.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from peewee import Case, Expression, Field, fn

from webapp.domain import clock, progress
from webapp.domain.certification import checking
from webapp.domain.certification import desk as certification
from webapp.domain.corrections import listing as requests
from webapp.domain.liveness import desk as holders
from webapp.domain.permissions import Actor, Can
from webapp.domain.photos import gathering
from webapp.domain.reports import english
from webapp.domain.transfers import confirming
from webapp.models import scope
from webapp.models.certification import ApplicationItem
from webapp.models.checking import Checking
from webapp.models.checks import WAITING, Check, NoRecord, Report
from webapp.models.corrections import Correction
from webapp.models.duplicates import Claim
from webapp.models.enrolment import Approval
from webapp.models.graduation import Graduate
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.liveness import PersonCheck
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Campaign
from webapp.models.staff import Staff
from webapp.models.tickets import Ticket
from webapp.models.transfers import Transcript

ON_THE_WAY = ("uploaded", "mapping", "reading", "preview", "applying", "undoing")
"""States of an import that somebody or something still has to finish."""

DOUBTED = ("failing", "doubtful", "wrong", "collected")
"""States of a 学历照片 about which the school has to say something."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: who does it, which rows wait for an actor, since when, and, where it is kept, due by when and in
    whose hands."""

    name: str
    ability: Can
    waits: Callable[[Actor], Expression]
    since: Field
    due: Field | None = None
    holder: Field | None = None


def _reports(actor: Actor) -> Expression:
    """A college's are those that it has not handed on, the office's all that nobody answered."""
    answers = Report.state.in_(WAITING) & scope.reports(actor.where(Can.ANSWER))
    return answers | ((Report.state == "open") & scope.reports(actor.where(Can.FORWARD)))


def _graduates(actor: Actor) -> Expression:
    return (Graduate.state == "waiting") & Graduate.unit.in_(scope.units(actor.where(Can.ENROL)))


def _no_records(actor: Actor) -> Expression:
    return (NoRecord.state == "open") & scope.no_records(actor.where(Can.ANSWER))


def _photos(actor: Actor) -> Expression:
    mine = Record.select(Record.id).where(scope.records(actor.where(Can.PHOTOS)))
    return GraduationPhoto.current & GraduationPhoto.state.in_(DOUBTED) & GraduationPhoto.record.in_(mine)


def _photo_errors(actor: Actor) -> Expression:
    return gathering.waiting(actor.where(Can.COLLECT))


def _claims(actor: Actor) -> Expression:
    here = Claim.state.in_(("waiting", "in_review", "second", "in_second"))
    return here & scope.claims(actor.where(Can.REVIEW))


def _tickets(actor: Actor) -> Expression:
    return (Ticket.state == "waiting") & scope.tickets(actor.where(Can.SUPPORT))


def _imports(actor: Actor) -> Expression:
    return Batch.state.in_(ON_THE_WAY) & scope.batches(actor.where(Can.IMPORT))


def _approvals(actor: Actor) -> Expression:
    return (Approval.state == "waiting") & Approval.unit.in_(scope.units(actor.where(Can.DECIDE)))


def _translations(actor: Actor) -> Expression:
    return english.pending(scope.units(actor.where(Can.ENROL)))


QUEUES = (
    Kind("reports", Can.REPORTS, _reports, Report.created, Report.due),
    Kind("corrections", Can.CORRECTIONS, requests.mine, Correction.since, Correction.due, Correction.holder),
    Kind(
        "certification",
        Can.CERTIFY,
        certification.waiting,
        ApplicationItem.since,
        ApplicationItem.due,
        ApplicationItem.holder,
    ),
    Kind("checkings", Can.VOUCH_FOR, checking.waiting, Checking.asked, Checking.due),
    Kind("photos", Can.PHOTOS, _photos, GraduationPhoto.imported),
    Kind("photo_errors", Can.COLLECT, _photo_errors, GraduationPhoto.finished),
    Kind("graduates", Can.ENROL, _graduates, Graduate.created),
    Kind("translations", Can.ENROL, _translations, OnlineReport.issued, OnlineReport.due),
    Kind("no_records", Can.ANSWER, _no_records, NoRecord.created),
    Kind("claims", Can.REVIEW, _claims, Claim.opened, Claim.due, Claim.holder),
    Kind("person_checks", Can.PERSONS, holders.waiting, PersonCheck.sent, PersonCheck.due, PersonCheck.holder),
    Kind("tickets", Can.SUPPORT, _tickets, Ticket.created, Ticket.due, Ticket.holder),
    Kind("transcripts", Can.TRANSCRIPTS, confirming.waiting, Transcript.submitted),
    Kind("imports", Can.IMPORT, _imports, Batch.created),
    Kind("approvals", Can.DECIDE, _approvals, Approval.asked),
)
"""All that may wait at a desk, in the order in which the home shows it."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, since when the oldest does, how many are due today and how many were due before, how many are mine."""

    name: str
    waiting: int
    oldest: datetime | None
    today: int
    late: int
    mine: int


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
    """Everything on the home page: the queues that are this person's work, and the campaigns; None for who follows none."""

    queues: list[Queue]
    campaigns: list[Progress] | None

    @property
    def waiting(self) -> list[Queue]:
        return [queue for queue in self.queues if queue.waiting]


def of(actor: Actor) -> Desk:
    """The desk of an actor, each number counted within the grants that carry its ability (R-SCH-01, R-SYS-09)."""
    follows = actor.where(Can.PROGRESS)
    return Desk(
        queues=[_queue(kind, actor) for kind in QUEUES if actor.may(kind.ability)],
        campaigns=_campaigns(scope.campaigns(follows), scope.checks(follows)) if follows else None,
    )


def _queue(kind: Kind, actor: Actor) -> Queue:
    morning, night = clock.day_bounds(clock.today())
    due, late = (_many(kind.due is not None and kind.due < moment) for moment in (night, morning))
    mine = _many(kind.holder is not None and kind.holder == Staff.select(Staff.id).where(Staff.key == actor.key))
    model = kind.since.model
    query = model.select(fn.COUNT(model.id), fn.MIN(kind.since), due, late, mine)
    waiting, oldest, due, late, mine = query.where(kind.waits(actor)).tuples().get()
    return Queue(kind.name, waiting, oldest, (due or 0) - (late or 0), late or 0, mine or 0)


def _many(condition: Expression | bool) -> Expression:
    """How many of the rows meet the condition; none where the queue knows no such thing."""
    return fn.SUM(Case(None, [(condition, 1)], 0)) if condition is not False else fn.SUM(0)


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
