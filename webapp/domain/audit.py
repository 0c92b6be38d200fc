"""Reading the history: by who did it, to what, what was done, and when; newest first (R-SYS-02).

Not here: writing it and proving it whole (`journal.py`). Nothing of a record is shown, only names of rows.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.domain import clock
from webapp.models.accounts import Account
from webapp.models.base import KeyedRow
from webapp.models.checks import Check, NoRecord, Report
from webapp.models.imports import Batch
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.models.staff import Grant, Staff

PAGE = 50

LAST = 2**63 - 1
"""The greatest number that a row can have; an address may name a greater one."""

RAISED = "review.pace"
"""What the machine writes for the auditor alone."""

NAMED = (Account, Record, Check, Report, NoRecord, Batch, Campaign, Staff, Grant)
"""Tables whose rows a bare key may mean."""

_key = re.compile(r"[A-Za-z0-9_-]{22}").fullmatch


@dataclass(frozen=True, slots=True)
class Question:
    """What an auditor asks: `who` did it (a login, a key, system), to `what` (a login, a student number, a key), `action`,
    and the days in China between which it happened, both included. What is empty does not restrict."""

    who: str = ""
    what: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


def find(question: Question, before: int | None = None) -> list[Event]:
    """One page of history, at most `PAGE` lines and one more if there are older ones; `before` is the page's last seq."""
    query = Event.select()
    if question.who:
        query = query.where(Event.actor.in_(_actors(question.who)))
    if question.what:
        query = query.where(Event.object.in_(_objects(question.what)))
    if question.action:
        query = query.where(Event.action == question.action)
    if question.since:
        query = query.where(Event.at >= clock.day_bounds(question.since)[0])
    if question.until:
        query = query.where(Event.at < clock.day_bounds(question.until)[1])
    if before is not None:
        query = query.where(Event.seq < min(max(before, 0), LAST))
    return list(query.order_by(Event.seq.desc()).limit(PAGE + 1))


def raised() -> int:
    """How many lines of the last seven days only the machine wrote because somebody should look (SECURITY T23)."""
    return Event.select().where((Event.action == RAISED) & (Event.at >= clock.now() - timedelta(days=7))).count()


def logins(events: list[Event]) -> dict[str, str]:
    """The logins behind the staff that these lines name, as {"staff:<key>": login}."""
    named = {name for event in events for name in (event.actor, event.object) if name.startswith("staff:")}
    found = Staff.select(Staff.key, Staff.login).where(Staff.key.in_([name.partition(":")[2] for name in named]))
    return {f"staff:{staff.key}": staff.login for staff in found} if named else {}


def _actors(typed: str) -> list[str]:
    typed = typed.strip()
    if _key(typed):
        return [f"staff:{typed}", f"student:{typed}"]
    return [typed, *_staff(typed)]


def _objects(typed: str) -> list[str]:
    typed = typed.strip()
    if _key(typed):
        return [_name(model, typed) for model in NAMED]
    records = list(Record.select(Record.key, Record.account).where(Record.student_number == typed).limit(20))
    accounts = Account.select(Account.key).where(Account.id.in_([one.account_id for one in records if one.account_id]))
    found = [_name(Record, one.key) for one in records] + [_name(Account, one.key) for one in accounts]
    return [typed, *_staff(typed), *found]


def _staff(login: str) -> list[str]:
    found = Staff.get_or_none(Staff.login == login.casefold())
    return [f"staff:{found.key}"] if found else []


def _name(model: type[KeyedRow], key: str) -> str:
    return f"{model._meta.table_name}:{key}"
