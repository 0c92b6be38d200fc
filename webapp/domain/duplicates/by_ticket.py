"""人工客服: support hands in, for somebody whose question holds it all, what a case needs; others decide it (R-DUP-27).

Not here: deciding (`review.py`), and copying the question's pictures, which the door does before it calls `file`.
"""

from collections.abc import Iterable, Mapping

from webapp.domain import clock, defaults, deliveries, journal, login, messages
from webapp.domain.duplicates import cases, sending
from webapp.domain.duplicates.lifecycle import SUBMISSION
from webapp.domain.login import Visit
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.tickets.lifecycle import OPEN
from webapp.models import scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Filing, Party, Photo, Submission
from webapp.models.photos import Upload
from webapp.models.staff import Staff
from webapp.models.tickets import Ticket

HELD_UP = ("holding_front", "holding_page")
"""手持证件照: one of these is among the pictures."""

SCREENSHOT = "screenshot"
"""问题页面截图: the use of a picture that stays with the question."""


def claimant(ticket: Ticket, typed: str, actor: Actor) -> Account:
    """Whose the case is: who asked logged in, else the account of a 用户名, typed now or given with the question.

    It is within the actor's reach and its identity is in doubt. Raises claimant_unknown, claimant_settled.
    """
    found = ticket.account if ticket.account_id else _named(typed or ticket.username or "")
    if found is None or not deliveries.reached(found, scope.units(actor.where(Can.SUPPORT))):
        raise Refused("claimant_unknown", field="username")
    if found.state != "duplicate":
        raise Refused("claimant_settled", field="username")
    return found


def _named(username: str) -> Account | None:
    """By a document number: the one account in doubt that bears it, for the number leads everybody else to its holder."""
    kind, _, indexes = login.read_name(username)
    if kind != "document":
        return login.whom(username, Visit("", "", "")).account
    doubtful = list(Account.select().where(Account.identity_index.in_(indexes) & (Account.state == "duplicate")).limit(2))
    return doubtful[0] if len(doubtful) == 1 else None


def look_over(ticket: Ticket, account: Account, uses: Iterable[str], warned: bool, actor: Actor) -> None:
    """Refuse what cannot be handed in, before a picture is copied; `uses` are slots and SCREENSHOT, one a picture.

    Raises ticket_held, ticket_over, case_slot, case_twice, case_holding, case_screenshot, case_unwarned, claim_waiting,
    moved_on.
    """
    uses = [use for use in uses if use]
    slots = [use for use in uses if use != SCREENSHOT]
    if ticket.holder_id is None or ticket.holder.key != actor.key:
        raise Refused("ticket_held")
    if ticket.state not in OPEN:
        raise Refused("ticket_over")
    if set(slots) - set(sending.slots_for(account)):
        raise Refused("case_slot")
    if len(set(slots)) < len(slots):
        raise Refused("case_twice")
    if not set(slots) & set(HELD_UP):
        raise Refused("case_holding")
    if SCREENSHOT not in uses:
        raise Refused("case_screenshot")
    if not warned:
        raise Refused("case_unwarned", field="warned")
    party = cases.of(account)
    if party is not None:
        sending.may_send(party)


def file(ticket: Ticket, account: Account, copies: Mapping[str, Upload], actor: Actor) -> Submission:
    """Hand it in: the machine looks at the copies (slot → sealed file), then the case waits like every other.

    It counts as a try, and is taken though none is left, as the other ways are. Raises claim_waiting, moved_on.
    """
    at = clock.now()
    with transaction():
        party = cases.open_or_join(account, actor)
        party.claim.locked()
        sending.may_send(party)
        if party.warned is None:
            party.warned = at
            party.save()
            journal.record("claim.accept", actor.name, party.claim)
        submission = Submission.create(party=party, way="ticket", begun=at)
        for slot, upload in copies.items():
            Photo.create(submission=submission, slot=slot, upload=upload)
        Upload.update(expires=None).where(Upload.id.in_([upload.id for upload in copies.values()])).execute()
        Filing.create(submission=submission, ticket=ticket, staff=Staff.by_key(actor.key))
        filed = SUBMISSION.move(submission, "file", actor, sent=at, detail={"ticket": ticket.key})
        messages.tell(account, "claim_filed", link="/duplicate/status", days=defaults.value("dup.sla_workdays"))
    return filed


def of_ticket(ticket: Ticket) -> list[Submission]:
    """What was handed in out of a question, newest first, each with its case (`submission.party.claim`)."""
    query = Filing.select(Filing, Submission, Party, Claim).join(Submission).join(Party).join(Claim)
    return [one.submission for one in query.where(Filing.ticket == ticket).order_by(Filing.id.desc())]


def of_case(claim: Claim) -> list[Ticket]:
    """The questions out of which something was handed in for a case, newest first."""
    query = Filing.select(Filing, Ticket).join(Ticket).switch(Filing).join(Submission).join(Party)
    found = {one.ticket_id: one.ticket for one in query.where(Party.claim == claim).order_by(Filing.id.desc())}
    return list(found.values())
