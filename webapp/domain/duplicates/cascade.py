"""What an archived account leaves, and to whom: one row for each kind of asset, each with its way back (spec 7.4).

Not here: when an account is archived (`effect.py`). A feature that gives accounts something new adds a row.
"""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from webapp.domain import sessions
from webapp.domain.certification import following, inheriting
from webapp.domain.changes import requests
from webapp.domain.corrections import sweeping
from webapp.models.accounts import Account, Device
from webapp.models.checks import NoRecord
from webapp.models.duplicates import Archive
from webapp.models.journal import Draft
from webapp.models.records import Record


class Asset(NamedTuple):
    """`give` moves or ends it and returns the keys of what was moved; `back` puts those rows back."""

    name: str
    give: Callable[[Account, Account | None], list[str]]
    back: Callable[[Account, list[str]], None]


def _end_sessions(account: Account, heir: Account | None) -> list[str]:
    sessions.end_all(account)
    Device.delete().where(Device.account == account).execute()
    Draft.delete().where(Draft.account == account.id).execute()
    return []


def _records_to_heir(account: Account, heir: Account | None) -> list[str]:
    mine = [key for (key,) in Record.select(Record.key).where(Record.account == account).tuples()]
    Record.update(account=heir, bound_how="moved" if heir else "").where(Record.key.in_(mine)).execute()
    return mine


def _records_back(account: Account, keys: list[str]) -> None:
    Record.update(account=account, bound_how="auto").where(Record.key.in_(keys)).execute()


def _notes_to_heir(account: Account, heir: Account | None) -> list[str]:
    open_ = (NoRecord.account == account) & (NoRecord.state == "open")
    mine = [key for (key,) in NoRecord.select(NoRecord.key).where(open_).tuples()]
    if heir is None or NoRecord.select().where((NoRecord.account == heir) & (NoRecord.state == "open")).exists():
        return []
    NoRecord.update(account=heir).where(NoRecord.key.in_(mine)).execute()
    return mine


def _notes_back(account: Account, keys: list[str]) -> None:
    NoRecord.update(account=account).where(NoRecord.key.in_(keys)).execute()


def _end_changes(account: Account, heir: Account | None) -> list[str]:
    for kind in requests.KINDS:
        if requests.pending(account, kind) is not None:
            requests.withdraw(account, kind)
    return []


def _end_corrections(account: Account, heir: Account | None) -> list[str]:
    """What an account asked for ends with it: its heir asks anew, as only the person can (R-COR-02)."""
    sweeping.end_all(account)
    return []


def _nothing(account: Account, keys: list[str]) -> None:
    """Sessions, changes and corrections do not come back: the holder logs in, and asks, again."""


ASSETS = (
    Asset("sessions", _end_sessions, _nothing),
    Asset("changes", _end_changes, _nothing),
    Asset("corrections", _end_corrections, _nothing),
    Asset("records", _records_to_heir, _records_back),
    Asset("no_records", _notes_to_heir, _notes_back),
    Asset("applications", inheriting.hand_on, inheriting.give_back),
)


LIVE = {
    "records": lambda account: Record.select().where(Record.account == account).exists(),
    "no_records": lambda account: NoRecord.select().where((NoRecord.account == account) & (NoRecord.state == "open")).exists(),
    "corrections": lambda account: bool(sweeping.open_of(account)),
    "applications": lambda account: bool(following.under_way(account)),
}
"""What an account may have under way, by kind of asset: named to a claimant before anything starts (R-DUP-03)."""


def under_way(accounts: Iterable[Account]) -> list[str]:
    """Kinds of assets of which one of the accounts has something; nothing else is told of it."""
    accounts = list(accounts)
    return [name for name, has in LIVE.items() if any(has(account) for account in accounts)]


def give(archive: Archive) -> None:
    """Hand everything on, and remember in the archive's row what went."""
    moved = {asset.name: asset.give(archive.account, archive.heir) for asset in ASSETS}
    archive.moved = json.dumps({name: keys for name, keys in moved.items() if keys})
    archive.save()


def take_back(archive: Archive) -> None:
    """Put back what the archive's row remembers."""
    moved = json.loads(archive.moved)
    for asset in ASSETS:
        asset.back(archive.account, moved.get(asset.name, []))
