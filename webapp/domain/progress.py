"""自查进度: who of a campaign has checked and who has not, by school, college and class (R-CHK-08, R-CHK-17).

Not here: what a check may become (`checks.py`) and the files that are taken away (`exports.py`).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple, Self

from peewee import JOIN, Expression, ModelSelect, fn

from webapp.domain import checks, clock, defaults
from webapp.models import keyset, scope
from webapp.models.accounts import OWNING, Account
from webapp.models.base import transaction
from webapp.models.checks import WAITING, Check, Report, ReportedField, Snapshot
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College
from webapp.models.staff import Grant

UNREADY = {"view": ("unseen", "again"), "confirm": ("unseen", "seen", "again")}

PHASES = ("open", "over", "waiting", "undated", "closed")
"""Which campaign the board shows first."""


@dataclass(frozen=True, slots=True)
class View:
    """A campaign as one member of staff sees it: whole, one college of it, one teaching point, or one class."""

    campaign: Campaign
    grants: tuple[Grant, ...]
    college: College | None = None
    klass: Class | None = None

    def within(self, college: College | None = None, klass: Class | None = None) -> Self:
        return replace(self, college=college, klass=klass)

    @property
    def checks(self) -> Expression:
        """The checks in view, as a condition that the index of the board answers."""
        seen = Check.campaign == self.campaign.id
        if self.klass is not None:
            seen &= Check.klass == self.klass.id
        if self.college is not None:
            seen &= Check.college == self.college.id
        if any(grant.whole for grant in self.grants):
            return seen
        return seen & reduce(or_, [_reach(grant) for grant in self.grants], Check.id.in_([]))


def _reach(grant: Grant) -> Expression:
    if grant.department:
        return Check.record.in_(Record.select(Record.id).where(scope.point(grant.unit_id, grant.department)))
    return Check.klass == grant.klass_id if grant.klass_id is not None else Check.college == grant.college_id


class Counts(NamedTuple):
    """应查, 已查 (有误 among them), 有误 that wait for the school, 未查, 卡住: due = done + unseen + held."""

    due: int = 0
    done: int = 0
    wrong: int = 0
    unseen: int = 0
    held: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))

    @property
    def rate(self) -> int:
        """Whole percent, rounded down: 100 is shown when nobody is left."""
        return 100 * self.done // self.due if self.due else 0

    @property
    def left(self) -> int:
        return self.unseen + self.held


def campaigns(grants: Iterable[Grant], kinds: Sequence[str] = ("check",)) -> list[Campaign]:
    """The campaigns in reach: those that run, then those to come, then the closed ones.

    Among equals they come in the order of `kinds`, and of one kind the newest first.
    """
    found = Campaign.select().where(scope.campaigns(grants) & Campaign.kind.in_(kinds))
    newest = sorted(found, key=lambda one: (one.starts or date.min, one.id), reverse=True)
    return sorted(newest, key=lambda one: (PHASES.index(checks.phase(one)), kinds.index(one.kind)))


def view(campaign: Campaign, grants: Iterable[Grant]) -> View:
    """What these grants see of a campaign; those of other schools see nothing of it."""
    return View(campaign, tuple(grant for grant in grants if campaign.unit_id in scope.units((grant,))))


def part(whole: View, model: type[College] | type[Class], key: str) -> College | Class | None:
    """The college or class with this key, if the whole of it lies in view."""
    reach = scope.colleges(whole.grants) if model is College else scope.classes(whole.grants)
    return model.get_or_none((model.key == key) & (model.unit == whole.campaign.unit_id) & reach)


def places(model: type[College] | type[Class], ids: Iterable[int | None]) -> dict[int, College | Class]:
    """Colleges or classes by their numbers."""
    return {one.id: one for one in model.select().where(model.id.in_([one for one in ids if one is not None]))}


def unready() -> tuple[str, ...]:
    """States in which a student still has to do something, by the setting `chk.complete_on` (R-CHK-02)."""
    return UNREADY[defaults.value("chk.complete_on")]


def waiting() -> Expression:
    """The student still has to do something."""
    return Check.state.in_(unready())


def counts(view: View) -> dict[tuple[int | None, int | None], Counts]:
    """The board: counts by (college, class), from one index, as they are at this moment."""
    kinds = (Check.college, Check.klass, Check.state, Check.held)  # as in the index: no sorting
    query = Check.select(*kinds, fn.COUNT(Check.id)).where(view.checks & (Check.state != "exempt")).group_by(*kinds)
    todo = unready()
    board: dict[tuple[int | None, int | None], Counts] = {}
    for college, klass, state, held, many in query.tuples():
        row = _counted(state, held, many, todo)
        board[college, klass] = board.get((college, klass), Counts()).plus(row)
    return board


def _counted(state: str, held: str, many: int, todo: tuple[str, ...]) -> Counts:
    if state not in todo:
        return Counts(due=many, done=many, wrong=many if state == "reported" else 0)
    return Counts(due=many, held=many) if held else Counts(due=many, unseen=many)


def total(some: Iterable[Counts]) -> Counts:
    return reduce(Counts.plus, some, Counts())


def registered(view: View) -> int:
    """How many of 未查 have an account already: registered, not checked."""
    query = Check.select(fn.COUNT(Check.id)).join(Record).join(Account, on=_holder())
    return query.where(view.checks & waiting() & (Check.held == "")).scalar()


def _holder() -> Expression:
    """An account in use of the person in the record, whether the record was bound to it or not."""
    return (Account.identity_index == Record.identity_index) & Account.state.in_(OWNING)


@dataclass(frozen=True, slots=True)
class Student:
    """One line of a list. `step` says how far: unregistered, unchecked, held (`held` is why), or the check's own state."""

    key: str
    id: int
    name: str
    number: str
    klass: str | None
    state: str
    held: str
    held_since: datetime | None
    seen: datetime | None
    confirmed: datetime | None
    joined: datetime | None
    phone: str | None
    """Whether the school has a phone of theirs: its index, never the number."""

    @property
    def step(self) -> str:
        if self.state not in unready():
            return self.state
        if self.held:
            return "held"
        if self.state == "again":
            return "again"
        return "unchecked" if self.joined else "unregistered"

    @property
    def last(self) -> datetime | None:
        """When something was last done."""
        return max(filter(None, (self.held_since, self.seen, self.confirmed, self.joined)), default=None)


def _which(name: str) -> Expression:
    """The condition behind a filter of the lists."""
    todo, free = waiting(), Check.held == ""
    return {
        "everyone": Check.id.is_null(False),
        "all": todo,
        "unregistered": todo & free & Account.id.is_null(),
        "unchecked": todo & free & Account.id.is_null(False),
        "held": todo & ~free,
        "wrong": Check.state == "reported",
        "done": ~todo & (Check.state != "exempt"),
        "exempt": Check.state == "exempt",
    }[name]


def students(view: View, which: str, place: Place = FIRST, size: int = keyset.SIZE, only: Iterable[Expression] = ()) -> Page:
    """A page of the students of a list, by pinyin; `all` is who is to be reminded (R-CHK-09, R-SCH-18). `only` narrows it."""
    return keyset.cut(listed(view, which).where(*only), (Record.name_sort, Record.id), place, size=size)


def listed(view: View, which: str) -> ModelSelect:
    """The students of a list as a query over Record, its Check, and the Account of its person, if any."""
    return _listed(view).where(_which(which))


def student(view: View, record: Record) -> Student | None:
    """One student of the campaign, if in view."""
    return _listed(view).where(Record.id == record.id).first()


def check(view: View, key: str) -> Check | None:
    """The check of the record with this key, if in view."""
    return Check.select(Check, Record).join(Record).where(view.checks & (Record.key == key)).first()


def wrong_fields(check: Check) -> list[str]:
    """Columns that the student reported and the school has not answered yet."""
    fields = ReportedField.select(ReportedField.field).join(Report)
    return [name for (name,) in fields.where((Report.check_row == check) & Report.state.in_(WAITING)).tuples()]


def _listed(view: View) -> ModelSelect:
    columns = {
        "key": Record.key, "id": Record.id, "name": Record.name, "number": Record.student_number, "klass": Class.name,
        "state": Check.state, "held": Check.held, "held_since": Check.held_since, "seen": Check.seen,
        "confirmed": Check.confirmed, "joined": Account.created,
        "phone": Record.phone_index,
    }  # fmt: skip
    here = (Record.unit == view.campaign.unit_id) & (Record.kind == "enrolment")
    if view.klass is not None:
        here &= Record.klass == view.klass.id
    return (
        Record.select(*[column.alias(name) for name, column in columns.items()])
        .join(Check, on=(Check.record == Record.id))
        .join_from(Record, Class, JOIN.LEFT_OUTER)
        .join_from(Record, Account, JOIN.LEFT_OUTER, on=_holder())
        .where(here & view.checks)
        .objects(Student)
    )


def keep(campaign: Campaign, day: date) -> None:
    """The daily snapshot: how every class stood at the end of a day. Kept once; a second time changes nothing."""
    by_class: dict[int | None, Counts] = {}
    for (_, klass), row in counts(View(campaign, (Grant(unit=campaign.unit_id),))).items():
        by_class[klass] = by_class.get(klass, Counts()).plus(row)
    with transaction():
        if Snapshot.select().where((Snapshot.campaign == campaign) & (Snapshot.day == day)).exists():
            return
        for klass, row in by_class.items():
            Snapshot.create(campaign=campaign, klass=klass, day=day, counts=json.dumps(row._asdict()))


def done_yesterday(view: View, classes: Iterable[int | None]) -> int | None:
    """How many of these classes had checked by the end of yesterday; None where nobody counted.

    Whole classes were counted: who sees a teaching point may see a part of one.
    """
    if any(grant.department for grant in view.grants):
        return None
    wanted = set(classes)
    day = clock.today() - timedelta(days=1)
    rows = Snapshot.select(Snapshot.klass, Snapshot.counts).where((Snapshot.campaign == view.campaign) & (Snapshot.day == day))
    found = [json.loads(kept)["done"] for klass, kept in rows.tuples() if klass in wanted]
    return sum(found) if found else None
