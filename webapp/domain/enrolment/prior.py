"""前置学历: the 专科 that a 专升本 student graduated in before, seen as soon as both records are the holder's (R-BND-18).

Not here: what a graduate of a 专升本 needs to be registered (`graduation/checking.py`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from webapp.domain import clock, journal
from webapp.domain.identity import tables
from webapp.domain.permissions import SYSTEM
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.staff import Grant

JUNIOR = tuple(level.code for level in tables.LEVELS if level.certificate == "06")
"""专科: the levels of 前置学历."""

HERE = ("N0", *(status.code for status in tables.STATUSES if status.in_school))
"""States in which the question is still open: 待注册, and those of who is in school."""


def look(account: Account) -> None:
    """A record was bound to the account: see whether an enrolment of it has its 专科 now. In the transaction of the binding."""
    open_ones = (Record.account == account) & _asks() & Record.prior_seen.is_null()
    if not (enrolments := list(Record.select().where(open_ones))):
        return
    juniors = _juniors([account.id])[account.id]
    for record in enrolments:
        if any(_leads(one, record) for one in juniors):
            record.prior_seen = clock.now()
            record.save()
            journal.record("record.prior", SYSTEM.name, record)


def _asks():
    return (Record.kind == "enrolment") & (Record.level == "top_up")


def _leads(junior: Record, enrolment: Record) -> bool:
    """Graduated, and before the 专升本 began."""
    began = enrolment.enrolled_on or date.max
    return junior.conclusion == "graduated" and (junior.graduated_on or date.max) <= began


def _juniors(accounts: Sequence[int]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = {number: [] for number in accounts}
    there = (Record.kind == "qualification") & Record.level.in_(JUNIOR) & Record.account.in_(list(accounts))
    for one in Record.select().where(there):
        found[one.account_id].append(one)
    return found


def unchecked(grants: Iterable[Grant], place: Place = FIRST) -> Page:
    """「前置学历未核验」: 专升本 students in school without it, by pinyin."""
    return keyset.cut(Record.select().where(_unchecked(grants)), (Record.name_sort, Record.id), place)


def count(grants: Iterable[Grant]) -> int:
    return Record.select().where(_unchecked(grants)).count()


def _unchecked(grants: Iterable[Grant]):
    return scope.records(grants) & _asks() & Record.prior_seen.is_null() & Record.status.in_(HERE)


def why(records: Sequence[Record]) -> dict[int, str]:
    """By record: unbound (no account yet), missing (no 专科 among the holder's), mismatch (one that does not fit)."""
    juniors = _juniors([one.account_id for one in records if one.account_id is not None])
    return {one.id: _why(juniors.get(one.account_id)) for one in records}


def _why(juniors: list[Record] | None) -> str:
    if juniors is None:
        return "unbound"
    return "mismatch" if juniors else "missing"
