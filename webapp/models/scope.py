"""Grants become conditions: which rows a member of staff may touch (R-SYS-09). Every staff query carries one.

Not here: which abilities a grant carries (`domain/permissions.py`): ask `actor.where(Can.X)` for the grants first.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from peewee import SQL, Expression

from webapp.models.checks import Check, NoRecord, Report
from webapp.models.corrections import Correction
from webapp.models.duplicates import Claim
from webapp.models.imports import Batch
from webapp.models.in_person import Meeting
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Grant, Staff
from webapp.models.tickets import Ticket


def units(grants: Iterable[Grant]) -> list[int]:
    """Ids of the units that the grants reach into, sorted: a province's are its schools, without either it is all of them."""
    grants = tuple(grants)
    if any(grant.everywhere for grant in grants):
        return [number for (number,) in Unit.select(Unit.id).order_by(Unit.id).tuples()]
    there = {grant.unit_id for grant in grants if grant.unit_id is not None}
    if provinces := {grant.province for grant in grants if grant.province}:
        there |= {number for (number,) in Unit.select(Unit.id).where(Unit.province.in_(provinces)).tuples()}
    return sorted(there)


def whole(grants: Iterable[Grant]) -> bool:
    """Do the grants reach all of the site: everywhere, or its only school?"""
    grants = tuple(grants)
    return any(grant.everywhere for grant in grants) or (bool(grants) and Unit.select().count() == 1)


def schools(grants: Iterable[Grant]) -> list[Unit]:
    """The units themselves, by their codes."""
    return list(Unit.select().where(Unit.id.in_(units(grants))).order_by(Unit.code))


def klass(grants: Iterable[Grant], key: str) -> Class | None:
    """One class in reach, with its college."""
    return Class.select(Class, College).join(College).where((Class.key == key) & classes(grants)).first()


def records(grants: Iterable[Grant]) -> Expression:
    """Records of the unit, the college, the teaching point or the class of each grant; without grants none."""
    return _any([_record(grant) for grant in grants], Record.id)


def classes(grants: Iterable[Grant]) -> Expression:
    """Classes in which a grant holds."""
    return _any([_class(grant) for grant in grants], Class.id)


def colleges(grants: Iterable[Grant]) -> Expression:
    """Colleges in which a grant holds as a whole; neither a class nor a teaching point opens its college."""
    return _any([_college(grant) for grant in grants if grant.klass_id is None and not grant.department], College.id)


def checks(grants: Iterable[Grant]) -> Expression:
    """Self-checks of the records in scope; for whole units by campaign alone, which spares a look at each record."""
    grants = tuple(grants)
    if all(grant.whole for grant in grants):
        return Check.campaign.in_(Campaign.select(Campaign.id).where(campaigns(grants)))
    return Check.record.in_(Record.select(Record.id).where(records(grants)))


def reports(grants: Iterable[Grant]) -> Expression:
    return Report.record.in_(Record.select(Record.id).where(records(grants)))


def no_records(grants: Iterable[Grant]) -> Expression:
    return NoRecord.unit.in_(units(grants))


def campaigns(grants: Iterable[Grant]) -> Expression:
    return Campaign.unit.in_(units(grants))


def claims(grants: Iterable[Grant]) -> Expression:
    """Cases of the units of the grants; a case of no unit is for grants that hold in the whole instance."""
    grants = tuple(grants)
    if any(grant.everywhere for grant in grants):
        return Claim.id.is_null(False)
    return Claim.unit.in_(units(grants))


def meetings(grants: Iterable[Grant]) -> Expression:
    """People at the desks of the units of the grants; one of no unit is for grants that hold in the whole instance."""
    grants = tuple(grants)
    if any(grant.everywhere for grant in grants):
        return Meeting.id.is_null(False)
    return Meeting.unit.in_(units(grants))


def batches(grants: Iterable[Grant]) -> Expression:
    return Batch.unit.in_(units(grants))


def tickets(grants: Iterable[Grant]) -> Expression:
    """Questions to the units of the grants; one that names no school may be answered by whoever is first."""
    grants = tuple(grants)
    return (Ticket.unit.in_(units(grants)) | Ticket.unit.is_null()) if grants else Ticket.id.in_([])


def corrections(grants: Iterable[Grant]) -> Expression:
    """Requests for a correction of the schools, colleges or teaching points of the grants; a draft is the student's alone."""
    grants = tuple(grants)
    whole = [grant for grant in grants if grant.whole]
    colleges = [grant.college_id for grant in grants if grant.college_id is not None and grant.klass_id is None]
    here = Correction.unit.in_(units(whole)) | Correction.college.in_(colleges)
    if points := [grant for grant in grants if grant.department]:
        here |= Correction.record.in_(Record.select(Record.id).where(records(points)))
    return here & (Correction.state != "draft")


def staff(grants: Iterable[Grant]) -> Expression:
    """Staff who hold, held or will hold a role in the units of the grants."""
    grants = tuple(grants)
    if any(grant.everywhere for grant in grants):
        return Staff.id.is_null(False)
    return Staff.id.in_(Grant.select(Grant.staff).where(Grant.unit.in_(units(grants))))


def point(unit: int, department: str) -> Expression:
    """Records of one teaching point. The first condition stands there in so many words, for the index that has it too."""
    return (Record.department != SQL("''")) & (Record.unit == unit) & (Record.department == department)


def _record(grant: Grant) -> Expression:
    if grant.department:
        return point(grant.unit_id, grant.department)
    if grant.klass_id is not None:
        return Record.klass == grant.klass_id
    if grant.college_id is not None:
        return Record.college == grant.college_id
    return _unit(grant, Record)


def _class(grant: Grant) -> Expression:
    if grant.department:
        return Class.id.in_(Record.select(Record.klass).where(point(grant.unit_id, grant.department)))
    if grant.klass_id is not None:
        return Class.id == grant.klass_id
    if grant.college_id is not None:
        return Class.college == grant.college_id
    return _unit(grant, Class)


def _college(grant: Grant) -> Expression:
    return College.id == grant.college_id if grant.college_id is not None else _unit(grant, College)


def _unit(grant: Grant, model: type) -> Expression:
    if grant.province:
        return model.unit.in_(Unit.select(Unit.id).where(Unit.province == grant.province))
    return model.id.is_null(False) if grant.everywhere else model.unit == grant.unit_id


def _any(conditions: Sequence[Expression], number) -> Expression:
    return reduce(or_, conditions) if conditions else number.in_([])
