"""The apply pass: what was confirmed is written, 5,000 rows and their progress in one transaction each (R-SCH-05, 24).

A pass that was killed goes on behind the last portion that was written; two passes at once cannot both write one.
"""

import json
from collections import defaultdict
from itertools import chain, repeat
from typing import NamedTuple

from webapp.domain import checks, clock, glyphs, journal
from webapp.domain.enrolment import doubles
from webapp.domain.imports import history
from webapp.domain.imports.batches import BATCH
from webapp.domain.imports.people import BATCH as OF_BATCH
from webapp.domain.imports.people import ID, INSERTED, Changes, Old, Sealer, find
from webapp.domain.imports.places import Places
from webapp.domain.imports.reading import PORTION, Line, Rows, comparers, portions
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.reports import correcting
from webapp.domain.rosters import ENROLMENT, Parsed, Survey
from webapp.models import bulk
from webapp.models.base import on_sqlite, transaction
from webapp.models.imports import Batch
from webapp.models.records import Change, Record

CHANGED = ("batch_id", "record_id", "before", "at", "fields")


class Changed(NamedTuple):
    """One record to change: who stands in the file, what the record said, what differs."""

    person: Parsed
    old: Old
    changes: Changes
    key: bool


class ApplyPass:
    """Writes a confirmed batch. Rows with errors, doubles, key fields that a student has looked at, and published records
    are left out."""

    def __init__(self, batch: Batch, found: Survey, portion: int = PORTION) -> None:
        self.batch, self._size = batch, portion
        self._at = clock.now()
        self._doubled = frozenset(json.loads(batch.doubled))
        places = self._places = Places(batch.unit)
        self._comparers = comparers(batch, found, places)
        self._sealer = Sealer(batch, self._at, places)
        self._history = history.Writer(batch)

    def run(self, rows: Rows) -> Batch:
        """Write what is left. Raises Refused("moved_on") where another pass writes the same batch."""
        done = self.batch.progress
        with bulk.wide():
            for some in portions(self.batch, rows, beyond=done, size=self._size):
                self._portion(some, done)
                done = some[-1].at
            return self._finish()

    def _portion(self, some: list[Line], done: int) -> None:
        """Compare, seal and write; only the last takes the lock."""
        lines = [line for line in some if line.person is not None and line.at not in self._doubled]
        new, changed = self._sorted_out(lines)
        self._places.make([*new, *(self._sealer.placed(one.person, one.old) for one in changed)])
        columns = self._sealer.new(new)
        with transaction():
            here = (Batch.id == self.batch.id) & (Batch.state == "applying") & (Batch.progress == done)
            if not Batch.update(progress=some[-1].at).where(here).execute():
                raise Refused("moved_on", state="applying")
            numbers = bulk.reserve(Record, len(new))
            bulk.insert(Record, ("id", *INSERTED), zip(numbers, *columns, strict=False))
            made = zip(repeat(self.batch.id), numbers, repeat(None), repeat(str(self._at)), repeat(0), strict=False)
            bulk.insert(Change, CHANGED, chain(made, self._change(changed)))
            glyphs.want(*(line.person.name for line in lines))

    def _sorted_out(self, lines: list[Line]) -> tuple[list[Parsed], list[Changed]]:
        new: list[Parsed] = []
        changed: list[Changed] = []
        met: set[int] = set()
        for line, old in zip(lines, find(self.batch, [line.person for line in lines]), strict=True):
            if old is None:
                new.append(line.person)
            elif old.row[OF_BATCH] != self.batch.id and old.row[ID] not in met:
                met.add(old.row[ID])
                comparer = self._comparers[line.sheet]
                changes = comparer.changes(line.person, old)
                if changes:
                    changed.append(Changed(line.person, old, changes, comparer.key_changes(changes)))
        return new, changed

    def _change(self, changed: list[Changed]) -> list[tuple]:
        """Change the records, and what their reports say; returns their history rows."""
        frozen = _frozen(changed)
        changed = [one for one in changed if one.old.row[ID] not in frozen]
        updates: dict[tuple[str, ...], list[tuple]] = defaultdict(list)
        told = []
        for one in changed:
            number = one.old.row[ID]
            columns = self._sealer.columns(one.person, one.old, one.changes)
            updates[tuple(columns)].append((*columns.values(), number))
            before = self._history.before(one.old, one.changes)
            told.append((self.batch.id, number, before, str(self._at), len(one.changes)))
        for columns, rows in updates.items():
            bulk.update(Record, columns, rows)
        correcting.follow({one.old.row[ID]: one.changes for one in changed})
        return told

    def _finish(self) -> Batch:
        checks.enrol_unit(self.batch.unit)
        if self.batch.kind == ENROLMENT:
            doubles.of_batch(self.batch)
        with transaction():
            journal.promise("enrolment.compare", unit=self.batch.unit.key)
            written = Change.select().where(Change.batch == self.batch)
            changed = written.where(Change.before.is_null(False)).count()
            told = {"digest": self.batch.digest, "new": written.count() - changed, "changed": changed}
            return BATCH.move(self.batch, "finish", SYSTEM, detail=told, applied=clock.now())


def _frozen(changed: list[Changed]) -> set[int]:
    """Which of these records stay as they are, as of now and until the transaction ends: published ones, and those whose
    key fields would change though a student has opened them or holds them."""
    if not changed:
        return set()
    key = {one.old.row[ID] for one in changed if one.key}
    seen = Record.opened.is_null(False) | Record.account.is_null(False)
    columns = (Record.id, seen.alias("seen"), Record.published)
    query = Record.select(*columns).where(Record.id.in_([one.old.row[ID] for one in changed]))
    rows = (query if on_sqlite() else query.for_update()).tuples()
    return {number for number, looked, published in rows if published or (looked and number in key)}
