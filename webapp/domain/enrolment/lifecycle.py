"""学籍状态: from 待注册 to the day a student leaves. Nothing but a roster and these moves changes it (spec 5.6, 7.17).

Not here: what makes the moves: registering (`registering.py`), 学籍异动 (`alterations.py`), 学年注册 (`years.py`).
"""

from webapp.domain import clock
from webapp.domain.enrolment import admissions, approvals, editing, telling
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.records import Record

ENROLLED = ("A1", "A2", "A3", "A4")
"""在籍."""

NEW = ("N0", "N1")
"""待注册, and 保留入学资格 who come a year later."""


def unpublished(record: Record, actor: Actor) -> None:
    """The qualification is not public yet: afterwards the province alone decides (R-COR-07)."""
    if record.published is not None:
        raise Refused("published")


def province_agreed(record: Record, actor: Actor) -> None:
    """What the province has to decide about this student is decided (R-SCH-07, R-SCH-09)."""
    approvals.settled(record)


def admission_explained(record: Record, actor: Actor) -> None:
    """Where the record differs from the admission data, the school said why (R-SCH-10)."""
    admissions.explained(record)


ENROLMENT = Lifecycle(
    Record,
    #    name              from              to    who may    guards
    Move("register", NEW, "A1", Can.ENROL, (unpublished, province_agreed, admission_explained)),
    Move("keep_place", ("N0",), "N1", Can.ENROL),
    Move("decline", NEW, "N2", Can.ENROL),
    Move("cancel_admission", NEW, "N3", Can.ENROL),
    Move("reopen", ("N2", "N3"), "N0", Can.ENROL),
    Move("hold_back", ("A1",), "N0", Can.ENROL, (unpublished,)),
    Move("defer", ("A1",), "A4", Can.ENROL, (unpublished,)),
    Move("register_again", ("A4",), "A1", Can.ENROL, (unpublished,)),
    Move("suspend", ("A1", "A4"), "A2", Can.ENROL, (unpublished,)),
    Move("keep", ("A1", "A2", "A4"), "A3", Can.ENROL, (unpublished,)),
    Move("resume", ("A2", "A3"), "A1", Can.ENROL, (unpublished,)),
    Move("graduate", ENROLLED, "B1", Can.ENROL, (unpublished,)),
    Move("complete", ENROLLED, "B2", Can.ENROL, (unpublished,)),
    Move("leave", ENROLLED, "B3", Can.ENROL, (unpublished,)),
    Move("withdraw", ENROLLED, "B4", Can.ENROL, (unpublished,)),
    Move("transfer", ENROLLED, "B5", Can.ENROL, (unpublished,)),
    Move("expel", ENROLLED, "B6", Can.ENROL, (unpublished,)),
    Move("annul", ENROLLED, "B7", Can.ENROL, (unpublished,)),
    Move("die", ENROLLED, "B8", Can.ENROL, (unpublished,)),
    Move("reinstate", ("B4", "B5", "B6", "B7"), "A1", Can.ENROL, (unpublished,)),
    column="status",
)
"""The enrolment's moves. A record that a roster brought as 在籍 begins in the middle."""


def move(record: Record, name: str, actor: Actor, why: str = "", paper: str = "", by: Actor | None = None) -> Record:
    """Make a move, keep the status before and after it, and tell the holder. `by` is who decided, where the site moves.

    A student who leaves gets today as 离校日期 only from an alteration, which knows the day. Raises what the move raises.
    """
    with transaction():
        before = record.status
        record = ENROLMENT.move(record, name, actor, detail={"by": by.name} if by else None, updated=clock.now())
        editing.keep(record, {"status": (before, record.status)}, by or actor, why, paper, "move")
        telling.status(record, before)
    return record
