"""What a record said before an import changed it: sealed beside the change, read again to show it or to take it back.

Not here: which records an undo may touch (`undoing.py`).
"""

import json

from webapp.domain.identity import documents, names
from webapp.domain.imports.people import AT, BATCH, KEY, NATURAL, PLACED, SEALED, Changes, Old, opened
from webapp.domain.resealing import Place
from webapp.models import keys
from webapp.models.imports import Batch
from webapp.models.records import Change, Record

PURPOSE = "change|before"
_IDENTITY = ("document_kind", "country", "document")


class Writer:
    """Seals what the changed records of one batch said."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def before(self, old: Old, changes: Changes) -> str:
        """The value of `Change.before`: the fields' values, and what undoing needs besides."""
        row = old.row
        fields = {field: before for field, (before, _) in changes.items()}
        if set(_IDENTITY) & set(fields):
            fields |= {"document_kind": row[AT["document_kind"]], "country": row[AT["country"]]}
            fields["document"] = opened(row, "document")
        said = {"fields": fields, "natural": row[NATURAL], "batch": row[BATCH]}
        said["places"] = [row[AT[field]] for field in PLACED]
        return keys.seal(PURPOSE, json.dumps(said, ensure_ascii=False), _aad(row[KEY], self._batch.key))


def before(change: Change, record: Record) -> dict[str, object] | None:
    """Field → value before the change, as a person reads it; None where the batch made the record."""
    said = _read(change, record)
    return said and said["fields"]


def put_back(change: Change, record: Record) -> None:
    """Give the record (in memory) the values from before the change."""
    said = _read(change, record)
    fields = said["fields"]
    for field, value in fields.items():
        if field not in PLACED:
            setattr(record, field, (value or None) if field in SEALED else value)
    if "name" in fields:
        record.name_compare, record.name_sort = names.compare(record.name), names.sort_key(record.name)[:255]
        record.name_gap = names.has_gap(record.name)
    if "document" in fields:
        number = fields["document"]
        canonical = documents.canonical(record.document_kind, number, record.country) if number else None
        record.identity_index = keys.blind("identity", canonical) if canonical else None
    record.college, record.klass = said["places"]
    record.natural, record.batch = said["natural"], said["batch"]


def _read(change: Change, record: Record) -> dict | None:
    if change.before is None:
        return None
    return json.loads(keys.unseal(PURPOSE, change.before, _aad(record.key, change.batch.key)))


def _aad(record: str, batch: str) -> str:
    return f"{PURPOSE}|{record}|{batch}"


SEALED_HERE = Place(Change.before, PURPOSE, (Record.key, Batch.key), _aad)
"""For who seals everything again under a new root."""
