"""卡住: while a case about an identity is open, the clock of its self-checks stands still (R-CHK-17).

Not here: how a deadline moves (`checks.py`). The hour's sweep does it, whatever opened or ended the case.
"""

from peewee import ModelSelect

from webapp.domain import checks, clock
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.duplicates import CLOSED, Claim, Party
from webapp.models.records import Record

REASON = "claim"


def sweep() -> None:
    """Stop the clocks of open cases, let those of ended ones go on.

    Who was given days back already gets none for a case of today: opening and leaving one again and again moves nothing.
    """
    midnight, _ = clock.day_bounds(clock.today())
    with transaction():
        begun = _records().where((Check.held == "") & (Check.state == "unseen") & Record.identity_index.in_(_open()))
        late = Record.identity_index.in_(_open().where(Claim.opened < midnight))
        checks.hold(list(begun.where((Check.held_days == 0) | late)), REASON)
        ended = Record.identity_index.is_null() | Record.identity_index.not_in(_open()) | (Check.state != "unseen")
        for record in _records().where((Check.held == REASON) & ended):
            checks.release(record, REASON)


def _open() -> ModelSelect:
    there = Party.select(Party.claim).where(Party.left.is_null())
    return Claim.select(Claim.identity_index).where(Claim.state.not_in(CLOSED) & Claim.id.in_(there))


def _records() -> ModelSelect:
    return Record.select(Record).distinct().join(Check)
