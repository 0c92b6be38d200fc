"""One step of a request: the move, the line of its way that the student reads, when it is due, and who is told (R-COR-15).

Not here: which step (`asking.py`, `deciding.py`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from webapp.domain import clock, defaults, messages, workdays
from webapp.domain.corrections.lifecycle import CORRECTION, DESKS
from webapp.domain.permissions import Actor
from webapp.models.base import transaction
from webapp.models.corrections import Correction, CorrectionStep, Evidence
from webapp.models.photos import Upload
from webapp.models.staff import Staff

OVER = ("done", "refused", "rejected", "withdrawn", "closed")
"""States after which nothing comes."""

LOUD = ("returned", "decided")
"""Messages that go out by SMS and mail too, not on the site alone."""

TOLD = {
    **dict.fromkeys(DESKS, "moved"),
    **dict.fromkeys(("done", "refused", "rejected", "closed"), "decided"),
    "returned": "returned",
    "withdrawn": "withdrawn",
}
"""What the student is told of each state; of the first one that the request was received."""


def make(
    correction: Correction, move: str, actor: Actor, *, reasons: Sequence[str] = (), note: str = "", **changes: object
) -> Correction:
    """Make the move with its step and message. Raises what the move's guards raise, and moved_on."""
    at, codes = clock.now(), " ".join(reasons)
    to = CORRECTION.moves[move].to
    with transaction():
        changes |= {"since": at, "due": due(to, at), "holder": None, "lease": None, "reasons": codes, "note": note or None}
        if to in OVER:
            changes["closed"] = at
        moved = CORRECTION.move(correction, move, actor, detail={"reasons": list(reasons)} if reasons else None, **changes)
        staff = Staff.by_key(actor.key) if actor.name.startswith("staff:") else None
        CorrectionStep.create(correction=moved, move=move, state=to, staff=staff, reasons=codes, note=note or None, at=at)
        if to in OVER:
            _let_go(moved, at)
        _tell(moved, "received" if move.startswith("submit") else TOLD[to])
    return moved


def due(state: str, at: datetime) -> datetime | None:
    """Until when it is the turn of who has it: working days for a desk, `cor.supplement_days` for the student."""
    if state in DESKS:
        return workdays.due(at, defaults.value("cor.step_workdays"))
    return at + timedelta(days=defaults.value("cor.supplement_days")) if state == "returned" else None


def _let_go(correction: Correction, at: datetime) -> None:
    """The pictures of a request that is over are kept for `ret.cor_days` and then shredded."""
    pictures = Evidence.select(Evidence.upload).where((Evidence.correction == correction) & Evidence.upload.is_null(False))
    ends = at + timedelta(days=defaults.value("ret.cor_days"))
    Upload.update(expires=ends).where(Upload.id.in_(pictures)).execute()


def _tell(correction: Correction, what: str) -> None:
    told = messages.tell if what in LOUD else messages.notify
    told(correction.account, f"correction_{what}", link=f"/corrections/{correction.key}", topic="progress")
