"""The dry run: what a roster would do to the records, in groups, with samples and every problem; nothing is written.

新增 new, 变更 changed, 相同 same, 有误 wrong, 缺少 missing; beside them frozen (key fields of records that a student has
looked at, and published records: they need a correction) and doubt (a warning on a row that is imported). Told, but no
groups: hidden (rows of these that the sheet hides) and nobody (totals, remarks, headers printed again; not read).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set

from webapp.domain.identity import documents, phones
from webapp.domain.imports.batches import BATCH
from webapp.domain.imports.people import FIELDS, ID, Changes, find
from webapp.domain.imports.places import Places
from webapp.domain.imports.reading import Line, Rows, comparers, portions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.rosters import Doubles, Parsed, Problem, Survey
from webapp.models.base import transaction
from webapp.models.imports import Batch, Finding
from webapp.models.records import Record

SAMPLES = 200
PROBLEMS = 1_000
WINDOW = 10_000

Tell = Callable[[Line], None]
"""Called with each row that has problems, for the annotated copy."""

Hidden = Mapping[str, Set[int]]
"""Sheet → numbers of the rows that it hides."""

NONE_HIDDEN: Hidden = {}


class Marks:
    """Which records a file named: one bit for each number, so that a million fit in 125 kB."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        place = number >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1024 - len(self._bits)))
        self._bits[place] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] >> (number & 7) & 1)


class DryRun:
    """One pass over a file. `progress` is saved after each portion, so that a page can show it."""

    def __init__(self, batch: Batch, found: Survey, tell: Tell | None = None, hidden: Hidden = NONE_HIDDEN) -> None:
        self.batch, self.tell, self.hidden = batch, tell, hidden
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.doubled: list[int] = []
        self.rows = 0
        self._kept: Counter[str] = Counter()
        self._doubles = Doubles(batch.kind)
        self._comparers = comparers(batch, found, Places(batch.unit))
        self._met = Marks()

    def read(self, rows: Rows) -> None:
        """Read and compare everything. Raises Refused: import_no_rows, moved_on (the officer refused meanwhile)."""
        for some in portions(self.batch, rows, passed=self._passed):
            self._portion(some)
            self.rows = some[-1].at
            here = (Batch.id == self.batch.id) & (Batch.state == "reading")
            if not Batch.update(progress=self.rows).where(here).execute():
                raise Refused("moved_on", state="refused")
        if not self.rows:
            raise Refused("import_no_rows")
        self._missing()

    def show(self) -> Batch:
        """Keep what was found, and let the officer decide."""
        with transaction():
            Finding.delete().where(Finding.batch == self.batch).execute()
            for finding in self.findings:
                finding.save(force_insert=True)
            told = {"counts": json.dumps(self.counts), "doubled": json.dumps(self.doubled), "rows": self.rows}
            return BATCH.move(self.batch, "show", SYSTEM, detail=dict(self.counts), progress=self.rows, **told)

    def _passed(self) -> None:
        self.counts["nobody"] += 1

    def _portion(self, some: list[Line]) -> None:
        good = [line for line in map(self._judged, some) if line is not None]
        olds = find(self.batch, [line.person for line in good])
        for line, old in zip(good, olds, strict=True):
            if old is None:
                self._count("new", line, {})
                continue
            self._met.add(old.row[ID])
            comparer = self._comparers[line.sheet]
            changes = comparer.changes(line.person, old)
            key = comparer.key_changes(changes)
            if (key and old.looked_at) or (changes and old.published):
                self._count("frozen", line, changes)
            else:
                self.counts["key"] += key
                self._count("changed" if changes else "same", line, changes)

    def _judged(self, line: Line) -> Line | None:
        """The line if it may be imported; its problems are noted."""
        problems = line.problems
        if line.number in self.hidden.get(line.sheet, ()):
            self.counts["hidden"] += 1
        if line.person is not None:
            doubles = self._doubles.check(line.person, line.sheet, line.number)
            problems = [*problems, *doubles]
            if any(problem.level == "error" for problem in doubles):
                self.doubled.append(line.at)
        if not problems:
            return line
        wrong = any(problem.level == "error" for problem in problems)
        self.counts["wrong" if wrong else "doubt"] += 1
        for problem in problems:
            self._problem("wrong" if problem.level == "error" else "doubt", line, problem)
        if self.tell:
            self.tell(line._replace(problems=problems))
        return None if wrong else line

    def _problem(self, group: str, line: Line, problem: Problem) -> None:
        if self._room(group, PROBLEMS):
            said = {"value": shown(problem.field, problem.value), "facts": _shown_facts(problem)}
            self._note(group, line.sheet, line.number, said, column=problem.column[:40], code=problem.code)

    def _count(self, group: str, line: Line, changes: Changes) -> None:
        self.counts[group] += 1
        if self._room(group, SAMPLES):
            self._note(group, line.sheet, line.number, _sample(line.person, changes))

    def _missing(self) -> None:
        """Records of this school and kind that the file does not name; they stay as they are."""
        for number, name, student_number in self._all_records():
            if number not in self._met:
                self.counts["missing"] += 1
                if self._room("missing", SAMPLES):
                    self._note("missing", "", 0, {"name": name, "number": student_number, "changes": {}})

    def _all_records(self) -> Iterator[tuple[int, str, str]]:
        last = 0
        columns = (Record.id, Record.name, Record.student_number)
        while True:
            here = (Record.unit == self.batch.unit_id) & (Record.kind == self.batch.kind) & (Record.id > last)
            window = list(Record.select(*columns).where(here).order_by(Record.id).limit(WINDOW).tuples())
            if not window:
                return
            yield from window
            last = window[-1][0]

    def _room(self, group: str, most: int) -> bool:
        self._kept[group] += 1
        return self._kept[group] <= most

    def _note(self, group: str, sheet: str, row: int, said: dict, column: str = "", code: str = "") -> None:
        finding = Finding(batch=self.batch, group=group, sheet=sheet[:60], row=row, column=column, code=code)
        finding.value = json.dumps(said, ensure_ascii=False)
        self.findings.append(finding)


def _sample(person: Parsed, changes: Changes) -> dict:
    told = {field: [shown(field, before), shown(field, after)] for field, (before, after) in changes.items() if field in FIELDS}
    return {"name": person.name, "number": person.student_number or person.exam_number or person.certificate, "changes": told}


def shown(field: str, value: object) -> str:
    """A value as the preview shows it: numbers of documents and phones masked, unless what is wrong is their shape."""
    text = "" if value is None else str(value)
    if field == "document" and "E+" not in text.upper():
        return documents.masked(text)
    return phones.masked(text) if field == "phone" and len(text) > 7 else text[:60]


def _shown_facts(problem: Problem) -> dict:
    if problem.field != "document":
        return problem.facts
    return {name: fact for name, fact in problem.facts.items() if name != "value"}
