"""签名密钥 of an agency: made, followed and revoked by who keeps the site, and an Event each time (R-CRT-48).

Not here: what a key is (`domain/signing.py`), nor which papers it signs (`jobs/certification.py`).
"""

from webapp.domain import signing
from webapp.domain.certification import keeping
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import Agency
from webapp.models.signing import SigningKey


def make(actor: Actor, agency: Agency, after: str) -> SigningKey:
    """Another key signs the agency's reports from now on; what the one before signed stays good.

    `after` is the id of the key that it follows, "" for the first: who presses twice makes one. Raises Refused: not_allowed,
    moved_on.
    """
    _site_only(actor)
    with transaction():
        before = signing.current(agency.locked())
        if (before.kid if before else "") != after:
            raise Refused("moved_on")
        return signing.rotate(agency, actor)


def revoke(actor: Actor, agency: Agency, kid: str, reason: str) -> SigningKey:
    """One of the agency's keys. Raises Refused: not_allowed, and as `signing.revoke`."""
    _site_only(actor)
    if find(agency, kid) is None:
        raise Refused("signing_key_unknown", kid=kid)
    return signing.revoke(kid, reason, actor)


def find(agency: Agency, kid: str) -> SigningKey | None:
    """One of the agency's keys, by its id."""
    return next((key for key in signing.of(agency) if key.kid == kid), None)


def _site_only(actor: Actor) -> None:
    if not keeping.whole_site(actor):
        raise Refused("not_allowed")
