"""图像校对进度: 应校, 已校-正确, 已校-有误, 未校, 无照片 of a window, by school, college and class (R-IMG-17).

Counted from the records and their photos as they are: nobody is called up. Not here: the self-checks' board
(`domain/progress.py`), whose views and places these are.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import NamedTuple

from peewee import JOIN, Expression, fn

from webapp.domain import checks
from webapp.domain.progress import View
from webapp.models import keyset, scope
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Class, College

RIGHT, WRONG, UNSEEN = ("right",), ("wrong", "collected"), ("waiting", "checking")
"""States of a photo that count as checked and right, checked and wrong, not checked; without one of these it is 无照片."""


class Counts(NamedTuple):
    """due = right + wrong + unseen + none. A picture that nobody may look at yet (不合格, 退回重采 …) counts as none."""

    due: int = 0
    right: int = 0
    wrong: int = 0
    unseen: int = 0
    none: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))

    @property
    def done(self) -> int:
        return self.right + self.wrong

    @property
    def left(self) -> int:
        return self.unseen + self.none

    @property
    def rate(self) -> int:
        """Whole percent, rounded down: 100 is shown when nobody is left."""
        return 100 * self.done // self.due if self.due else 0


class Student(NamedTuple):
    """One line of a list; `state` is the photo's, empty without one."""

    key: str
    id: int
    name: str
    number: str
    college: str
    klass: str
    state: str
    reasons: str


def counts(view: View) -> dict[tuple[int | None, int | None], Counts]:
    """The board: counts by (college, class)."""
    checked = GraduationPhoto.finished.is_null(False)
    kinds = (Record.college, Record.klass, GraduationPhoto.state, checked)
    query = _records(Record.select(*kinds, fn.COUNT(Record.id)), view).group_by(*kinds)
    board: dict[tuple[int | None, int | None], Counts] = {}
    for college, klass, state, finished, many in query.tuples():
        row = _counted(state, bool(finished), many)
        board[college, klass] = board.get((college, klass), Counts()).plus(row)
    return board


def total(some: Iterable[Counts]) -> Counts:
    return reduce(Counts.plus, some, Counts())


def students(view: View, which: str, place: Place = FIRST) -> Page:
    """A page of a list, by pinyin: everyone, all (who has something to do), unseen, none, wrong, right."""
    return keyset.cut(_listed(view).where(_which(which)), (Record.name_sort, Record.id), place)


def everyone(view: View) -> Iterator[Student]:
    """All of the view by college, class and name, one at a time: for the list that leaves."""
    yield from _listed(view).order_by(College.name, Class.name, Record.name_sort, Record.id).iterator()


def _counted(state: str | None, finished: bool, many: int) -> Counts:
    if state == "locked":
        state = "right" if finished else "waiting"
    if state in RIGHT:
        return Counts(due=many, right=many)
    if state in WRONG:
        return Counts(due=many, wrong=many)
    return Counts(due=many, unseen=many) if state in UNSEEN else Counts(due=many, none=many)


def _which(name: str) -> Expression:
    state = GraduationPhoto.state
    shut, checked = state == "locked", GraduationPhoto.finished.is_null(False)
    right, wrong = state.in_(RIGHT) | (shut & checked), state.in_(WRONG)
    unseen = state.in_(UNSEEN) | (shut & ~checked)
    none = state.is_null() | state.not_in((*RIGHT, *WRONG, *UNSEEN, "locked"))
    return {
        "everyone": Record.id.is_null(False),
        "all": unseen | none,
        "unseen": unseen,
        "none": none,
        "wrong": wrong,
        "right": right,
    }[name]


def _listed(view: View):
    columns = {
        "key": Record.key, "id": Record.id, "name": Record.name, "number": Record.student_number,
        "college": fn.COALESCE(College.name, ""), "klass": fn.COALESCE(Class.name, ""),
        "state": fn.COALESCE(GraduationPhoto.state, ""), "reasons": fn.COALESCE(GraduationPhoto.reasons, "[]"),
    }  # fmt: skip
    query = _records(Record.select(*[column.alias(name) for name, column in columns.items()]), view)
    query = query.join_from(Record, College, JOIN.LEFT_OUTER).join_from(Record, Class, JOIN.LEFT_OUTER, on=Record.klass)
    return query.objects(Student)


def _records(query, view: View):
    """The window's records in view, each with the photo that counts."""
    here = checks.in_scope(view.campaign) & scope.records(view.grants)
    if view.klass is not None:
        here &= Record.klass == view.klass.id
    if view.college is not None:
        here &= Record.college == view.college.id
    mine = (GraduationPhoto.record == Record.id) & GraduationPhoto.current
    return query.join(GraduationPhoto, JOIN.LEFT_OUTER, on=mine).where(here)
