"""What the town's schools have of enrolment and graduation. Not here: who works there (`town.py`)."""

from datetime import timedelta

from tests.graduating import one_listed
from tests.people import School
from webapp.domain import clock, sessions
from webapp.domain.enrolment import alterations, approvals, schools
from webapp.models.enrolment import Admission
from webapp.models.records import Record
from webapp.models.staff import Staff


def of_enrolment(school: School, record: Record, officer: Staff, n: int) -> dict[str, str]:
    """An alteration that waits for its day, a case at the province, admission data that differ, a former name."""
    actor = sessions.staff_actor(officer)
    moved = alterations.enter(actor, record, "suspend", clock.today() + timedelta(days=30), f"{n} 号", "养病")
    sent = approvals.send(actor, approvals.flag(record, "double", other=record), f"{n} 号")
    asked = approvals.send(actor, approvals.flag(record, "special", "hmt"), f"{n} 号")
    row = Admission(unit=school.unit, record=record, year=2026, exam_number=f"{n}", level="bachelor", taken=clock.now())
    row.values, row.differs = '{"major": "软件工程"}', "major"
    row.save(force_insert=True)
    old = schools.add(actor, school.unit, f"云溪第{n}专科学校", "", None, None, "renamed")
    keys = {"alteration": moved.key, "approval": sent.key, "asked": asked.key, "admission": row.key, "school_name": old.key}
    return keys | one_listed(actor, record) | {"unlisted": one_listed(actor, school.records[-n])["graduate"]}
