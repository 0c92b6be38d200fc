"""The colleges and classes that a roster names: found by name, made when they are new. Not their members."""

from collections.abc import Iterable

from webapp.domain.rosters import Parsed
from webapp.models import bulk
from webapp.models.base import new_key, transaction
from webapp.models.school import Class, College, Unit


class Places:
    """Colleges (学院) and classes (班级) of one school, by name and by number."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._colleges: dict[str, int] = {}
        self._classes: dict[tuple[int, str], int] = {}
        self._names: dict[tuple[str, int], str] = {}
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
        wanted = {(self._college(person), person.klass) for person in people}
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

    def numbers(self, person: Parsed) -> tuple[int | None, int | None]:
        """Numbers of the person's college and class, which `make` has seen."""
        college = self._colleges.get(self._college(person))
        return college, self._classes[college, person.klass] if person.klass else None

    def _college(self, person: Parsed) -> str:
        """A class without a college stands under its department, else under the school's own name."""
        return person.college or (person.department or self._unit.name if person.klass else "")
