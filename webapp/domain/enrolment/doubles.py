"""疑似双学籍: an identity that is 在籍 at another school of this instance; the province decides (R-SCH-07).

Not here: one file that names the same number twice (`rosters/doubles.py`).
"""

from webapp.domain.enrolment import approvals
from webapp.domain.enrolment.lifecycle import ENROLLED, ENROLMENT
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.enrolment import Approval
from webapp.models.imports import Batch
from webapp.models.records import Change, Record


def elsewhere(record: Record) -> Record | None:
    """The same person's record at another school, where that is 在籍."""
    if record.identity_index is None:
        return None
    same = (Record.identity_index == record.identity_index) & (Record.unit != record.unit_id)
    return Record.select().where(same & (Record.kind == "enrolment") & Record.status.in_(ENROLLED)).first()


def look(record: Record) -> None:
    """Flag the record if it is a double; where the other enrolment has ended since, the mark is lifted."""
    with transaction():
        record = record.locked()  # two officers at once mark it once
        known, other = approvals.newest(approvals.of(record), "double"), elsewhere(record)
        if known is None and other is not None:
            approvals.flag(record, "double", other=other)
        elif known is not None and other is None and known.state in ("flagged", "refused"):
            approvals.APPROVAL.move(known, "lift", SYSTEM)


def of_batch(batch: Batch) -> int:
    """Flag the new records of an import whose people are 在籍 elsewhere, and hold back every one that the province has
    still to decide about. Returns how many were flagged; safe to repeat.
    """
    other = Record.alias()
    same = (other.identity_index == Record.identity_index) & (other.unit != Record.unit)
    there = same & (other.kind == "enrolment") & other.status.in_(ENROLLED)
    known = Approval.select(Approval.record).where((Approval.kind == "double") & (Approval.unit == batch.unit_id))
    query = (
        Record.select(Record, other)
        .join(Change, on=(Change.record == Record.id))
        .join_from(Record, other, on=there, attr="elsewhere")
        .where((Change.batch == batch) & Change.before.is_null() & Record.status.in_(ENROLLED) & Record.id.not_in(known))
    )
    found = {record.id: record for record in query}
    with transaction():
        for record in found.values():
            approvals.flag(record, "double", other=record.elsewhere)
        for record in _undecided(batch):
            ENROLMENT.move(record, "hold_back", SYSTEM)
    return len(found)


def _undecided(batch: Batch) -> list[Record]:
    """Registered by the file, though a double is open or a special category was not agreed to."""
    here = Approval.unit == batch.unit_id
    agreed = here & (Approval.kind == "special") & (Approval.state == "approved")
    special = (Record.special != "") & Record.id.not_in(Approval.select(Approval.record).where(agreed))
    open_ones = here & (Approval.kind == "double") & Approval.state.in_(("flagged", "waiting", "refused"))
    settled = here & (Approval.kind == "double") & Approval.state.in_(("approved", "withdrawn"))
    double = Record.id.in_(Approval.select(Approval.record).where(open_ones))
    double &= Record.id.not_in(Approval.select(Approval.record).where(settled))
    registered = (Record.status == "A1") & (Record.kind == "enrolment") & Record.published.is_null()
    query = Record.select().join(Change, on=(Change.record == Record.id))
    return list(query.where((Change.batch == batch) & registered & (special | double)))
