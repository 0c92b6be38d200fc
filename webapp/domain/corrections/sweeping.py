"""What time does to a request: without its supplement it is closed, unsent it is forgotten (R-COR-11).

Not here: when this is asked (`jobs/corrections.py`).
"""

from webapp.domain import clock
from webapp.domain.corrections import asking, moving
from webapp.domain.permissions import SYSTEM
from webapp.models.corrections import Correction


def overdue() -> list[Correction]:
    """Requests whose supplement did not come in time."""
    return list(Correction.select().where((Correction.state == "returned") & (Correction.due < clock.now())))


def close(correction: Correction) -> Correction:
    """已关闭; a new request may be made. Raises moved_on."""
    return moving.make(correction, "close", SYSTEM)


def forget_drafts() -> int:
    """Forget the drafts that nobody sent for a month. Returns how many."""
    old = list(Correction.select().where((Correction.state == "draft") & (Correction.created < clock.now() - asking.DRAFT)))
    for draft in old:
        asking.drop(draft)
    return len(old)
