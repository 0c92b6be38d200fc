"""What the demo's students have done so far: a campaign four days old, with every state that a board can show.

Accounts are laid down in bulk; what students and the office say to each other goes through the verbs, with its history.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from peewee import chunked

from webapp.cli.demo import people
from webapp.cli.demo.people import pick
from webapp.cli.demo.students import AT_ONCE, fill
from webapp.domain import accounts, clock, handling, no_record, permissions, reported, sessions
from webapp.domain.accounts import Identity
from webapp.models import bulk
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Unit
from webapp.models.staff import Staff

PRESENT = (88, 96, 74, 91, 62, 83, 45)
"""Per cent of a class who have an account already, class by class."""

FATES = ("unseen",) * 8 + ("seen",) * 14 + ("confirmed",) * 72 + ("reported",) * 3 + ("fixed", "kept", "stuck")
"""What has come of those with an account, of a hundred."""

SPARED = 0.9
"""Of the phones that made-up people have, how much the demo takes at most."""


def fates(unit: Unit, factor: float) -> dict[str, list[Record]]:
    """Who of the campaign's records has come how far; who has no account is in none of the lists.

    Of the first class the first is registered and has not looked, the second has done nothing: the two to try.
    """
    found = defaultdict(list)
    fresh = Record.select().join(Check).where((Record.unit == unit) & (Record.exempt == "")).order_by(Record.id)
    classes: dict[int, int] = {}
    for place, record in enumerate(fresh):
        share = PRESENT[classes.setdefault(record.klass_id, len(classes)) % len(PRESENT)] * factor
        fate = pick(record.id, 8, FATES) if pick(record.id, 9, range(100)) < share else ""
        fate = ("unseen", "")[place] if place < 2 else fate
        if fate:
            found[fate].append(record)
    return found


def tell(unit: Unit, found: dict[str, list[Record]], password_hash: str, phones: Iterator[int], officer: Staff) -> None:
    """Make accounts, bind records, move the checks on, and let reports and notes be written and answered."""
    _register(found, password_hash, phones)
    _bind(found)
    at = clock.now()
    looked: dict[int, list[int]] = defaultdict(list)
    for fate, records in found.items():
        for record in records if fate not in ("unseen", "stuck") else ():
            looked[_hours_ago(record) - 1].append(record.id)
    for hours, some in looked.items():
        seen = at - timedelta(hours=hours)
        Record.update(opened=seen).where(Record.id.in_(some)).execute()
        Check.update(state="seen", seen=seen).where(Check.record.in_(some)).execute()
        Check.update(state="confirmed", confirmed=seen).where(
            Check.record.in_(some) & Check.record.in_([record.id for record in found["confirmed"]])
        ).execute()
    _report(found, officer)
    for record in found["stuck"]:
        account = Account.get(Account.identity_index == record.identity_index)
        no_record.tell(account, unit.name, record.student_number, "学校的名单里我的名字好像少了一个字")


def _register(found: dict[str, list[Record]], password_hash: str, phones: Iterator[int]) -> None:
    at = clock.now()

    def begun_accounts() -> Iterator[Account]:
        for fate, records in found.items():
            for record in records:
                name = record.name if fate != "stuck" else f"{record.name[0]}小{record.name[1:]}"
                identity = Identity(name, record.document_kind, record.country, record.document)
                account = accounts.new(identity, people.phone(next(phones)), password_hash)
                begun = at - timedelta(hours=_hours_ago(record))
                account.phone_proved = account.password_changed = account.created = begun
                account.school_proved = account.records_seen = begun
                yield account

    fill(Account, begun_accounts())


def _hours_ago(record: Record) -> int:
    """When the holder registered; the look at the record came an hour later."""
    return 2 + pick(record.id, 10, range(80))


def _bind(found: dict[str, list[Record]]) -> None:
    """The rule of `records.bind`, for everybody at once: those who are stuck typed another name."""
    at = str(clock.now())
    accounts = {identity: number for number, identity in Account.select(Account.id, Account.identity_index).tuples()}
    same = [record for fate, records in found.items() if fate != "stuck" for record in records]
    rows = [(accounts[record.identity_index], at, "auto", record.id) for record in same]
    bulk.update(Record, ("account_id", "bound", "bound_how"), rows)


def _report(found: dict[str, list[Record]], officer: Staff) -> None:
    """信息有误: told by students; the office has begun with some, and answered others."""
    office = sessions.staff_actor(officer)
    for check in _checks(found, ("reported", "fixed", "kept")):
        account = check.record.account
        wrong = {"major": "软件技术"} if check.record.id % 2 else {"ethnic": "回族"}
        reported.report(check, account, permissions.student(account.key), wrong, "录取通知书上写的不一样", ())
    for check in list(_checks(found, ("reported",)))[::3]:
        handling.take(reported.open_report(check.record), office, officer)
    for outcome, answer in (("fixed", "已按录取名册更正"), ("kept", "与录取名册核对一致，没有改动")):
        for check in _checks(found, (outcome,)):
            reported.answer(reported.open_report(check.record), office, officer, outcome, answer)


def _checks(found: dict[str, list[Record]], wanted: Iterable[str]) -> Iterator[Check]:
    ids = [record.id for fate in wanted for record in found[fate]]
    for some in chunked(ids, AT_ONCE):
        query = Check.select(Check, Record, Account, Campaign).join(Record).join(Account)
        yield from query.switch(Check).join(Campaign).where(Check.record.in_(some)).order_by(Check.id)
