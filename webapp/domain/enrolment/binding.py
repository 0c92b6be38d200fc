"""Whose a record is after its name or document changed: bound anew, and both holders told (R-COR-13).

Not here: binding when a holder opens the list (`domain/records.py`).
"""

from webapp.domain import checks, clock, journal, matching, messages
from webapp.domain.enrolment import prior
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account
from webapp.models.records import Record


def again(record: Record, actor: Actor) -> None:
    """Bind the record to the account of its name and identity; in the transaction of the change.

    One that its holder proved by other means (手工绑定, a former document) stays, unless another account has the identity.
    """
    before, now = record.account, _holder(record)
    if now is None and before is not None and (record.bound_how in matching.PROVED or _fits(before, record)):
        return
    if (now and now.id) == (before and before.id):
        return
    record.account = now
    record.bound, record.bound_how = (clock.now(), "auto") if now else (None, "")
    record.save()
    if before is not None:
        journal.record("record.unbind", actor.name, record, account=before.key)
        messages.notify(before, "record_left", link="/records", topic="check")
    if now is not None:
        checks.release(record)
        journal.record("record.bind", actor.name, record, how="auto", account=now.key)
        prior.look(now)
        messages.notify(now, "record_bound", link=f"/records/{record.key}", topic="check")


def _holder(record: Record) -> Account | None:
    if record.identity_index is None:
        return None
    found = Account.get_or_none((Account.identity_index == record.identity_index) & (Account.state == "active"))
    return found if found is not None and _fits(found, record) else None


def _fits(account: Account, record: Record) -> bool:
    named = account.name_compare == record.name_compare or matching.lacks(record.name, account.name)
    return named and account.identity_index == record.identity_index
