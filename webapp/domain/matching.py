"""Which records carry a holder's name and number: as they are, as they were and it was proved, or but for a character.

Not here: binding them (`records.py`), and what a change of the record does to it (`enrolment/binding.py`).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from peewee import JOIN, Expression

from webapp.domain import clock
from webapp.domain.identity import documents, names
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.changes import Earlier, Former
from webapp.models.records import Record

PROVED = ("manual", "former")
"""How a record was bound whose number or name need not be the account's: 手工绑定, 以曾用信息绑定."""


class Match(NamedTuple):
    """A record with the account that has it, if any. `how`: auto, or former where an earlier name or number was needed."""

    record: Record
    how: str


def of(account: Account, *also: Expression) -> list[Match]:
    """Records under a number that is or was the holder's, by a name that is or was theirs (R-BND-02, R-BND-10, R-BND-21)."""
    numbers = (
        (Record.identity_index == account.identity_index)
        | Record.identity_index.in_(Former.select(Former.identity_index).where(Former.account == account))
        | Record.identity_index.in_(Earlier.select(Earlier.value).where(_earlier(account, "number")))
    )
    query = Record.select(Record, Account).join(Account, JOIN.LEFT_OUTER)
    there = list(query.where(numbers, *also))
    called = {account.name_compare} | ({*_names(account)} if any(not _fits(account, one) for one in there) else set())
    return [Match(one, how) for one in there if (how := _how(account, one, called))]


def _how(account: Account, record: Record, called: Iterable[str]) -> str:
    if _fits(account, record):
        return "auto" if record.identity_index == account.identity_index else "former"
    return "former" if record.name_compare in called else ""


def _fits(account: Account, record: Record) -> bool:
    return record.name_compare == account.name_compare or lacks(record.name, account.name)


def lacks(registered: str, name: str) -> bool:
    """姓名待补字: does the school's spelling of the name want nothing but a character that could not be typed (R-BND-21)?"""
    return names.stands_for(registered, name)


def _names(account: Account) -> list[str]:
    return [value for (value,) in Earlier.select(Earlier.value).where(_earlier(account, "name")).tuples()]


def _earlier(account: Account, kind: str) -> Expression:
    return (Earlier.account == account) & (Earlier.kind == kind)


def remember(account: Account, kind: str, value: str) -> None:
    """A name (in any spelling) or an identity index that was proved to be the holder's earlier one."""
    value = names.compare(value) if kind == "name" else value
    Earlier.insert(account=account, kind=kind, value=value[:100], at=clock.now()).on_conflict_ignore().execute()


def learn(record: Record, corrected: Mapping[str, tuple[object, object]]) -> None:
    """A correction of name or document was approved: other records may still carry what this one said until then."""
    if record.account is None:
        return
    if "name" in corrected:
        remember(record.account, "name", str(corrected["name"][0]))
    if "document" in corrected and corrected["document"][0]:
        kind, country = (str(corrected.get(field, (getattr(record, field),))[0]) for field in ("document_kind", "country"))
        try:
            canonical = documents.canonical(kind, str(corrected["document"][0]), country)
        except Refused:  # what stood there was no number
            return
        remember(record.account, "number", keys.blind("identity", canonical))
