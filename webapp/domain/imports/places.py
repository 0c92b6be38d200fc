"""The colleges and classes that a roster names: found by name, made when they are new. Not their members."""

from collections.abc import Iterable
from operator import itemgetter

from webapp.domain.rosters import Parsed
from webapp.models import bulk
from webapp.models.base import new_key, transaction
from webapp.models.school import Class, College, Unit

Spot = tuple[str, str, str]
"""What a row says of where somebody belongs: college, department, class."""

KLASS = 2
_spot = itemgetter(*map(Parsed._fields.index, ("college", "department", "klass")))


class Places:
    """Colleges (学院) and classes (班级) of one school, by name and by number."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._colleges: dict[str, int] = {}
        self._classes: dict[tuple[int, str], int] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._found: dict[Spot, tuple[int | None, int | None]] = {}
        self._load()

    def _load(self) -> None:
        for number, name in College.select(College.id, College.name).where(College.unit == self._unit).tuples():
            self._colleges[name], self._names["college", number] = number, name
        for number, college, name in Class.select(Class.id, Class.college, Class.name).where(Class.unit == self._unit).tuples():
            self._classes[college, name], self._names["klass", number] = number, name

    def name(self, field: str, number: int | None) -> str:
        """The name of a record's ``college`` or ``klass``; "" for none."""
        return self._names.get((field, number), "")

    def make(self, people: Iterable[Parsed]) -> None:
        """Add the colleges and classes of these people that the school does not have."""
        new = {_spot(person) for person in people} - set(self._found)
        if not new:
            return
        wanted = {(self._college(spot), spot[KLASS]) for spot in new}
        colleges = sorted({college for college, _ in wanted if college} - set(self._colleges))
        if colleges:
            with transaction():
                bulk.insert(College, ("key", "unit_id", "name"), [(new_key(), self._unit.id, name) for name in colleges])
            self._load()
        classes = {(self._colleges[college], name) for college, name in wanted if name} - set(self._classes)
        if classes:
            rows = [(new_key(), self._unit.id, college, name) for college, name in sorted(classes)]
            with transaction():
                bulk.insert(Class, ("key", "unit_id", "college_id", "name"), rows)
            self._load()
        for spot in new:
            college = self._colleges.get(self._college(spot))
            self._found[spot] = college, self._classes[college, spot[KLASS]] if spot[KLASS] else None

    def numbers(self, person: Parsed) -> tuple[int | None, int | None]:
        """Numbers of the person's college and class, which `make` has seen."""
        return self._found[_spot(person)]

    def _college(self, spot: Spot) -> str:
        """A class without a college stands under its department, else under the school's own name."""
        college, department, klass = spot
        return college or (department or self._unit.name if klass else "")
