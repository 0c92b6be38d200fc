"""Who is on the list of a year: whole classes out of the 学籍 records, and what one certificate says differently.

Not here: what stands against each of them (`checking.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peewee import Expression

from webapp.domain import clock, journal
from webapp.domain.enrolment.lifecycle import ENROLLED
from webapp.domain.graduation import lifecycle, numbers
from webapp.domain.identity import certificates, student_numbers, tables
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import bulk, scope
from webapp.models.base import new_key, transaction
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.records import Record
from webapp.models.school import Class, College

LEFT = ("B1", "B2", "B3")
"""毕业, 结业, 肄业: the status that somebody may have already when the list is made."""

COLUMNS = (
    "key", "graduation_id", "unit_id", "record_id", "state", "conclusion", "day", "president", "certificate",
    "prior_school", "prior", "created",
)  # fmt: skip

SCHOOL, NUMBER = 60, 40
"""Characters of the earlier school's name, and of a certificate's number."""

LISTED = 1000
"""Lines of one list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which students: year of entry, college and class (keys), level, year of 预计毕业日期; "" does not restrict."""

    year: str = ""
    college: str = ""
    klass: str = ""
    level: str = ""
    until: str = ""


def chosen(graduation: Graduation, choice: Choice) -> Expression:
    """Students of the school who may leave it and are on no list yet, as a condition on Record."""
    wanted = (Record.unit == graduation.unit_id) & (Record.kind == "enrolment") & Record.published.is_null()
    wanted &= Record.status.in_((*ENROLLED, *LEFT))
    for column, told in ((Record.enrolled_on, choice.year), (Record.expected_on, choice.until)):
        if told.isdecimal() and 1949 <= int(told) <= 2100:
            wanted &= column.between(date(int(told), 1, 1), date(int(told), 12, 31))
    if choice.college:
        wanted &= Record.college.in_(College.select(College.id).where(College.key == choice.college))
    if choice.klass:
        wanted &= Record.klass.in_(Class.select(Class.id).where(Class.key == choice.klass))
    if choice.level:
        wanted &= Record.level == choice.level
    on_a_list = Graduate.select(Graduate.record).where(Graduate.unit == graduation.unit_id)
    return wanted & Record.id.not_in(on_a_list)


def count(graduation: Graduation, choice: Choice) -> int:
    return Record.select().where(chosen(graduation, choice)).count()


def add(actor: Actor, graduation: Graduation, choice: Choice) -> int:
    """Put everybody chosen on the list, by college, class and name; done twice, nobody is twice on it. Returns how many.

    Raises Refused: graduation_asked, not_allowed.
    """
    actor.require(Can.ENROL)
    lifecycle.within(graduation, actor)
    at = str(clock.now())
    with transaction():
        graduation = graduation.locked()
        if graduation.state in ("asked", "agreed"):
            raise Refused("graduation_asked")
        query = Record.select(Record.id, Record.status).left_outer_join(College).switch(Record).left_outer_join(Class)
        query = query.where(chosen(graduation, choice)).order_by(College.name, Class.name, Record.name_sort, Record.id)
        said = (graduation.id, graduation.unit_id)
        told = (str(graduation.day), graduation.president, "", "", "", at)
        rows = [(new_key(), *said, one, "waiting", _conclusion(status), *told) for one, status in query.tuples()]
        bulk.insert(Graduate, COLUMNS, rows)
        journal.record("graduation.add", actor.name, graduation, count=len(rows))
    return len(rows)


def _conclusion(status: str) -> str:
    """毕业, unless the 学籍 says already how somebody left."""
    return {"B2": "completed", "B3": "incomplete"}.get(status, "graduated")


def change(actor: Actor, graduate: Graduate, values: Mapping[str, object]) -> Graduate:
    """Change conclusion, day, president, certificate, prior_school or prior of somebody who is 待注册.

    Its checks have to be made again. Raises Refused: conclusion_unknown, graduation_day, president_missing, number_given,
    certificate_* (as `certificates.check`), certificate_school, certificate_taken, prior_long (most), moved_on, not_allowed.
    """
    actor.require(Can.ENROL)
    lifecycle.within(graduate, actor)
    with transaction():
        graduate = graduate.locked()
        if graduate.state != "waiting":
            raise Refused("moved_on", state=graduate.state)
        before = {field: getattr(graduate, field) for field in values}
        for field, value in values.items():
            setattr(graduate, field, value)
        _check(graduate, before)
        graduate.checked = None
        graduate.save()
        GraduateFault.delete().where(GraduateFault.graduate == graduate).execute()
        differs = sorted(field for field, value in values.items() if before[field] != value)
        journal.record("graduate.change", actor.name, graduate, fields=differs)
    return graduate


def _check(graduate: Graduate, before: Mapping[str, object]) -> None:
    if graduate.conclusion not in tables.CONCLUSIONS:
        raise Refused("conclusion_unknown", field="conclusion")
    if graduate.day.year != graduate.graduation.year:
        raise Refused("graduation_day", field="day")
    if not graduate.president:
        raise Refused("president_missing", field="president")
    if len(graduate.prior_school) > SCHOOL or len(graduate.prior) > NUMBER:
        raise Refused("prior_long", field="prior_school", most=SCHOOL)
    was, now = before.get("certificate", graduate.certificate), graduate.certificate
    if was and was != now:
        raise Refused("number_given", field="certificate")
    if now and now != was:
        if found := numbers.fault(graduate, graduate.record):
            raise Refused(found, field="certificate", length=len(now), found=now, year=graduate.day.year)
        if numbers.is_taken(graduate):
            raise Refused("certificate_taken", field="certificate")


def change_listed(actor: Actor, graduation: Graduation, lines: list[str]) -> tuple[int, list[str]]:
    """By a list: 学号, then 结论 and certificate number in any order, a student in each line.

    Returns how many, and the lines that name nobody on the list or something that does not fit. Raises year_list_long (most).
    """
    done, left = 0, []
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) > LISTED:
        raise Refused("year_list_long", field="listed", most=LISTED)
    for line in lines:
        number, *words = line.replace("，", " ").replace(",", " ").split()
        try:
            found = _numbered(graduation, number)
            change(actor, found, dict(_said(word) for word in words))
            done += 1
        except Refused:
            left.append(line[:80])
    return done, left


def _said(word: str) -> tuple[str, str]:
    """A word of a list: a certificate's number has digits, a conclusion has none."""
    if any(sign.isdigit() for sign in word):
        return "certificate", certificates.clean(word)
    return "conclusion", tables.CONCLUSIONS.read(word).code


def _numbered(graduation: Graduation, number: str) -> Graduate:
    spelled = (student_numbers.clean(number), student_numbers.canonical(student_numbers.clean(number)))
    here = (Graduate.graduation == graduation) & (Graduate.state == "waiting") & Record.student_number.in_(spelled)
    found = Graduate.select(Graduate, Record).join(Record, on=Graduate.record).where(here).first()
    if found is None:
        raise Refused("nobody_listed")
    return found


def remove(actor: Actor, graduate: Graduate) -> None:
    """Take somebody off the list who does not graduate this year; a given number stays given, so that no gap comes.

    Raises Refused: number_given, moved_on, not_allowed.
    """
    actor.require(Can.ENROL)
    lifecycle.within(graduate, actor)
    with transaction():
        graduate = graduate.locked()
        if graduate.state != "waiting":
            raise Refused("moved_on", state=graduate.state)
        if graduate.certificate:
            raise Refused("number_given")
        GraduateFault.delete().where(GraduateFault.graduate == graduate).execute()
        journal.record("graduate.remove", actor.name, graduate)
        graduate.delete_instance()


def find(actor: Actor, key: str) -> Graduate | None:
    """One on a list within reach, with year, enrolment and what stands against it."""
    there = Graduate.unit.in_(scope.units(actor.where(Can.ENROL))) & (Graduate.key == key)
    query = Graduate.select(Graduate, Graduation, Record).join(Graduation).join_from(Graduate, Record, on=Graduate.record)
    return query.where(there).first()


def faults(graduate: Graduate) -> list[str]:
    """What the last check found."""
    query = GraduateFault.select(GraduateFault.code).where(GraduateFault.graduate == graduate).order_by(GraduateFault.id)
    return [code for (code,) in query.tuples()]
