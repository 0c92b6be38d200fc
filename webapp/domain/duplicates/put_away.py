"""Accounts that were archived and can still come back: the list for the desk, within its reach.

Not here: restoring them (`effect.py`).
"""

import json
from datetime import timedelta

from peewee import JOIN, Expression

from webapp.domain import clock, defaults
from webapp.domain.permissions import Actor, Can
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.duplicates import Archive, Claim
from webapp.models.keyset import FIRST, Page, Place


def _reach(actor: Actor) -> Expression:
    """Archives that came of cases in the actor's reach."""
    return Archive.claim.in_(Claim.select(Claim.id).where(scope.claims(actor.where(Can.REVIEW))))


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
