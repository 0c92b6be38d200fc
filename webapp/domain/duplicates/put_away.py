"""Accounts that were archived and can still come back: the list for the desk, within its reach.

Not here: restoring them (`effect.py`).
"""

import json
from collections.abc import Iterable
from datetime import timedelta

from peewee import JOIN, Expression

from webapp.domain import clock, defaults, second
from webapp.domain.permissions import Actor, Can
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.duplicates import Archive, Claim
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.staff import Grant


def _reach(actor: Actor) -> Expression:
    """Archives that came of cases in the actor's reach; who stands in as the second sees what the first asked for."""
    asked = _of_cases(second.stands_in(actor)) & Archive.asked_by.is_null(False)
    return _of_cases(actor.where(Can.REVIEW)) | asked


def _of_cases(grants: Iterable[Grant]) -> Expression:
    return Archive.claim.in_(Claim.select(Claim.id).where(scope.claims(grants)))


def restorable(actor: Actor, place: Place = FIRST) -> Page:
    """What was archived within the last `dup.restore_days` and not restored, newest first."""
    edge = clock.now() - timedelta(days=defaults.value("dup.restore_days"))
    query = (
        Archive.select(Archive, Account)
        .join(Account, on=Archive.account)
        .where(_reach(actor) & Archive.restored.is_null() & (Archive.at >= edge))
    )
    return keyset.cut(query, (Archive.at, Archive.id), place, newest=True)


def of(actor: Actor, key: str) -> Archive | None:
    query = Archive.select(Archive, Claim).join(Claim, JOIN.LEFT_OUTER).where((Archive.key == key) & _reach(actor))
    return query.first()


def moved(archive: Archive) -> dict[str, int]:
    """How many of each kind of asset went to the account that stayed."""
    return {name: len(keys) for name, keys in json.loads(archive.moved).items()}
