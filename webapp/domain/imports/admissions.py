"""高考录取信息 on its way in: kept beside the records that it belongs to, never changing one (R-SCH-10).

Not here: where the two differ and why (`domain/enrolment/admissions.py`).
"""

import json
from collections.abc import Iterable

from webapp.domain import clock, journal
from webapp.domain.enrolment.admissions import COMPARED, values
from webapp.domain.imports.batches import BATCH
from webapp.domain.imports.preview import DryRun
from webapp.domain.imports.reading import Line, Rows, portions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.rosters import Parsed
from webapp.models.base import transaction
from webapp.models.enrolment import Admission
from webapp.models.imports import Batch


class AdmissionCheck(DryRun):
    """The dry run of admission data: compared with what was kept before, not with records."""

    def _portion(self, some: list[Line]) -> None:
        good = [line for line in map(self._judged, some) if line is not None]
        known = _known(self.batch, (line.person for line in good))
        for line in good:
            before = known.get(_name(line.person))
            if before is None:
                self._count("new", line, {})
                continue
            had, has = values(before), _values(line.person)
            changes = {field: (had.get(field, ""), said) for field, said in has.items() if said != had.get(field, "")}
            self._count("changed" if changes else "same", line, changes)

    def _missing(self) -> None:
        """What a file does not name stays as it is."""


def apply(batch: Batch, rows: Rows) -> Batch:
    """Keep a confirmed file. A pass that was killed goes on behind the last portion. Refused: moved_on."""
    done, doubled = batch.progress, frozenset(json.loads(batch.doubled))
    for some in portions(batch, rows, beyond=done):
        people = [line.person for line in some if line.person is not None and line.at not in doubled]
        with transaction():
            here = (Batch.id == batch.id) & (Batch.state == "applying") & (Batch.progress == done)
            if not Batch.update(progress=some[-1].at).where(here).execute():
                raise Refused("moved_on", state="applying")
            _keep(batch, people)
        done = some[-1].at
    with transaction():
        journal.promise("enrolment.compare", unit=batch.unit.key)
        return BATCH.move(batch, "finish", SYSTEM, detail={"digest": batch.digest}, applied=clock.now())


def _keep(batch: Batch, people: list[Parsed]) -> None:
    known, at = _known(batch, people), clock.now()
    for person in people:
        number, level = _name(person)
        row = known.get((number, level)) or Admission(unit=batch.unit_id, exam_number=number, level=level)
        said = json.dumps(_values(person), ensure_ascii=False)
        if row.id is None or row.values != said:
            row.year = int(person.enrolled_on[:4]) if person.enrolled_on else clock.today().year
            row.values, row.taken = said, at
            row.save(force_insert=row.id is None)


def _known(batch: Batch, people: Iterable[Parsed]) -> dict[tuple[str, str], Admission]:
    numbers = [_name(person)[0] for person in people]
    found = Admission.select().where((Admission.unit == batch.unit_id) & Admission.exam_number.in_(numbers))
    return {(row.exam_number, row.level): row for row in found}


def _name(person: Parsed) -> tuple[str, str]:
    return person.exam_number.upper(), person.level


def _values(person: Parsed) -> dict[str, str]:
    return {field: getattr(person, field) or "" for field in COMPARED}
