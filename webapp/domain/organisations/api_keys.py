"""Keys of an organisation's programs: made, shown once, known again by their hash, revoked (R-RPT-26)."""

import hashlib
import secrets

from webapp.domain import clock, journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.organisations import ApiKey, Organisation

PREFIX = "xdk_"
"""How a key begins, so that one left in a file is found by who looks for secrets."""

MOST, NAME = 10, 60
"""Keys that an organisation has at once; characters of a key's name."""


def make(actor: Actor, organisation: Organisation, name: str) -> tuple[ApiKey, str]:
    """A new key; its text is returned here and never again.

    Raises Refused: not_allowed, api_key_name (most), api_keys_many (most).
    """
    actor.require(Can.VERIFY)
    name = name.strip()
    if not 0 < len(name) <= NAME:
        raise Refused("api_key_name", field="name", most=NAME)
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction():
        if len(live(organisation.locked())) >= MOST:
            raise Refused("api_keys_many", most=MOST)
        made = ApiKey.create(organisation=organisation, name=name, digest=_digest(text), tail=text[-4:], created=clock.now())
        journal.record("api_key.make", actor.name, made, organisation=organisation.key)
    return made, text


def revoke(actor: Actor, api_key: ApiKey) -> None:
    """The very next request with it is refused. Raises Refused: not_allowed, moved_on."""
    actor.require(Can.VERIFY)
    with transaction():
        api_key = api_key.locked()
        if api_key.ended is not None:
            raise Refused("moved_on")
        api_key.ended = clock.now()
        api_key.save()
        journal.record("api_key.revoke", actor.name, api_key)


def live(organisation: Organisation) -> list[ApiKey]:
    """Keys that hold, newest first."""
    holds = (ApiKey.organisation == organisation) & ApiKey.ended.is_null()
    return list(ApiKey.select().where(holds).order_by(ApiKey.created.desc(), ApiKey.id.desc()))


def find(organisation: Organisation, key: str) -> ApiKey | None:
    """One of its keys, by the row's own key."""
    return ApiKey.get_or_none((ApiKey.key == key) & (ApiKey.organisation == organisation))


def known(text: str) -> ApiKey | None:
    """The key that holds behind this text, with its organisation; it is noted on which day it was used last."""
    query = ApiKey.select(ApiKey, Organisation).join(Organisation)
    found = query.where((ApiKey.digest == _digest(text)) & ApiKey.ended.is_null()).first()
    if found is not None and found.used != clock.today():
        ApiKey.update(used=clock.today()).where(ApiKey.id == found.id).execute()
    return found


def _digest(text: str) -> str:
    """A hash without salt will do: the text has 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
