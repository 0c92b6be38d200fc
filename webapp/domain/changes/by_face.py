"""实人验证 of a change: which changes a face decides, and that a pass does what two officers' yes does (R-ACC-44, R-ACC-56).

Not here: the check itself (`domain/liveness/`). A face says nothing of a new name, nor of another kind of document.
"""

from webapp.domain.changes import identity, requests, reviews
from webapp.domain.identity import names
from webapp.domain.permissions import SYSTEM
from webapp.models.changes import Amendment
from webapp.models.records import Record


def waits(change: Amendment) -> bool:
    """May a face decide it: a phone whose old one is lost, or a renewed passport, while nobody has decided it?"""
    return change.state == "open" and not requests.is_fixed(change.account) and (change.kind == "phone" or _renews(change))


def _renews(change: Amendment) -> bool:
    """The number is new here: where the school knows somebody of that name under it, people look at the passport itself."""
    before, after = identity.of(change.account), identity.wanted(change)
    called = names.compare(after.name)
    known = Record.select().where((Record.identity_index == after.index) & (Record.name_compare == called)).exists()
    return identity.is_renewal(before, after) and names.compare(before.name) == called and not known


def passed(change: Amendment) -> None:
    """Who the account names was there. Call it inside a transaction."""
    reviews.approve(change, SYSTEM, "face")
