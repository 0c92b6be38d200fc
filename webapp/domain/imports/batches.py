"""An import from upload to applied, refused or undone: the table of moves and the officer's verbs (R-SCH-05, 24, 32).

Not here: reading rows (`preview.py`), writing them (`applying.py`, `undoing.py`).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from webapp.domain import checks, clock, defaults, journal
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.rosters import ADMISSION, COLUMNS, KINDS, Survey, Table, label, match
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.imports import Batch, Finding
from webapp.models.photos import Upload
from webapp.models.records import Change, Record
from webapp.models.school import Unit
from webapp.models.staff import Staff

PHOTOS, GRADUATION = "photos", "graduation"
PHOTO_SETS = (PHOTOS, GRADUATION)
"""The kinds of a batch that brings admission photos (录取照片) or those of a qualification (学历照片) instead of a roster."""

WRITTEN = ("new", "changed", "failing", "doubtful")
"""Groups of a dry run that a confirmation writes; the last two are 学历照片 that a person has to look at."""

REASON_LONGEST = 200
RUNNING = ("applying", "undoing")


def in_reach(batch: Batch, actor: Actor) -> None:
    """The batch belongs to a school in which the actor may import."""
    if actor is not SYSTEM and batch.unit_id not in scope.units(actor.where(Can.IMPORT)):
        raise Refused("not_allowed")


def changes_something(batch: Batch, actor: Actor) -> None:
    """There is a row to write."""
    if not to_write(counts(batch)):
        raise Refused("import_nothing")


def says_why(batch: Batch, actor: Actor) -> None:
    """Changed key fields need a reason (R-SCH-32)."""
    if counts(batch).get("key") and not batch.reason:
        raise Refused("import_reason", field="reason")


def alone(batch: Batch, actor: Actor) -> None:
    """No other import of the school is writing."""
    batch.unit.locked()
    others = Batch.select().where((Batch.unit == batch.unit_id) & Batch.state.in_(RUNNING) & (Batch.id != batch.id))
    if others.exists():
        raise Refused("import_running")


def unseen(batch: Batch, actor: Actor) -> None:
    """No student has opened a record of it, and no later import touched one. Photos and admission data are replaced instead."""
    if batch.kind in (*PHOTO_SETS, ADMISSION):
        raise Refused("import_no_undo")
    touched = Record.select(Record.id).join(Change).where(Change.batch == batch)
    if opened := touched.where(Record.opened.is_null(False)).count():
        raise Refused("import_opened", count=opened)
    if overtaken := touched.where(Record.batch != batch).count():
        raise Refused("import_overtaken", count=overtaken)


BATCH = Lifecycle(
    Batch,
    Move("ask", ("uploaded",), "mapping", Can.IMPORT),
    Move("read", ("uploaded",), "reading", Can.IMPORT),
    Move("map", ("mapping",), "reading", Can.IMPORT, (in_reach,), ("imports.read",)),
    Move("show", ("reading",), "preview", Can.IMPORT),
    Move("fail", ("uploaded", "reading"), "failed", Can.IMPORT),
    Move("refuse", ("uploaded", "mapping", "reading", "preview"), "refused", Can.IMPORT, (in_reach,)),
    Move(
        "confirm", ("preview",), "applying", Can.IMPORT,
        (in_reach, changes_something, says_why, alone), ("imports.apply",),
    ),
    Move("finish", ("applying",), "applied", Can.IMPORT),
    Move("halt", ("applying",), "halted", Can.IMPORT),
    Move("undo", ("applied", "halted"), "undoing", Can.IMPORT, (in_reach, alone, unseen), ("imports.undo",)),
    Move("undid", ("undoing",), "undone", Can.IMPORT),
)  # fmt: skip


def receive(unit: Unit, kind: str, filename: str, file: Upload | None, digest: str, actor: Actor) -> Batch:
    """Take a file in: a sealed upload, or None where the command line reads it in place. `digest` is its SHA-256.

    Refused: import_kind. The file is read by a promised job.
    """
    if kind not in (*KINDS, ADMISSION, *PHOTO_SETS):
        raise Refused("import_kind")
    staff = Staff.by_key(actor.key) if actor.key else None
    with transaction():
        batch = Batch(unit=unit, kind=kind, filename=filename[-200:].replace("\0", ""), file=file, digest=digest, staff=staff)
        in_reach(batch, actor)
        batch.created = clock.now()
        batch.save(force_insert=True)
        journal.record("batch.upload", actor.name, batch, kind=kind, digest=digest)
        if file is not None:
            journal.promise("imports.read", key=batch.key)
    return batch


def columns_known(batch: Batch, found: Survey, format: str, mapping: dict[str, str] | None = None) -> bool:
    """Go on to read the rows if every column is known; else ask the officer about those that are not.

    `mapping` is the officer's word where it was given with the file.
    """
    told = {
        "asked": list(dict.fromkeys(header for table in found.tables for header in _doubtful(table))),
        "known": {table.headers[i]: field for table in found.tables for i, field in table.mapping.known.items()},
        "missing": sorted({field for table in found.tables for field in table.mapping.missing}),
        "ignored": sorted({header for table in found.tables for _, header in table.mapping.ignored}),
        "absent": sorted({field for table in found.tables for field in table.mapping.absent}),
        "skipped": list(found.skipped),
    }
    said = {"headers": json.dumps(told, ensure_ascii=False), "format": format}
    if mapping:
        said["mapping"] = json.dumps(mapping, ensure_ascii=False)
    if batch.state == "reading":
        Batch.update(said).where(Batch.id == batch.id).execute()
        return found.complete
    BATCH.move(batch, "read" if found.complete else "ask", SYSTEM, **said)
    return found.complete


def photos_begin(batch: Batch) -> Batch:
    """A photo set has no columns to ask about: go on to look at the pictures."""
    return BATCH.move(batch, "read", SYSTEM) if batch.state == "uploaded" else batch


def _doubtful(table: Table) -> list[str]:
    """The headers of a sheet that only the officer can explain: unknown, or claiming the same column as another."""
    return [header for _, header in table.mapping.unknown] + [h for _, names in table.mapping.doubled for h in names]


def choose(batch: Batch, mapping: dict[str, str], actor: Actor) -> Batch:
    """The officer's word on columns: {header: field, or "" to leave it out}; the file is then read.

    Refused: column_missing, column_doubled (columns: their labels), not_allowed, moved_on.
    """
    headers = [*json.loads(batch.headers)["known"], *mapping]
    found = match(batch.kind, dict.fromkeys(headers), mapping)
    if found.doubled:
        raise Refused("column_doubled", columns=_labels(batch.kind, (field for field, _ in found.doubled)))
    if found.missing:
        raise Refused("column_missing", columns=_labels(batch.kind, found.missing))
    return BATCH.move(batch, "map", actor, mapping=json.dumps(mapping, ensure_ascii=False), progress=0)


def _labels(kind: str, fields: Iterable[str]) -> str:
    return "、".join(label(kind, field) for field in fields)


def confirm(batch: Batch, actor: Actor, reason: str = "") -> Batch:
    """Write what the dry run showed, all but the rows with errors.

    Refused: import_nothing, import_reason, import_running, not_allowed, moved_on.
    """
    reason = " ".join(reason.split())[:REASON_LONGEST]
    with transaction():
        Batch.update(reason=reason).where((Batch.id == batch.id) & (Batch.state == "preview")).execute()
        return BATCH.move(batch, "confirm", actor, confirmed=clock.now(), progress=0)


def refuse(batch: Batch, actor: Actor) -> Batch:
    """Do not import this file; nothing was written."""
    return BATCH.move(batch, "refuse", actor, confirmed=clock.now())


def undo(batch: Batch, actor: Actor) -> Batch:
    """Take the import back: new records go, changed ones become what they were.

    Refused: import_opened (count), import_overtaken (count), import_running, not_allowed, moved_on.
    """
    return BATCH.move(batch, "undo", actor, progress=0)


def fail(batch: Batch, refused: Refused) -> Batch:
    """The file cannot be read; `refused` says why."""
    fault = json.dumps({"code": refused.code, "facts": refused.facts}, ensure_ascii=False)
    return BATCH.move(batch, "fail", SYSTEM, detail={"code": refused.code}, fault=fault, confirmed=clock.now())


def halt(batch: Batch, refused: Refused) -> Batch:
    """The file cannot be read any more while the batch is written; `refused` says why, and what was written stays.

    The same file, brought again, writes the rest; or the batch is undone.
    """
    checks.enrol_unit(batch.unit)
    with transaction():
        written = Change.select().where(Change.batch == batch).count()
        fault = json.dumps({"code": refused.code, "facts": refused.facts}, ensure_ascii=False)
        told = {"code": refused.code, "written": written}
        return BATCH.move(batch, "halt", SYSTEM, detail=told, fault=fault, progress=written, applied=clock.now())


def counts(batch: Batch) -> dict[str, int]:
    return json.loads(batch.counts)


def to_write(counted: dict[str, int]) -> int:
    """How many rows a confirmation writes."""
    return sum(counted.get(group, 0) for group in WRITTEN)


def give_up() -> int:
    """Refuse what nobody decided for `ret.import_days`: a file full of people must not wait for ever. Returns how many."""
    edge = clock.now() - timedelta(days=defaults.value("ret.import_days"))
    left = list(Batch.select().where(Batch.state.in_(("uploaded", "mapping", "preview")) & (Batch.created < edge)))
    for batch in left:
        with suppress(Refused):  # somebody decided at this very moment
            refuse(batch, SYSTEM)
    return len(left)


def expired() -> list[Batch]:
    """Batches decided so long ago that their file and what was found in it go (`ret.import_days`)."""
    edge = clock.now() - timedelta(days=defaults.value("ret.import_days"))
    kept = Batch.file.is_null(False) | Batch.annotated.is_null(False) | Batch.id.in_(Finding.select(Finding.batch))
    decided = Batch.state.in_(("applied", "halted", "refused", "undone", "failed")) & (Batch.confirmed < edge)
    return list(Batch.select().where(decided & kept))


def keep_copy(batch: Batch, copy: Upload) -> None:
    """Remember the annotated copy; one that an interrupted dry run left goes with the next sweep."""
    Upload.update(expires=clock.now()).where(Upload.id == batch.annotated_id).execute()
    Batch.update(annotated=copy).where(Batch.id == batch.id).execute()


def forget_file(batch: Batch) -> None:
    """Drop what came from the file: its rows that were kept, and the links to what was shredded."""
    with transaction():
        Finding.delete().where(Finding.batch == batch).execute()
        Batch.update(file=None, annotated=None, headers="[]", mapping="{}").where(Batch.id == batch.id).execute()


def fields(kind: str) -> list[tuple[str, str]]:
    """(field, label) of every column that a roster of this kind may have."""
    return [(column.field, column.label) for column in COLUMNS[kind]]
