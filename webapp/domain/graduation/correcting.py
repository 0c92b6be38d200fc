"""学历勘误: what the province decided about a published record is 已勘误 on the school's list too (R-COR-08).

Not here: the request, its evidence and the decision (`domain/corrections/`).
"""

from webapp.domain.graduation.lifecycle import GRADUATE
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduate
from webapp.models.records import Record


def corrected(record: Record, actor: Actor) -> Graduate | None:
    """Mark whoever it is; None where the record did not come from a list. Within the transaction of the change.

    Raises Refused("number_taken") where another qualification of the school has the certificate's number.
    """
    if record.kind == "qualification" and record.certificate and record.natural != record.certificate:
        _rename(record)
    mine = (Graduate.record == record) | (Graduate.qualification == record)
    found = Graduate.select().where(mine & Graduate.state.in_(GRADUATE.moves["correct"].leaves)).first()
    if found is None:
        return None
    number = record.certificate if record.kind == "qualification" and record.certificate else found.certificate
    return GRADUATE.move(found, "correct", actor, certificate=number)


def _rename(record: Record) -> None:
    """By its certificate's number a roster finds a qualification again."""
    same = (Record.unit == record.unit_id) & (Record.kind == record.kind) & (Record.natural == record.certificate)
    if Record.select().where(same).exists():
        raise Refused("number_taken")
    Record.update(natural=record.certificate).where(Record.id == record.id).execute()
