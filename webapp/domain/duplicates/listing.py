"""The queue as the desk shows it: which cases wait, how long, what the machine noticed, and who has them.

Not here: taking and deciding a case (`review.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN, Expression, fn

from webapp.domain import clock
from webapp.domain.duplicates import review
from webapp.domain.permissions import Actor
from webapp.models import keyset
from webapp.models.accounts import Account
from webapp.models.duplicates import Claim, Decision, Party, Submission
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import College
from webapp.models.staff import Staff

AT_THE_DESK = ("waiting", "in_review", "second", "in_second", "alleged")
FILTERS = ("all", "mine", "overdue", "second", "alleged")


@dataclass(slots=True)
class Line:
    """One case of the list: the claimants' names, their college, how often something was handed in, since when it waits."""

    claim: Claim
    names: list[str]
    college: str
    sent: int
    since: datetime | None

    @property
    def overdue(self) -> bool:
        return self.claim.due is not None and self.claim.due < clock.now()


def queue(actor: Actor, chosen: str, place: Place = FIRST) -> Page:
    """Cases at the desk within the actor's reach, due first; the page's rows are `Line`s."""
    query = Claim.select(Claim, Staff).join(Staff, JOIN.LEFT_OUTER, on=Claim.holder).where(_chosen(actor, chosen))
    page = keyset.cut(query, (Claim.due, Claim.id), place)
    return Page(_lines(page.rows), page.before, page.after)


def _chosen(actor: Actor, chosen: str) -> Expression:
    here = review.reach(actor)
    match chosen:
        case "mine":
            return here & Claim.state.in_(("in_review", "in_second")) & (Staff.key == actor.key)
        case "overdue":
            return here & Claim.state.in_(AT_THE_DESK) & (Claim.due < clock.now())
        case "second":
            return here & Claim.state.in_(("second", "in_second"))
        case "alleged":
            return here & (Claim.state == "alleged")
    return here & Claim.state.in_(AT_THE_DESK)


def _lines(claims: list[Claim]) -> list[Line]:
    ids = [claim.id for claim in claims]
    lines = {claim.id: Line(claim, [], "", 0, None) for claim in claims}
    people = Party.select(Party.claim, Account.name).join(Account).where(Party.claim.in_(ids) & Party.left.is_null())
    for claim, name in people.order_by(Party.id).tuples():
        lines[claim].names.append(name)
    sent = (
        Submission.select(Party.claim, fn.COUNT(Submission.id), fn.MAX(Submission.sent))
        .join(Party)
        .where(Party.claim.in_(ids) & Submission.sent.is_null(False))
        .group_by(Party.claim)
    )
    for claim, many, newest in sent.tuples():
        lines[claim].sent, lines[claim].since = many, newest
    _colleges(lines)
    return list(lines.values())


def _colleges(lines: dict[int, Line]) -> None:
    by_identity = {line.claim.identity_index: line for line in lines.values()}
    query = Record.select(Record.identity_index, College.name).join(College)
    for identity, college in query.where(Record.identity_index.in_(list(by_identity))).tuples():
        by_identity[identity].college = college


def today(actor: Actor) -> int:
    """How many cases the reviewer decided today."""
    start, _ = clock.day_bounds(clock.today())
    mine = Decision.select().join(Staff).where((Staff.key == actor.key) & (Decision.at >= start) & Decision.undone.is_null())
    return mine.count()


def waited(actor: Actor) -> int | None:
    """The middle of the waiting times of what was decided today, in minutes; None where nothing was."""
    start, _ = clock.day_bounds(clock.today())
    decided = (Submission.decided >= start) & Submission.sent.is_null(False)
    rows = list(Submission.select(Submission.party, Submission.sent, Submission.decided).where(decided).limit(1000).tuples())
    near = Party.select(Party.id).join(Claim).where(Party.id.in_([party for party, *_ in rows]) & review.reach(actor))
    here = {number for (number,) in near.tuples()}
    waits = sorted(int((done - sent).total_seconds() // 60) for party, sent, done in rows if party in here)
    return waits[len(waits) // 2] if waits else None


def after(actor: Actor, claim: Claim) -> Line | None:
    """The next case that somebody could take: what the last line of a case announces."""
    query = Claim.select().where(review.waiting(actor) & (Claim.id != claim.id)).order_by(Claim.due, Claim.id).limit(1)
    return next(iter(_lines(list(query))), None)
