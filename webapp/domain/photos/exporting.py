"""The list for the photographer that leaves the system: who is to come once more, per class; logged like every list (R-SCH-16).

Not here: the file (`providers/sheet_export.py`).
"""

from collections.abc import Iterator

from webapp.domain import exports, journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.photos import listing
from webapp.domain.photos.listing import Again
from webapp.models.base import transaction
from webapp.models.desk import Export
from webapp.models.school import Unit

KIND, REASON = "photos", "retake"


def begin(actor: Actor, unit: Unit) -> Export:
    """Write down who takes the list away; without this nothing is read. Refused: export_limit (until), not_allowed."""
    actor.require(Can.PHOTOS)
    with transaction():
        export = exports.write_down(actor, unit, KIND, REASON)
        journal.record("export.photos", actor.name, unit)
    return export


def rows(actor: Actor, unit: Unit) -> Iterator[Again]:
    """The list, by college, class and name."""
    return listing.again(actor.where(Can.PHOTOS), unit)
