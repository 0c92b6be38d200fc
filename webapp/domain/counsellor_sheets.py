"""A sheet of counsellors and their classes: what its rows would do, and doing it (R-SCH-34).

Not here: opening the sheet (`providers/sheets.py`), and a class given by hand (`counsellors.py`).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from webapp.domain import clock, counsellors, dates, drafts, journal, users
from webapp.domain.identity import names, phones, pinyin
from webapp.domain.permissions import ALONE, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.roles import Role
from webapp.domain.rosters.headers import tidy
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.journal import Draft
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Grant, Staff

HEADERS = {
    "klass": ("班级", "班级名称", "行政班", "class"),
    "college": ("学院", "院系", "分院", "college"),
    "name": ("辅导员", "辅导员姓名", "姓名", "班主任", "name"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话", "phone"),
    "starts": ("起始日期", "开始日期", "从哪天起", "起", "从", "任职日期", "from"),
}
"""Columns of the sheet and what schools call them; 学院 and the day may be missing."""

MUST = ("klass", "name", "phone")
HEAD_ROWS = 10
"""The header stands among the first so many rows."""

MOST = 2_000
"""Rows of one sheet: a school of 60,000 has 1,500 classes."""

Rows = Iterable[tuple[str, int, list[str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row that can be done: `klass` is the class's key, `login` of a colleague who is here already, empty for a new one.

    `same` marks an assignment that stands already; `others` are those who have the class now.
    """

    row: int
    klass: str
    class_name: str
    name: str
    phone: str
    starts: str
    login: str = ""
    same: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be done: the cell as it stands, and why, as a code with its facts."""

    row: int
    value: str
    code: str
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    lines: list[Line]
    faults: list[Fault]

    def answers(self) -> dict[str, object]:
        """What a draft keeps of it, until the officer says yes."""
        return {"lines": [asdict(line) for line in self.lines]}


def plan(actor: Actor, unit: Unit, rows: Rows) -> Plan:
    """What the rows of a sheet would do in a school; nothing is written.

    Raises Refused: counsellor_columns (missing), counsellor_rows (most).
    """
    rows = iter(rows)
    columns = _columns(rows)
    reading = _Reading(actor, unit)
    for count, (_sheet, number, cells) in enumerate(rows):
        if count >= MOST:
            raise Refused("counsellor_rows", most=MOST)
        reading.take(number, {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()})
    return Plan(reading.lines, reading.faults)


def apply(actor: Actor, draft: Draft, succeed: bool) -> list[tuple[Staff, str]]:
    """Do what the plan said, once, all of it or nothing; returns the new colleagues with the tokens of their one-time links.

    With `succeed` whoever has a class now gives it up on the day on which the new one begins. Raises Refused: moved_on, and
    those of `users.add` and `users.give`.
    """
    lines = planned(draft)
    made: dict[str, tuple[Staff, str]] = {}
    staying = {(line.klass, line.login) for line in lines}
    with transaction():
        if not drafts.drop(draft):
            raise Refused("moved_on")
        for line in lines:
            klass = Class.by_key(line.klass)
            starts = date.fromisoformat(line.starts)
            if succeed:
                _succeed(actor, klass, starts, staying)
            if line.same or any(grant.staff.login == line.login for grant in counsellors.holders(klass)):
                continue
            role = Role(counsellors.ROLE, klass, starts)
            known = made[line.phone][0] if line.phone in made else Staff.get_or_none(Staff.login == line.login)
            if known is None:
                made[line.phone] = users.add(actor, _free_login(line.name), line.name, role, phone=line.phone)
            else:
                users.give(actor, known, role)
        journal.record("counsellors.assign", actor.name, f"staff:{actor.key}", rows=len(lines), new=len(made))
    return list(made.values())


def planned(draft: Draft) -> list[Line]:
    """The lines that a draft keeps."""
    return [Line(**{**line, "others": tuple(line["others"])}) for line in drafts.answers(draft)["lines"]]


def _columns(rows: Rows) -> dict[str, int]:
    """Where each column stands, from the first row that names a class and a person."""
    best: dict[str, int] = {}
    known = {tidy(header): name for name, headers in HEADERS.items() for header in headers}
    for _n, (_sheet, _number, cells) in zip(range(HEAD_ROWS), rows, strict=False):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if name := known.get(tidy(cell)):
                found.setdefault(name, at)
        if all(name in found for name in MUST):
            return found
        best = max(best, found, key=len)
    raise Refused("counsellor_columns", missing=tuple(name for name in MUST if name not in best))


def _succeed(actor: Actor, klass: Class, starts: date, staying: set[tuple[str, str]]) -> None:
    """Whoever has the class before that day and stands in no row for it, has it until then."""
    begin = clock.day_bounds(starts)[0]
    for grant in counsellors.holders(klass):
        goes_on = grant.starts < begin and (grant.ends is None or grant.ends > begin)
        if goes_on and (klass.key, grant.staff.login) not in staying:
            users.end(actor, grant, begin)


def _free_login(name: str) -> str:
    """A login out of the name's reading that nobody has; a number makes it so."""
    begin = "".join(pinyin.syllables(name))[:40]
    begin = begin if len(begin) > 1 else f"fudaoyuan{begin}"
    taken = {login for (login,) in Staff.select(Staff.login).where(Staff.login.startswith(begin)).tuples()}
    return next(login for n in range(1, len(taken) + 2) if (login := begin + (str(n) if n > 1 else "")) not in taken)


def _plain(text: str) -> str:
    """A name of a class as it is compared: half-width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class _Reading:
    """Reads the rows of one sheet against the classes and the colleagues of a school."""

    def __init__(self, actor: Actor, unit: Unit) -> None:
        self.lines: list[Line] = []
        self.faults: list[Fault] = []
        self._seen: set[tuple[str, str]] = set()
        self._named: dict[str, str] = {}
        self._classes: dict[str, list[Class]] = {}
        for klass in (
            Class.select(Class, College).join(College).where((Class.unit == unit) & scope.classes(actor.where(Can.USERS)))
        ):
            self._classes.setdefault(_plain(klass.name), []).append(klass)
        staff = list(Staff.select().where(scope.staff(actor.where(Can.USERS))))
        self._by_phone = {person.phone: person for person in staff if person.phone}
        over = Grant.ends.is_null() | (Grant.ends > clock.now())
        alone = Grant.select(Grant.staff).where(Grant.role.in_(ALONE) & over).tuples()
        self._alone = {number for (number,) in alone}
        self._held: dict[int, list[Grant]] = {}
        for grant in Grant.select(Grant, Staff).join(Staff).where(counsellors.holds() & (Grant.unit == unit)):
            self._held.setdefault(grant.klass_id, []).append(grant)

    def take(self, row: int, cells: dict[str, str]) -> None:
        if not any(cells[name] for name in MUST):
            return
        try:
            self.lines.append(self._line(row, cells))
        except Refused as refused:
            facts = {name: value for name, value in refused.facts.items() if name != "value"}
            self.faults.append(Fault(row, str(refused.facts.get("value", "")), refused.code, facts))

    def _line(self, row: int, cells: dict[str, str]) -> Line:
        klass, phone, name = self._klass(cells), self._phone(cells["phone"]), names.clean(cells["name"])
        if not name or len(name) > names.LONGEST:
            raise Refused("counsellor_name", value=cells["name"])
        if (klass.key, phone) in self._seen:
            raise Refused("counsellor_twice", value=klass.name)
        person = self._by_phone.get(phone)
        known = person.name if person else self._named.setdefault(phone, name)
        if names.compare(known) != names.compare(name):
            raise Refused("counsellor_other", value=name, known=known)
        if person and person.state == "closed":
            raise Refused("counsellor_closed", value=name)
        if person and person.id in self._alone:
            raise Refused("counsellor_alone", value=name)
        starts = self._starts(cells.get("starts", ""))
        self._seen.add((klass.key, phone))
        held = self._held.get(klass.id, [])
        same = person is not None and any(grant.staff_id == person.id for grant in held)
        others = tuple(grant.staff.name for grant in held if person is None or grant.staff_id != person.id)
        return Line(row, klass.key, klass.name, name, phone, starts.isoformat(), person.login if person else "", same, others)

    def _klass(self, cells: dict[str, str]) -> Class:
        found = self._classes.get(_plain(cells["klass"]), [])
        if college := cells.get("college"):
            found = [klass for klass in found if _plain(klass.college.name) == _plain(college)]
        if not found:
            raise Refused("counsellor_class", value=cells["klass"])
        if len(found) > 1:
            raise Refused("counsellor_classes", value=cells["klass"])
        return found[0]

    def _phone(self, text: str) -> str:
        phone = phones.clean(text)
        if not phones.well_formed(phone):
            raise Refused("counsellor_phone", value=text)
        return phone

    def _starts(self, text: str) -> date:
        if not text:
            return clock.today()
        try:
            day, unsure = dates.read(text)
        except Refused:
            unsure = "unread"
        if unsure:
            raise Refused("counsellor_date", value=text)
        return day
