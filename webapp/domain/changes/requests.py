"""更改申请: a change that a person decides, because the holder cannot show the old proof or a record depends on it.

Not here: what is written when it is made (`phone.py`, `identity.py`); `effects` in `reviews.py` knows both.
"""

import json
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from peewee import Expression

from webapp.domain import clock, journal, limits, messages, sessions
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import VISITOR, Actor, Can, student
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.changes import PENDING, Amendment
from webapp.models.records import Record
from webapp.models.school import Unit

KINDS = ("phone", "identity")

WAITS = timedelta(days=30)
"""For how long a change waits for its holder to come to the office."""

REASONS = ("not_the_person", "document_differs", "not_needed")
"""Why staff refuse: what the holder brought is not theirs, says something else, or there is nothing to change."""


def is_due(change: Amendment, actor: Actor) -> None:
    if change.effective is None or change.effective > clock.now():
        raise Refused("moved_on", state=change.state)


AMENDMENT = Lifecycle(
    Amendment,
    #    name       from          to           who may     guards
    Move("approve", ("open",), "approved", Can.SECOND),
    Move("refuse", ("open",), "refused", Can.SECOND),
    Move("make", ("approved",), "done", guards=(is_due,)),
    Move("drop", ("approved",), "refused"),
    Move("withdraw", PENDING, "withdrawn"),
    Move("expire", ("open",), "expired"),
)
"""`drop`: what was approved can no longer be made, because somebody else has the number or the identity by now."""


def is_fixed(account: Account) -> bool:
    """Nothing about a frozen account changes while it is being looked into."""
    return account.state == "frozen"


def may(account: Account) -> None:
    """Raises account_frozen."""
    if is_fixed(account):
        raise Refused("account_frozen")


def pending(account: Account, kind: str) -> Amendment | None:
    """The change of that kind that is still to come."""
    return Amendment.get_or_none((Amendment.account == account) & (Amendment.kind == kind) & Amendment.state.in_(PENDING))


def last(account: Account, kind: str) -> Amendment | None:
    """The newest change of that kind that a person decided or is to decide."""
    mine = (Amendment.account == account) & (Amendment.kind == kind) & (Amendment.how != "password")
    return Amendment.select().where(mine).order_by(Amendment.id.desc()).first()


def wanted(change: Amendment) -> dict[str, str]:
    return json.loads(change.wanted)


def ask(account: Account, kind: str, what: dict[str, str]) -> Amendment:
    """Ask for a change that a person decides; everybody bound to the account is told, with a link that stops it (T01).

    Raises change_pending, change_limit (until), account_frozen.
    """
    with transaction():
        account = account.locked()
        may(account)
        if pending(account, kind) is not None:
            raise Refused("change_pending")
        limits.spend("change:account", account.key)
        change = Amendment.create(account=account, kind=kind, wanted=_json(what), unit=unit_of(account), asked=clock.now())
        messages.tell(account, f"{kind}_change_asked", link=f"/me/{kind}", token=stop_token(change))
        journal.record("amendment.ask", student(account.key).name, change, kind=kind)
    return change


def made_by_password(account: Account, kind: str, what: dict[str, str]) -> None:
    """Note a change that the holder made alone: the three of R-ACC-45 are counted by these rows."""
    at = clock.now()
    note = {"wanted": _json(what), "asked": at, "closed": at}
    Amendment.create(account=account, kind=kind, state="done", how="password", **note)


def names_another(account: Account, since: datetime) -> bool:
    """Did it come to name somebody else with the password alone, after its holder was seen at that moment?"""
    here = (Amendment.account == account) & (Amendment.kind == "identity") & (Amendment.how == "password")
    return Amendment.select().where(here & (Amendment.closed >= since)).exists()


def _json(what: dict[str, str]) -> str:
    return json.dumps(what, ensure_ascii=False)


def unit_of(account: Account) -> Unit | None:
    """The school whose record is the holder's; else the only school there is; else none in particular."""
    return _school((Record.account == account) | (Record.identity_index == account.identity_index))


def unit_of_identity(identity_index: str) -> Unit | None:
    """The same for somebody who has no account."""
    return _school(Record.identity_index == identity_index)


def _school(mine: Expression) -> Unit | None:
    found = Record.select(Record.unit).where(mine).order_by(Record.id.desc()).first()
    return found.unit if found is not None else only_unit()


def only_unit() -> Unit | None:
    units = list(Unit.select().limit(2))
    return units[0] if len(units) == 1 else None


def withdraw(account: Account, kind: str) -> None:
    """The holder does not want the change any more. Raises moved_on when there is none to come."""
    change = pending(account, kind)
    if change is None:
        raise Refused("moved_on", state="withdrawn")
    AMENDMENT.move(change, "withdraw", student(account.key), closed=clock.now())


def stop_token(change: Amendment) -> str:
    return _links().dumps(change.key)


def of_link(token: str) -> Amendment | None:
    """The change that a link of a message stops, while it is still to come."""
    try:
        change = Amendment.by_key(_links().loads(token))
    except BadSignature:
        return None
    return change if change is not None and change.state in PENDING else None


def stop(token: str) -> None:
    """「不是我」 from a message: the change is dead, everybody is logged out, and a new password is asked for (T01).

    Raises change_over for a link whose change is no longer to come.
    """
    change = of_link(token)
    if change is None:
        raise Refused("change_over")
    with transaction():
        AMENDMENT.move(change, "withdraw", VISITOR, closed=clock.now(), detail={"how": "link"})
        account = change.account.locked()
        account.new_password_due = True
        account.save()
        sessions.end_all(account)
        messages.tell(account, "change_stopped")


def sweep() -> int:
    """End the changes for which nobody came. Returns how many."""
    late = list(Amendment.select().where((Amendment.state == "open") & (Amendment.asked < clock.now() - WAITS)))
    for change in late:
        AMENDMENT.move(change, "expire", VISITOR, closed=clock.now())
    return len(late)


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt="change")
