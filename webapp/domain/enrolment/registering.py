"""新生注册: 注册学籍, 保留入学资格, 放弃入学资格 or 取消入学资格, for one student or for many (R-SCH-08).

Not here: the table of moves (`lifecycle.py`) and what the province decides first (`approvals.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import SQL, Expression

from webapp.domain import journal
from webapp.domain.enrolment import doubles, editing, lifecycle
from webapp.domain.enrolment.lifecycle import NEW
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant

MOVES = ("register", "keep_place", "decline", "cancel_admission", "reopen")
"""What may become of a new student."""

PORTION = 100


class Left(NamedTuple):
    """A student for whom the move was refused, and why."""

    record: Record
    refused: Refused


@dataclass(frozen=True, slots=True)
class Choice:
    """Which new students: year of entry, college and class (keys), level, status; "" does not restrict.

    A job has it, so it names nobody.
    """

    year: str = ""
    college: str = ""
    klass: str = ""
    level: str = ""
    status: str = "N0"


def admit(actor: Actor, record: Record, name: str, why: str = "", paper: str = "") -> Record:
    """Make a move of `MOVES`. All but registering need a reason.

    Raises Refused: why_missing, province_first, double_open, admission_differs, published, not_allowed, moved_on.
    """
    if name not in MOVES:
        raise Refused("not_allowed")
    if name != "register" and not why:
        raise Refused("why_missing", field="why")
    if len(why) > editing.WHY:
        raise Refused("why_long", field="why", most=editing.WHY)
    editing.mine(actor, record, Can.ENROL)
    if name == "register":
        doubles.look(record)
    return lifecycle.move(record, name, actor, why, paper)


def admit_all(actor: Actor, records: Iterable[Record], name: str, why: str = "") -> tuple[int, list[Left]]:
    """`admit` for many: how many moved, and who was left and why. Somebody for whom it is refused keeps nobody else back."""
    done, left = 0, []
    for record in records:
        try:
            admit(actor, record, name, why)
            done += 1
        except Refused as refused:
            if refused.code in ("why_missing", "why_long"):
                raise
            left.append(Left(record, refused))
    return done, left


def ask_all(actor: Actor, unit: Unit, name: str, choice: Choice) -> str:
    """Promise `register` or `reopen` for everybody chosen, as a job. Returns its key. Raises Refused: not_allowed."""
    if name not in ("register", "reopen") or unit.id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")
    with transaction():
        chosen = {field: getattr(choice, field) for field in Choice.__dataclass_fields__}
        journal.record("unit.admit_all", actor.name, unit, move=name)
        return journal.promise("enrolment.admit_all", unit=unit.key, staff=actor.key, move=name, **chosen)


def chosen(grants: Sequence[Grant], choice: Choice) -> Expression:
    """The records of new students that a choice names, within reach, as a condition on Record."""
    wanted = scope.records(grants) & (Record.kind == "enrolment")
    wanted &= Record.status.in_(SQL("('N0', 'N1', 'N2', 'N3')"))  # in so many words, as the index says it
    wanted &= Record.status == choice.status if choice.status in (*NEW, "N2", "N3") else Record.status.in_(NEW)
    if choice.year.isdecimal() and 1949 <= int(choice.year) <= 2100:
        wanted &= Record.enrolled_on.between(date(int(choice.year), 1, 1), date(int(choice.year), 12, 31))
    if choice.college:
        wanted &= Record.college.in_(College.select(College.id).where(College.key == choice.college))
    if choice.klass:
        wanted &= Record.klass.in_(Class.select(Class.id).where(Class.key == choice.klass))
    if choice.level:
        wanted &= Record.level == choice.level
    return wanted


def named(actor: Actor, keys: Sequence[str]) -> list[Record]:
    """The records ticked in a list, as far as they lie within reach, by pinyin; one page of them at most."""
    there = scope.records(actor.where(Can.ENROL)) & Record.key.in_(list(keys)[:PORTION]) & (Record.kind == "enrolment")
    return list(Record.select().where(there).order_by(Record.name_sort, Record.id))


def page(grants: Sequence[Grant], choice: Choice, place: Place = FIRST) -> Page:
    """A page of new students, by pinyin, with college and class."""
    query = Record.select(Record, College, Class).left_outer_join(College).switch(Record).left_outer_join(Class)
    query = query.where(Record.unit.in_(scope.units(grants)) & chosen(grants, choice))
    return keyset.cut(query, (Record.name_sort, Record.id), place)


def count(grants: Sequence[Grant], choice: Choice) -> int:
    return Record.select().where(chosen(grants, choice)).count()


def portions(grants: Sequence[Grant], choice: Choice) -> Iterator[list[Record]]:
    """Everybody chosen, some at a time; who stays as they were is not met again."""
    last = 0
    while some := list(Record.select().where(chosen(grants, choice) & (Record.id > last)).order_by(Record.id).limit(PORTION)):
        yield some
        last = some[-1].id
