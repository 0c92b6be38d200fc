"""Ringing a student up oneself: the number that the school has, to who is to remind, each look an event (R-CHK-09)."""

from webapp.domain import journal
from webapp.domain.permissions import Actor, Can
from webapp.models.base import transaction
from webapp.models.checks import Check


def phone(actor: Actor, check: Check) -> str | None:
    """The phone of the roster, in full; None where the school has none, and then nothing is written down.

    The caller found the check within the actor's reach. Raises Refused: not_allowed.
    """
    actor.require(Can.REMIND)
    number = check.record.phone
    if number:
        with transaction():
            journal.record("record.see_phone", actor.name, check.record)
    return number
