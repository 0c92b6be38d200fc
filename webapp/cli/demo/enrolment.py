"""What the demo's office has to do with enrolments: new students, a year half registered, 异动, the province, old names.

Not here: the records themselves (`students.py`). Nobody who can be tried in the tour is touched.
"""

import json
from datetime import date, timedelta

from webapp.cli.demo.school import entry_year
from webapp.domain import clock, sessions
from webapp.domain.enrolment import admissions, alterations, approvals, schools, years
from webapp.models.enrolment import Admission
from webapp.models.records import Record
from webapp.models.school import Class, Unit
from webapp.models.staff import Staff

NEW = 6
"""Students who are 待注册, the last two of a special category."""


def make(unit: Unit, officer: Staff) -> None:
    """A little of everything, through the verbs."""
    actor = sessions.staff_actor(officer)
    this = entry_year(clock.today())
    free = Record.select().where((Record.unit == unit) & (Record.kind == "enrolment") & Record.account.is_null())
    fresh = list(free.where(Record.enrolled_on >= date(this, 1, 1)).order_by(Record.id.desc()).limit(NEW))
    older = list(free.where((Record.enrolled_on < date(this, 1, 1)) & (Record.status == "A1")).order_by(Record.id).limit(2))
    Record.update(status="N0").where(Record.id.in_([record.id for record in fresh])).execute()
    for record, category in zip(fresh[:2], ("five_year", "three_two"), strict=False):
        approvals.name_special(actor, record, category, f"{unit.short}学〔{this}〕12 号")
    for record, kind, days in zip(older, ("suspend", "army"), (-20, 30), strict=False):
        day = clock.today() + timedelta(days=days)
        alterations.enter(actor, record, kind, day, f"{unit.short}学〔{this}〕{40 + days} 号", "本人申请")
    if older:
        years.register_class(actor, Class.get_by_id(older[0].klass_id), years.this_year())
    _admit(unit, fresh[2:4])
    schools.add(actor, unit, f"{unit.short}工业学校", "", date(1985, 9, 1), date(2003, 6, 30), "renamed")


def _admit(unit: Unit, records: list[Record]) -> None:
    """Admission data of two new students; the second was admitted to another major."""
    for record, major in zip(records, ("", "软件技术"), strict=False):
        row = Admission(unit=unit, year=record.enrolled_on.year, exam_number=record.exam_number, level=record.level)
        said = {"name": record.name, "sex": record.sex, "major": major or record.major}
        row.values, row.taken = json.dumps(said, ensure_ascii=False), clock.now()
        row.save(force_insert=True)
    admissions.compare_unit(unit)
