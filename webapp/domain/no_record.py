"""查无学籍: a student whom the system shows no record tells the school's office in one press (R-BND-08, R-BND-09).

The office sees what was typed and a reason worked out from its own roster; the student learns nothing of that.
"""

from webapp.domain import checks, clock, defaults, journal, matching, messages
from webapp.domain.enrolment import schools
from webapp.domain.identity import names, student_numbers
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can, student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.checks import NoRecord
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff

NOTE = 200
"""Characters of a note, and of the office's answer."""

SCHOOL = 60
"""Characters kept of the school's name as it was typed."""

REASONS = ("name", "document", "not_reported", "before_1991")
"""姓名不一致, 证件不一致, 未上报, 已毕业 1991 前."""

NO_RECORD = Lifecycle(NoRecord, Move("answer", ("open",), "answered", Can.ANSWER))


def newest(account: Account) -> NoRecord | None:
    """The student's last note, open or answered."""
    return NoRecord.select().where(NoRecord.account == account).order_by(NoRecord.id.desc()).first()


def tell(account: Account, school: str, number: str, note: str = "") -> NoRecord:
    """Write the note; the clock of the record that the 学号 points to stands until the office answers (R-CHK-17).

    Told twice, the first note stands. Every note has a school that reads it. Raises Refused: student_number_format (most),
    no_record_note_long (most, over), no_record_school (no school of that name is here).
    """
    number = student_numbers.clean(number)
    if number:
        student_numbers.check(number)
    if len(note) > NOTE:
        raise Refused("no_record_note_long", field="note", most=NOTE, over=len(note) - NOTE)
    with transaction():
        account = account.locked()
        if before := NoRecord.get_or_none((NoRecord.account == account) & (NoRecord.state == "open")):
            return before
        unit = unit_named(school) or the_only_unit()
        record = _pointed_at(account, unit, number)
        unit = record.unit if record else unit
        if unit is None:
            raise Refused("no_record_school", field="school")
        made = NoRecord.create(
            account=account,
            unit=unit,
            record=record,
            school=school[:SCHOOL],
            student_number=number or None,
            note=note or None,
            reason=_why(account, record),
            created=clock.now(),
        )
        if record:
            checks.hold([record], "no_record")
        journal.record("no_record.tell", student(account.key).name, made, reason=made.reason)
    return made


def answer(note: NoRecord, actor: Actor, staff: Staff, text: str) -> NoRecord:
    """The office's answer closes the note and lets the clock go on. Raises Refused: answer_empty, answer_long, moved_on."""
    if not text:
        raise Refused("answer_empty", field="answer")
    if len(text) > NOTE:
        raise Refused("answer_long", field="answer", most=NOTE, over=len(text) - NOTE)
    with transaction():
        if note.record:
            checks.release(note.record)
        told = NO_RECORD.move(note, "answer", actor, answer=text, staff=staff, answered=clock.now())
        messages.tell(told.account, "no_record_answered", link="/records/none", topic="check")
    return told


def find_later() -> int:
    """Tell students of notes whose record has come in since, by a roster or an edit (R-CHK-12). Returns how many there were."""
    there = (Record.identity_index == Account.identity_index) & (Record.kind == "enrolment")
    query = NoRecord.select(NoRecord, Account, Record).join(Account).join(Record, on=there, attr="come")
    mine = Record.account.is_null() | (Record.account == Account.id)
    new = NoRecord.found.is_null() & (Account.state == "active") & mine
    return sum(_found(note, note.account.come) for note in query.where(new).order_by(NoRecord.id) if _hers(note))


def _hers(note: NoRecord) -> bool:
    called, record = note.account.name, note.account.come
    return record.name_compare == names.compare(called) or matching.lacks(record.name, called)


def _found(note: NoRecord, record: Record) -> bool:
    """Once for each note; who was told by the change itself, or opened the record, is not told again."""
    with transaction():
        note = note.locked()
        if note.found is not None:
            return False
        note.found = clock.now()
        note.save()
        journal.record("no_record.found", SYSTEM.name, note)
        if record.account_id is None:
            messages.tell(note.account, "record_found", link="/records", topic="check")
    return True


def unit_named(text: str) -> Unit | None:
    """The school that a person means, by any of its names, now or formerly."""
    return next(iter(schools.named(text)), None)


def the_only_unit() -> Unit | None:
    """The school of an instance that serves one."""
    units = list(Unit.select().limit(2))
    return units[0] if len(units) == 1 else None


def _pointed_at(account: Account, unit: Unit | None, number: str) -> Record | None:
    """The record meant: the one with the student's own identity, else the one with her name and the 学号 that she typed.

    A stranger's number with nothing in common points nowhere, so that nobody can stop another's clock.
    """
    free = Record.account.is_null() & (Record.kind == "enrolment")
    if unit is not None:
        free &= Record.unit == unit
    own = Record.select().where(free & (Record.identity_index == account.identity_index))
    if found := own.order_by(Record.enrolled_on.desc(), Record.id.desc()).first():
        return found
    if not number:
        return None
    named = (Record.name_sort == names.sort_key(account.name)) & (Record.name_compare == account.name_compare)
    spelled = Record.student_number.in_((number, student_numbers.canonical(number)))
    return Record.select().where(free & named & spelled).first()


def _why(account: Account, record: Record | None) -> str:
    if record is None:
        return "not_reported"
    left = record.left_on or record.expected_on
    if left is not None and left.year < defaults.value("bnd.first_year"):
        return "before_1991"
    return "document" if record.name_compare == account.name_compare else "name"
