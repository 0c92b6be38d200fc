"""Enrolments later: alterations whose day has come, many new students at once, admission data compared (R-SCH-08, 10, 12)."""

from webapp.domain import no_record, sessions
from webapp.domain.enrolment import admissions, alterations, registering
from webapp.domain.permissions import Can
from webapp.jobs.registry import Outside, every, job, still_running
from webapp.models import scope
from webapp.models.school import Unit
from webapp.models.staff import Staff


@every(minute="2")
def make_alterations(outside: Outside) -> None:
    """Shortly after midnight in China, and hourly for what a night without power left."""
    alterations.due()


@every(minute="*/10")
def find_later(outside: Outside) -> None:
    """Who found no record, and whose record has come in since, is told."""
    no_record.find_later()


@job("enrolment.admit_all", apart=True)
def admit_all(outside: Outside, unit: str, staff: str, move: str, **choice: str) -> None:
    """Everybody chosen whom nothing stands against; who is left stays in the list, with the reason told there."""
    school, officer = Unit.by_key(unit), Staff.by_key(staff)
    if school is None or officer is None:
        return
    actor = sessions.staff_actor(officer)
    grants = [grant for grant in actor.where(Can.ENROL) if school.id in scope.units([grant])]
    for records in registering.portions(grants, registering.Choice(**choice)):
        registering.admit_all(actor, [record for record in records if record.unit_id == school.id], move)
        still_running()


@job("enrolment.compare", apart=True)
def compare(outside: Outside, unit: str) -> None:
    """Tie admission data to records and mark what differs, after either came in."""
    if school := Unit.by_key(unit):
        admissions.compare_unit(school)
