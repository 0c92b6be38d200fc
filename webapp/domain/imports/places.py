"""The colleges and classes that a roster names: found by name, made when they are new. Not their members."""

from webapp.domain.rosters import Parsed
from webapp.models.base import transaction
from webapp.models.school import Class, College, Unit


class Places:
    """Colleges (学院) and classes (班级) of one school, by name and by number."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._colleges = {c.name: c.id for c in College.select().where(College.unit == unit)}
        self._classes = {(c.college_id, c.name): c.id for c in Class.select().where(Class.unit == unit)}
        self._names = {("college", number): name for name, number in self._colleges.items()}
        self._names |= {("klass", number): name for (_, name), number in self._classes.items()}

    def name(self, field: str, number: int | None) -> str:
        """The name of a record's ``college`` or ``klass``; "" for none."""
        return self._names.get((field, number), "")

    def numbers(self, person: Parsed) -> tuple[int | None, int | None]:
        """Numbers of the person's college and class. A class without a college stands under the school's own name."""
        name = person.college or (person.department or self._unit.name if person.klass else "")
        if not name:
            return None, None
        college = self._colleges.get(name)
        if college is None:
            college = self._new_college(name)
        if not person.klass:
            return college, None
        klass = self._classes.get((college, person.klass))
        return college, self._new_class(college, person.klass) if klass is None else klass

    def _new_college(self, name: str) -> int:
        with transaction():
            College.insert(unit=self._unit, name=name).on_conflict_ignore().execute()
            number = College.get((College.unit == self._unit) & (College.name == name)).id
        self._colleges[name], self._names["college", number] = number, name
        return number

    def _new_class(self, college: int, name: str) -> int:
        with transaction():
            Class.insert(unit=self._unit, college=college, name=name).on_conflict_ignore().execute()
            number = Class.get((Class.unit == self._unit) & (Class.college == college) & (Class.name == name)).id
        self._classes[college, name], self._names["klass", number] = number, name
        return number
