"""开窗体检: what a campaign would stumble over, on the school's own roster, before it opens (R-CHK-18).

It only counts and names; nothing is changed, and nobody is kept from opening a campaign. Seven queries, whatever the roster.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from peewee import Case, Expression, ModelSelect, fn

from webapp.domain import checks, clock, defaults, workdays
from webapp.models.accounts import OWNING, Account
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College
from webapp.models.staff import Grant

SHOWN = 20
"""Of each kind so many are named; how many there are is always told."""

LONGEST = 366
"""Days of a window that are looked at."""

One = TypeVar("One")


class Some(NamedTuple, Generic[One]):
    """How many there are, and the first SHOWN of them."""

    count: int
    first: list[One]


class Student(NamedTuple):
    """Somebody whom the office has to look at; `what` are the characters that cannot be drawn."""

    key: str
    name: str
    number: str
    what: str = ""


class Alone(NamedTuple):
    """A class that no counsellor answers for."""

    college: str
    klass: str
    students: int


@dataclass(frozen=True, slots=True)
class Days:
    """A window by the calendar: working days, days off among Monday to Friday, and whether nobody is there on its last day."""

    workdays: int
    holidays: list[date]
    ends_off: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was found. Without `days` the campaign has no dates yet."""

    due: int
    registered: int
    without_phone: int
    without_class: int
    without_photo: int
    gaps: Some[Student]
    undrawable: Some[Student]
    doubles: Some[Student]
    alone: Some[Alone]
    days: Days | None

    @property
    def codes(self) -> int:
        """SMS at least: a code for everybody who has no account yet."""
        return self.due - self.registered

    @property
    def cost(self) -> float:
        """What they cost, in yuan, by the setting `sms.price`."""
        return self.codes * defaults.value("sms.price") / 1000

    @property
    def hours(self) -> int:
        """Hours in which the site may send them, begun ones whole, by the setting `sms.per_hour`."""
        return -(-self.codes // defaults.value("sms.per_hour"))


def rehearse(campaign: Campaign, undrawable: Callable[[str], str]) -> Rehearsal:
    """Look through the roster of a campaign. `undrawable` tells which characters of a text no font holds (`ports.Pdf`)."""
    here = checks.in_scope(campaign) & (Record.exempt == "")
    due, phones, classes, photos, gaps = _counted(here)
    return Rehearsal(
        due=due,
        registered=_registered(here),
        without_phone=due - phones,
        without_class=due - classes,
        without_photo=due - photos,
        gaps=Some(gaps, _students(here & Record.name_gap)),
        undrawable=_undrawable(here, undrawable),
        doubles=_doubles(here),
        alone=_alone(here),
        days=_days(campaign.starts, campaign.ends) if campaign.starts and campaign.ends else None,
    )


def _counted(here: Expression) -> tuple[int, ...]:
    """Records, and how many of them have a phone, a class, a photo, a gap in the name."""
    kinds = (Record.phone_index, Record.klass, Record.photo)
    gap = fn.COALESCE(fn.SUM(Case(None, [(Record.name_gap, 1)], 0)), 0)
    return Record.select(fn.COUNT(Record.id), *(fn.COUNT(kind) for kind in kinds), gap).where(here).tuples().get()


def _registered(here: Expression) -> int:
    """How many have an account in use, bound or not."""
    owner = (Account.identity_index == Record.identity_index) & Account.state.in_(OWNING)
    return Record.select(fn.COUNT(Record.id.distinct())).join(Account, on=owner).where(here).scalar()


def _students(which: Expression) -> list[Student]:
    return [Student(*row) for row in _listed().where(which).order_by(Record.name_sort, Record.id).limit(SHOWN).tuples()]


def _listed() -> ModelSelect:
    return Record.select(Record.key, Record.name, Record.student_number)


def _undrawable(here: Expression, undrawable: Callable[[str], str]) -> Some[Student]:
    """Every name is read once, a character at a time: the database knows no fonts."""
    names = [name for (name,) in Record.select(Record.name).where(here).tuples()]
    missing = set(undrawable("".join(set().union(*names))))
    affected = [name for name in names if not missing.isdisjoint(name)] if missing else []
    found = _students(here & Record.name.in_(sorted(set(affected))[:SHOWN]))
    return Some(len(affected), [one._replace(what="".join(c for c in one.name if c in missing)) for one in found])


def _doubles(here: Expression) -> Some[Student]:
    """Records of one person twice among those who are to check."""
    twice = Record.select(Record.identity_index).where(here & Record.identity_index.is_null(False))
    twice = twice.group_by(Record.identity_index).having(fn.COUNT(Record.id) > 1)
    rows = _listed().where(here & Record.identity_index.in_(twice)).order_by(Record.identity_index, Record.id)
    found = [Student(*row) for row in rows.tuples()]
    return Some(len(found), found[:SHOWN])


def _alone(here: Expression) -> Some[Alone]:
    at = clock.now()
    live = (Grant.role == "C") & (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & Grant.klass.is_null(False)
    rows = (
        Record.select(College.name, Class.name, fn.COUNT(Record.id))
        .join(Class, on=Record.klass)
        .join(College)
        .where(here & Record.klass.not_in(Grant.select(Grant.klass).where(live)))
        .group_by(Class.id, College.name, Class.name)
        .order_by(College.name, Class.name)
    )
    found = [Alone(*row) for row in rows.tuples()]
    return Some(len(found), found[:SHOWN])


def _days(starts: date, ends: date) -> Days:
    days = [starts + timedelta(days=n) for n in range(min((ends - starts).days + 1, LONGEST))]
    off = [day for day in days if not workdays.is_workday(day)]
    return Days(len(days) - len(off), [day for day in off if day.weekday() < 5], not workdays.is_workday(ends))
