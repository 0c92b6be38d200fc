"""One step of an item: its move, the line of its way, and what the applicant is told of it (R-CRT-32, R-CRT-35).

Not here: which step (`deciding.py`, `checking.py`, `reconsidering.py`).
"""

from collections.abc import Sequence

from peewee import JOIN

from webapp.domain import clock, messages
from webapp.domain.certification import retaining
from webapp.domain.certification.lifecycle import ITEM
from webapp.domain.permissions import Actor
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem, ItemStep
from webapp.models.staff import Staff

QUIET = {
    "check": "certification_checking",
    "answered": "certification_answered",
    "explain": "certification_delayed",
    "reconsider": "certification_reconsidered",
}
"""Moves that the applicant reads of on the site, with the kind of notice."""

LOUD = {
    "accept": "certification_accepted",
    "ask": "certification_asked",
    "delay": "certification_delayed",
    "overrun": "certification_delayed",
    "refuse": "certification_refused",
    "uphold": "certification_upheld",
    "close": "certification_closed",
}
"""Moves of which the applicant hears by SMS and mail as well; of a report, once it is drawn (`delivering.py`)."""


INSIDE = ("want_refusal", "send_back", "want_fraud")
"""Steps of the desk alone: until a second person confirmed it, nothing is decided."""


def make(
    item: ApplicationItem,
    move: str,
    actor: Actor,
    *,
    reasons: Sequence[str] = (),
    note: str = "",
    kept: str | None = None,
    **changes: object,
) -> ApplicationItem:
    """Make the move, write its step and tell the applicant, in one transaction. Raises what the move's guards raise.

    `note` is what the step says, `kept` what the item keeps as its decision's note (None: what it has).
    """
    with transaction():
        if kept is not None:
            changes["note"] = kept or None
        moved = ITEM.move(item, move, actor, detail={"reasons": list(reasons)} if reasons else None, **changes)
        if moved.state in retaining.OVER or item.state in retaining.OVER:
            retaining.keep(moved)
        add(moved, move, actor, reasons=reasons, note=note)
    return moved


def add(item: ApplicationItem, move: str, actor: Actor, *, reasons: Sequence[str] = (), note: str = "") -> ItemStep:
    """Write down a step that was just made, and tell of it. `reasons` are codes; the applicant reads `note`, unless the step is
    one of INSIDE."""
    staff = Staff.by_key(actor.key) if actor.name.startswith("staff:") else None
    with transaction():
        codes, at = " ".join(reasons), clock.now()
        made = ItemStep.create(item=item, move=move, state=item.state, staff=staff, reasons=codes, note=note or None, at=at)
        _tell(item, move)
    return made


def of(item: ApplicationItem) -> list[ItemStep]:
    """The way of an item with who made each step, oldest first: one query."""
    query = ItemStep.select(ItemStep, Staff).join(Staff, JOIN.LEFT_OUTER)
    return list(query.where(ItemStep.item == item).order_by(ItemStep.id))


def told(item: ApplicationItem) -> list[ItemStep]:
    """Its way as the applicant reads it: without what the desk only considered."""
    return [step for step in of(item) if step.move not in INSIDE]


def _tell(item: ApplicationItem, move: str) -> None:
    """On the site, and what is loud by SMS: to the holder of the account and to the phone that the application names."""
    application = item.application
    account, link = application.account, f"/applications/{application.key}"
    if move in QUIET:
        messages.notify(account, QUIET[move], link=link, topic="progress")
    elif move in LOUD:
        messages.tell(account, LOUD[move], link=link, topic="progress")
        if application.phone and application.phone != account.phone:
            messages.sms(application.phone, LOUD[move], account)
