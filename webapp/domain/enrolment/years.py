"""学年注册: every autumn each student is registered anew: 注册学籍, 暂缓注册, 休学 or 保留学籍 (R-SCH-11).

By class or list at once, exceptions by hand; another word for the same year is kept beside the first. Who entered this year
is registered as a new student (`registering.py`), not here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from peewee import JOIN, SQL, Case, Expression, fn

from webapp.domain import clock, journal
from webapp.domain.enrolment import editing, lifecycle
from webapp.domain.enrolment.lifecycle import ENROLLED
from webapp.domain.identity import student_numbers, tables
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import bulk, scope
from webapp.models.base import new_key, transaction
from webapp.models.enrolment import YearRegistration
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant

FIRST_MONTH = 8
"""From August on the coming school year may be registered."""

OUTCOMES = ("A1", "A4", "A2", "A3")
"""注册学籍, 暂缓注册, 休学, 保留学籍."""

_TO = {"A1": {"A4": "register_again", "A2": "resume", "A3": "resume"}, "A4": {"A1": "defer"}}
_TO |= {"A2": {"A1": "suspend", "A4": "suspend"}, "A3": {"A1": "keep", "A2": "keep", "A4": "keep"}}
"""Outcome → status that a student has → the move between them."""

AS_THEY_ARE = ("A1", "A2", "A3")
"""Statuses that a whole class keeps when it is registered at once; 暂缓注册 is decided by hand."""

LISTED = 1000
"""Lines of one list: each student is told, so a longer one would keep the page waiting."""

COLUMNS = ("key", "record_id", "unit_id", "year", "outcome", "current", "who", "at")


class Standing(NamedTuple):
    """A class in the year's registration: how many are to be registered and how many are."""

    college: str
    klass: str
    key: str
    due: int
    done: int


def this_year() -> int:
    """The year in which the running school year began."""
    today = clock.today()
    return today.year if today.month >= FIRST_MONTH else today.year - 1


def due(grants: Sequence[Grant], year: int) -> Expression:
    """Who is to be registered for the year: 在籍, and here since before it began."""
    before = Record.enrolled_on.is_null() | (Record.enrolled_on < date(year, FIRST_MONTH, 1))
    enrolled = Record.status.in_(SQL("('A1', 'A2', 'A3', 'A4')"))  # in so many words, as the index says it
    return scope.records(grants) & (Record.kind == "enrolment") & enrolled & before


def board(grants: Sequence[Grant], year: int) -> list[Standing]:
    """Class by class, how far the year's registration is."""
    done = fn.SUM(Case(None, [(YearRegistration.id.is_null(False), 1)], 0))
    query = (
        Record.select(College.name, Class.name, Class.key, fn.COUNT(Record.id), done)
        .join(Class, JOIN.LEFT_OUTER, on=(Record.klass == Class.id))
        .join(College, JOIN.LEFT_OUTER, on=(Class.college == College.id))
        .join(YearRegistration, JOIN.LEFT_OUTER, on=_of(year))
        .where(Record.unit.in_(scope.units(grants)) & due(grants, year))
        .group_by(College.name, Class.name, Class.key)
        .order_by(College.name, Class.name)
    )
    return [Standing(college or "", klass or "", key or "", *counted) for college, klass, key, *counted in query.tuples()]


def members(grants: Sequence[Grant], klass: Class, year: int) -> list[Record]:
    """The students of a class with what they are registered with (`outcome`, None where not yet), by pinyin."""
    query = (
        Record.select(Record, YearRegistration.outcome.alias("outcome"))
        .join(YearRegistration, JOIN.LEFT_OUTER, on=_of(year))
        .where((Record.klass == klass) & due(grants, year))
        .order_by(Record.name_sort, Record.id)
    )
    return list(query.objects())


def register(actor: Actor, record: Record, year: int, outcome: str, note: str = "") -> YearRegistration:
    """Register one student; the status follows for the running year. Sent twice, nothing changes.

    Raises Refused: year_outcome, year_wrong, why_long, year_unfit, published, not_allowed.
    """
    editing.mine(actor, record, Can.ENROL)
    if outcome not in OUTCOMES:
        raise Refused("year_outcome", field="outcome")
    if not this_year() - 1 <= year <= this_year():
        raise Refused("year_wrong", field="year")
    if len(note) > editing.WHY:
        raise Refused("why_long", field="note", most=editing.WHY)
    with transaction():
        record = record.locked()
        if record.status not in ENROLLED:
            raise Refused("year_unfit")
        before = YearRegistration.get_or_none(_standing(record, year))
        if before is not None and before.outcome == outcome:
            return before
        if year == this_year() and record.status != outcome:
            record = lifecycle.move(record, _way(record.status, outcome), actor, note)
        if before is not None:
            YearRegistration.update(current=False).where(YearRegistration.id == before.id).execute()
        row = YearRegistration(record=record, unit=record.unit_id, year=year, outcome=outcome, who=actor.name, at=clock.now())
        row.note = note or None
        row.save(force_insert=True)
        journal.record("record.register_year", actor.name, record, year=year, outcome=outcome)
    return row


def register_several(actor: Actor, records: Iterable[Record], year: int, outcome: str, note: str = "") -> None:
    """Register these with one outcome, all or none. Raises Refused: as `register`."""
    with transaction():
        for record in records:
            register(actor, record, year, outcome, note)


def register_class(actor: Actor, klass: Class, year: int) -> int:
    """Register everybody of a class who is not yet, with the status they have. Returns how many.

    Raises Refused: year_wrong, not_allowed.
    """
    if not this_year() - 1 <= year <= this_year():
        raise Refused("year_wrong", field="year")
    grants = actor.where(Can.ENROL)
    actor.require(Can.ENROL)
    at = clock.now()
    with transaction():
        klass = klass.locked()
        missing = (Record.klass == klass) & due(grants, year) & Record.status.in_(AS_THEY_ARE) & YearRegistration.id.is_null()
        query = Record.select(Record.id, Record.status).join(YearRegistration, JOIN.LEFT_OUTER, on=_of(year)).where(missing)
        rows = [(new_key(), id_, klass.unit_id, year, status, True, actor.name, str(at)) for id_, status in query.tuples()]
        bulk.insert(YearRegistration, COLUMNS, rows)
        journal.record("class.register_year", actor.name, klass, year=year, count=len(rows))
    return len(rows)


def register_listed(actor: Actor, unit: Unit, year: int, lines: Iterable[str]) -> tuple[int, list[str]]:
    """Register by a list: 学号 and, where it is not 注册学籍, the outcome, a student in each line.

    Returns how many, and the lines that name nobody or an outcome that does not fit. Raises Refused: year_list_long (most),
    year_wrong, not_allowed.
    """
    done, left, lines = 0, [], list(filter(None, map(str.strip, lines)))
    if len(lines) > LISTED:
        raise Refused("year_list_long", field="listed", most=LISTED)
    for line in lines:
        number, _, word = line.replace("\t", " ").replace("，", " ").replace(",", " ").partition(" ")
        try:
            outcome = _outcome(word.strip())
            record = _numbered(actor, unit, number)
            register(actor, record, year, outcome)
            done += 1
        except Refused as refused:
            if refused.code == "year_wrong":
                raise
            left.append(line[:60])
    return done, left


def of(record: int) -> list[YearRegistration]:
    """Every word about every year, newest first."""
    query = YearRegistration.select().where(YearRegistration.record == record)
    return list(query.order_by(YearRegistration.year.desc(), YearRegistration.id.desc()))


def _of(year: int) -> Expression:
    return (YearRegistration.record == Record.id) & (YearRegistration.year == year) & YearRegistration.current


def _standing(record: Record, year: int) -> Expression:
    return (YearRegistration.record == record) & (YearRegistration.year == year) & YearRegistration.current


def _way(status: str, outcome: str) -> str:
    name = _TO[outcome].get(status)
    if name is None:
        raise Refused("year_unfit")
    return name


def _outcome(word: str) -> str:
    found = tables.STATUSES.read(word).code if word else "A1"
    if found not in OUTCOMES:
        raise Refused("year_outcome")
    return found


def _numbered(actor: Actor, unit: Unit, number: str) -> Record:
    spelled = (student_numbers.clean(number), student_numbers.canonical(student_numbers.clean(number)))
    mine = scope.records(actor.where(Can.ENROL)) & (Record.unit == unit) & (Record.kind == "enrolment")
    found = Record.select().where(mine & Record.student_number.in_(spelled) & Record.status.in_(ENROLLED)).first()
    if found is None:
        raise Refused("nobody_listed")
    return found
