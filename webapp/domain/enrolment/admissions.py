"""高考录取信息 beside the record: where the two differ it is marked, and the school says why before registering (R-SCH-10).

Not here: reading the admission office's file (`imports/admissions.py`).
"""

import json
from collections.abc import Sequence

from webapp.domain import clock, journal
from webapp.domain.enrolment import fields
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.enrolment import Admission
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Grant

COMPARED = ("name", "sex", "birth_date", "document", "ethnic", "level", "major")
"""The fields that admission data vouches for."""

REASON = 200
PORTION = 500


def values(admission: Admission) -> dict[str, str]:
    """Field → value as the admission office wrote it."""
    return json.loads(admission.values)


def differing(admission: Admission, record: Record) -> list[str]:
    """The fields in which the record says something else; what the file left empty is not compared."""
    return [field for field, said in values(admission).items() if said and not _same(field, said, record)]


def compare(record: Record) -> None:
    """Mark anew what differs, in the transaction of a change; what differs now as before keeps its reason."""
    for admission in Admission.select().where(Admission.record == record):
        mark(admission, record)


def mark(admission: Admission, record: Record) -> None:
    differs = " ".join(differing(admission, record))
    if differs != admission.differs:
        admission.differs, admission.reason, admission.explained, admission.explained_by = differs, None, None, ""
        admission.save()


def compare_unit(unit: Unit) -> int:
    """Tie a school's admission data to its records and mark what differs. Returns how many differ; safe to repeat."""
    found = last = 0
    while some := list(
        Admission.select().where((Admission.unit == unit) & (Admission.id > last)).order_by(Admission.id).limit(PORTION)
    ):
        numbers = [one.exam_number for one in some]
        same = (Record.unit == unit) & (Record.kind == "enrolment") & Record.exam_number.in_(numbers)
        records = {(record.exam_number.upper(), record.level): record for record in Record.select().where(same)}
        with transaction():
            for one in some:
                record = records.get((one.exam_number, one.level)) or _only(records, one.exam_number)
                one.record = record
                one.save()
                if record is not None:
                    mark(one, record)
                    found += bool(one.differs)
        last = some[-1].id
    return found


def explained(record: Record) -> None:
    """Raises Refused("admission_differs") where a difference has no reason yet."""
    open_ = (Admission.record == record) & (Admission.differs != "") & Admission.explained.is_null()
    if Admission.select().where(open_).exists():
        raise Refused("admission_differs")


def explain(actor: Actor, admission: Admission, reason: str) -> Admission:
    """Why the record differs. Raises Refused: why_missing, why_long (most), not_allowed."""
    if not reason:
        raise Refused("why_missing", field="why")
    if len(reason) > REASON:
        raise Refused("why_long", field="why", most=REASON)
    if admission.unit_id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")
    with transaction():
        admission = admission.locked()
        admission.reason, admission.explained, admission.explained_by = reason, clock.now(), actor.name
        admission.save()
        journal.record("admission.explain", actor.name, admission, fields=admission.differs.split())
    return admission


def of(record: Record) -> Admission | None:
    """What the admission office said about the student of a record."""
    return Admission.select().where(Admission.record == record).order_by(Admission.id.desc()).first()


def open_ones(grants: Sequence[Grant], most: int = 100) -> list[Admission]:
    """Differences without a reason, with their records, the oldest first."""
    there = Admission.unit.in_(scope.units(grants)) & (Admission.differs != "") & Admission.explained.is_null()
    query = Admission.select(Admission, Record).join(Record).where(there & scope.records(grants))
    return list(query.order_by(Admission.id).limit(most))


def find(actor: Actor, key: str) -> Admission | None:
    there = Admission.unit.in_(scope.units(actor.where(Can.ENROL)))
    return Admission.select(Admission, Record).join(Record).where(there & (Admission.key == key)).first()


def _same(field: str, said: str, record: Record) -> bool:
    has = fields.text_of(getattr(record, field))
    if field == "name":
        return names.compare(said) == record.name_compare
    if field == "document" and has:
        kind, country = record.document_kind, record.country
        return documents.canonical(kind, said, country) == documents.canonical(kind, has, country)
    return said == has


def _only(records: dict[tuple[str, str], Record], number: str) -> Record | None:
    """The record of an examinee whose level differs: the difference is what shall be seen."""
    found = [record for (exam_number, _), record in records.items() if exam_number == number]
    return found[0] if len(found) == 1 else None
