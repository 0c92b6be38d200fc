"""同意比对人脸: kept like every consent, read by who gave it, and withdrawn as long as nothing came of it (R-RPV-10, R-ACC-57).

Not here: the camera that it opens (`asking.py`), consents to texts (`domain/profile.py`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from webapp.domain import clock, journal
from webapp.domain.liveness import agreed, asking
from webapp.domain.liveness.agreed import KIND
from webapp.domain.permissions import Actor
from webapp.models.accounts import Account, Consent
from webapp.models.base import transaction
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.models.photos import Upload


class Given(NamedTuple):
    """What became of a face check that somebody agreed to: its `purpose`, whether pictures of it are there, and whether the
    consent can be withdrawn."""

    purpose: str
    pictures: bool
    open: bool


def agree(way: Handoff, actor: Actor, network: str, visitor: Account | None) -> PersonCheck:
    """The holder agrees, on the device of `way`, where `visitor` is logged in, if anybody is. Raises face_tries."""
    check = way.check_row
    with transaction():
        fresh = check.locked().consented is None
        check = asking.consent(check, actor)
        whose = _whose(way, visitor)
        if fresh and whose is not None:
            agreed.keep(whose, check, network)
    return check


def _whose(way: Handoff, visitor: Account | None) -> Account | None:
    """The holder's account: none of a unit that asked a holder, nor of somebody who only said to be this holder."""
    check = way.check_row
    account = visitor or (check.account if way.way != "link" else None)
    return account if account is not None and account.identity_index == check.identity_index else None


def given(consents: Iterable[Consent]) -> dict[str, Given]:
    """By key of the check, as far as that is still kept: two queries, however many consents."""
    keys = [one.subject for one in consents if one.kind == KIND]
    checks = list(PersonCheck.select().where(PersonCheck.key.in_(keys)))
    filmed = {check for (check,) in Shot.select(Shot.check_row).where(Shot.check_row.in_(checks)).distinct().tuples()}
    return {one.key: Given(one.purpose, one.id in filmed, _is_open(one)) for one in checks}


def _is_open(check: PersonCheck) -> bool:
    """Nothing is compared now, and nobody was seen to be there yet."""
    return check.consented is not None and check.state not in ("judging", "passed")


def withdraw(account: Account, key: str, actor: Actor) -> list[Upload] | None:
    """Take the consent to that check back: prompts and frames go, and the ways without a face stay as they are.

    Returns the frames' files, for whoever can shred them now; None where nothing of this account stands open.
    """
    found = PersonCheck.by_key(key)
    if found is None:
        return None
    with transaction():
        check = found.locked()
        mine = (Consent.account == account) & (Consent.kind == KIND) & (Consent.subject == key) & Consent.withdrawn.is_null()
        if not _is_open(check) or not Consent.update(withdrawn=clock.now()).where(mine).execute():
            return None
        check.consented, check.prompts = None, ""
        check.save()
        journal.record("person_check.withdraw", actor.name, check)
        return asking.forget(Shot.check_row == check)
