"""Every check of 学历注册 for many graduates at once: eight queries for a portion, however large (R-SCH-13, R-IMG-18).

Not here: what a fault is called, and who registers (`registering.py`).
"""

from collections.abc import Callable, Iterator, Sequence

from webapp.domain import clock, defaults
from webapp.domain.enrolment import fields
from webapp.domain.enrolment.prior import JUNIOR
from webapp.domain.graduation import numbers
from webapp.domain.graduation.copying import copied
from webapp.domain.identity import certificates
from webapp.domain.refused import Refused
from webapp.models import bulk
from webapp.models.base import on_sqlite, transaction
from webapp.models.checks import WAITING, Report
from webapp.models.corrections import OPEN, Correction
from webapp.models.enrolment import Approval
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Unit

PORTION = 200

STATUSES = {"graduated": "B1", "completed": "B2", "incomplete": "B3"}
"""Conclusion → the 学籍状态 with which it leaves: 毕业, 结业, 肄业."""

MAY_LEAVE = ("A1", "A4")
"""Who is 休学 or 保留学籍 comes back first."""

RIGHT, SEEN = ("right", "locked"), ("waiting", "checking", "wrong", "collected")
"""States of a 学历照片: confirmed by the student; good enough, but not confirmed."""

NEEDED = ("name", "sex", "birth_date", "document", "level", "length", "category", "mode", "major", "enrolled_on")


def portions(graduation: Graduation, state: str) -> Iterator[list[int]]:
    """Ids of everybody in a state, some at a time, in the order of the list."""
    last = 0
    while True:
        here = (Graduate.graduation == graduation) & (Graduate.state == state) & (Graduate.id > last)
        some = [number for (number,) in Graduate.select(Graduate.id).where(here).order_by(Graduate.id).limit(PORTION).tuples()]
        if not some:
            return
        yield some
        last = some[-1]


def locked(ids: Sequence[int], state: str) -> list[Graduate]:
    """These graduates as they are now and as far as they are in the state, held until the transaction ends."""
    here = Graduate.id.in_(list(ids)) & (Graduate.state == state)
    held = Graduate.select(Graduate.id).where(here).order_by(Graduate.id)
    mine = [number for (number,) in (held if on_sqlite() else held.for_update()).tuples()]
    query = Graduate.select(Graduate, Graduation, Unit, Record).join(Graduation).join(Unit)
    query = query.join_from(Graduate, Record, on=Graduate.record)
    return list(query.where(Graduate.id.in_(mine)).order_by(Graduate.id))


def check(ids: Sequence[int], state: str = "waiting") -> None:
    """Check a portion and keep what was found."""
    with transaction():
        note(locked(ids, state))


def note(graduates: Sequence[Graduate]) -> dict[int, list[str]]:
    """Check and keep what was found, in place of what was found before. Returns id → faults."""
    found = faults(graduates)
    ids = list(found)
    GraduateFault.delete().where(GraduateFault.graduate.in_(ids)).execute()
    rows = [(one.graduation_id, one.id, code) for one in graduates for code in found[one.id]]
    bulk.insert(GraduateFault, ("graduation_id", "graduate_id", "code"), rows)
    Graduate.update(checked=clock.now()).where(Graduate.id.in_(ids)).execute()
    return found


def faults(graduates: Sequence[Graduate]) -> dict[int, list[str]]:
    """Id → everything that stands against each, in the order of the list; nothing is written."""
    looks: list[Callable[[Graduate], Iterator[str]]] = [
        _photos(graduates),
        _fields,
        _numbers(graduates),
        _prior(graduates),
        _status,
        _waits(graduates),
        _changes(graduates),
    ]
    return {one.id: [code for look in looks for code in look(one)] for one in graduates}


def _photos(graduates: Sequence[Graduate]) -> Callable[[Graduate], Iterator[str]]:
    mine = GraduationPhoto.current & GraduationPhoto.record.in_([one.record_id for one in graduates])
    states = dict(GraduationPhoto.select(GraduationPhoto.record, GraduationPhoto.state).where(mine).tuples())
    must = defaults.value("img.confirmed_first")

    def look(one: Graduate) -> Iterator[str]:
        state = states.get(one.record_id)
        if state is None:
            yield "photo_missing"
        elif state in SEEN:
            if must:
                yield "photo_unchecked"
        elif state not in RIGHT:
            yield "photo_failing"

    return look


def _fields(one: Graduate) -> Iterator[str]:
    record = one.record
    for field in NEEDED:
        if not getattr(record, field) or (field == "name" and record.name_gap):
            yield f"field_{field}"
    if record.enrolled_on and record.enrolled_on >= one.day:
        yield "field_expected_order"


def _numbers(graduates: Sequence[Graduate]) -> Callable[[Graduate], Iterator[str]]:
    typed = [one.certificate for one in graduates if one.certificate]
    held = numbers.held(graduates[0].unit_id, typed) if graduates else {}

    def look(one: Graduate) -> Iterator[str]:
        if not one.certificate:
            if not all(numbers.codes(one.record)):
                yield "number_codes"
            return
        if code := numbers.fault(one, one.record):
            yield code
        if held.get(one.certificate, one.qualification_id) != one.qualification_id:
            yield "certificate_taken"

    return look


def _prior(graduates: Sequence[Graduate]) -> Callable[[Graduate], Iterator[str]]:
    """前置学历: a 专科 of the same person that is registered here, or on paper its school and number (spec 5.1 QSXL)."""
    wanted = {one.record.identity_index for one in graduates if one.record.level == "top_up"} - {None}
    there = (Record.kind == "qualification") & Record.level.in_(JUNIOR) & Record.identity_index.in_(list(wanted))
    found = {index for (index,) in Record.select(Record.identity_index).where(there).tuples()} if wanted else set()

    def look(one: Graduate) -> Iterator[str]:
        if one.record.level != "top_up" or one.record.identity_index in found:
            return
        if not (one.prior and one.prior_school):
            yield "prior_missing"
        elif not _is_junior(one.prior):
            yield "prior_format"

    return look


def _is_junior(number: str) -> bool:
    try:
        certificates.check(number, None, None, "06")
    except Refused:
        return False
    return True


def _status(one: Graduate) -> Iterator[str]:
    if one.record.status not in (*MAY_LEAVE, STATUSES[one.conclusion]):
        yield "status"


def _waits(graduates: Sequence[Graduate]) -> Callable[[Graduate], Iterator[str]]:
    """What is still being decided about the record."""
    ids = [one.record_id for one in graduates]
    doubted = (Approval.kind == "double") & Approval.state.in_(("flagged", "waiting", "refused"))
    found = {
        "double": Approval.select(Approval.record).where(doubted & Approval.record.in_(ids)),
        "correction": Correction.select(Correction.record).where(Correction.state.in_(OPEN[1:]) & Correction.record.in_(ids)),
        "report": Report.select(Report.record).where(Report.state.in_(WAITING) & Report.record.in_(ids)),
    }
    sets = {code: {number for (number,) in query.tuples()} for code, query in found.items()}

    def look(one: Graduate) -> Iterator[str]:
        yield from (code for code, records in sets.items() if one.record_id in records)

    return look


def _changes(graduates: Sequence[Graduate]) -> Callable[[Graduate], Iterator[str]]:
    """Who is registered and whose 学籍 was changed since: the qualification says something else."""
    ids = [one.qualification_id for one in graduates if one.qualification_id]
    made = {record.id: record for record in Record.select().where(Record.id.in_(ids))} if ids else {}

    def look(one: Graduate) -> Iterator[str]:
        said = made.get(one.qualification_id)
        if said is not None and any(
            fields.text_of(getattr(said, field)) != fields.text_of(value) for field, value in copied(one).items()
        ):
            yield "changed"

    return look
