"""学历勘误: what the province decided about a published record is 已勘误 on the school's list too (R-COR-08).

Not here: the request, its evidence and the decision (`domain/corrections/`).
"""

from webapp.domain.graduation.lifecycle import GRADUATE
from webapp.domain.permissions import Actor
from webapp.models.graduation import Graduate
from webapp.models.records import Record


def corrected(record: Record, actor: Actor) -> Graduate | None:
    """Mark whoever it is; None where the record did not come from a list. Within the transaction of the change."""
    mine = (Graduate.record == record) | (Graduate.qualification == record)
    found = Graduate.select().where(mine & Graduate.state.in_(GRADUATE.moves["correct"].leaves)).first()
    if found is None:
        return None
    number = found.certificate
    if record.kind == "qualification" and record.certificate:
        number = record.certificate
        Record.update(natural=number).where(Record.id == record.id).execute()
    return GRADUATE.move(found, "correct", actor, certificate=number)
