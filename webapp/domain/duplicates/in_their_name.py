"""冒用: what an impostor's account did in somebody's name, and when; what of it counts no more (R-DUP-28).

Not here: finding the impostor out (`review.py`, `effect.py`), nor anything about that person: no device, phone, network.
"""

import json
from datetime import datetime
from typing import NamedTuple

from webapp.domain import checks, messages
from webapp.domain.certification import inheriting
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.reports import issuing
from webapp.models.accounts import OWNING, Account, Login
from webapp.models.checks import Check
from webapp.models.duplicates import Archive, Claim
from webapp.models.journal import Event
from webapp.models.records import View

DEEDS = (
    "account.register",
    "account.pass_gate",
    "account.confirm_identity",
    "account.show_document",
    "account.password",
    "account.questions",
    "account.phone",
    "account.email",
    "account.identity",
    "account.close",
    "account.keep",
    "amendment.ask",
    "claim.join",
    "claim.know_record",
    "claim.prove_record_phone",
    "claim.deny",
    "claim.object",
    "submission.submit",
    "vouch.ask",
    "vouch.answer",
    "meeting.begin",
    "record.bind",
    "check.confirm",
    "check.report",
    "no_record.tell",
    "online_report.issue",
    "online_report.extend",
    "online_report.send",
    "report_order.ask",
    "application.submit",
    "application.file",
    "application.bill",
    "transfer.ask",
    "transcript.begin",
    "ticket.ask",
    "ticket.follow",
)
"""What the holder is told of, as the history names it; beside it LOOKED and ENTERED, of which it holds nothing."""

LOOKED, ENTERED = "record.look", "account.enter"

MOST = 200
"""Lines that are shown, the newest."""

STEPS = ("check.see", "check.confirm", "check.report")


class Deed(NamedTuple):
    """One line: when (naive UTC), and what as a code."""

    at: datetime
    what: str


def tell(claim: Claim, holder: Account) -> None:
    """The case ended as 冒用: confirmations made in the holder's name fall back, reports issued in it are closed,
    applications made in it are held, and the holder is told where to read on.

    Inside the transaction that put the impostor's account away.
    """
    false = impostors(claim, holder)
    if false:
        confirm_again(false, "impostor")
        for account in false:
            issuing.stop(account)
            inheriting.hold(_applications(claim, account), holder)
        messages.tell(holder, "name_used", link=f"/duplicate/used/{claim.key}", case=claim.key)


def _applications(claim: Claim, account: Account) -> list[str]:
    """Keys of the applications that went to the holder with this account."""
    archive = Archive.get((Archive.claim == claim) & (Archive.account == account))
    return json.loads(archive.moved).get("applications", [])


def find(holder: Account, key: str) -> Claim | None:
    """The case with that key, where it found that somebody had used this holder's name."""
    claim = Claim.by_key(key)
    if claim is None or claim.identity_index != holder.identity_index or holder.state not in OWNING:
        return None
    return claim if impostors(claim, holder) else None


def impostors(claim: Claim, holder: Account) -> list[Account]:
    """The accounts that the case put away as an impostor's."""
    found = Archive.select(Archive, Account).join(Account, on=Archive.account)
    false = (Archive.claim == claim) & (Archive.why == "impostor") & Archive.restored.is_null()
    return [one.account for one in found.where(false & (Archive.account != holder))]


def deeds(claim: Claim, holder: Account) -> list[Deed]:
    """Everything that was done from those accounts, newest first."""
    false = impostors(claim, holder)
    names = _names(false)
    acted = (
        Event.select(Event.at, Event.action).where(Event.actor.in_(names) & Event.action.in_(DEEDS)).order_by(Event.seq.desc())
    )
    entered = Login.select(Login.at).where(Login.account.in_(false) & (Login.result == "in")).order_by(Login.at.desc())
    looked = View.select(View.at).where(View.actor.in_(names) & (View.what == "record")).order_by(View.at.desc())
    lines = [Deed(*line) for line in acted.limit(MOST).tuples()]
    lines += [Deed(at, ENTERED) for (at,) in entered.limit(MOST).tuples()]
    lines += [Deed(at, LOOKED) for (at,) in looked.limit(MOST).tuples()]
    return sorted(lines, key=lambda deed: deed.at, reverse=True)[:MOST]


def _names(some: list[Account]) -> list[str]:
    return [student(one.key).name for one in some]


def confirm_again(some: list[Account], why: str) -> None:
    """Checks in which the last step was one of these accounts' have to be made again by the holder."""
    names = _names(some)
    touched = Event.select(Event.object).where(Event.actor.in_(names) & Event.action.in_(STEPS)).distinct()
    for (named,) in list(touched.tuples()):
        check = Check.by_key(named.partition(":")[2])
        last = Event.select().where((Event.object == named) & Event.action.in_(STEPS)).order_by(Event.seq.desc()).first()
        if check is not None and last.actor in names and check.state in checks.CHECK.moves["again"].leaves:
            checks.again(check, why, SYSTEM)
