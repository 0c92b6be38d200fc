"""The consent to compare a face, as the account of who gave it keeps it (R-ACC-57).

Not here: giving it before the camera, and taking it back (`agreeing.py`).
"""

from webapp.models.accounts import Account, Consent
from webapp.models.liveness import PersonCheck

KIND = "face"

VERSION = "2026-11"
"""Of what is said before one agrees (`templates/liveness/face.html`)."""


def keep(account: Account, check: PersonCheck, network: str) -> None:
    """The holder of the account agreed to that check when `consented` says, from that network."""
    Consent.create(account=account, kind=KIND, version=VERSION, subject=check.key, at=check.consented, network=network)
