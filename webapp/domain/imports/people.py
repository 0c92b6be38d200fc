"""A person of a roster beside the record that stands for them: the same, new, changed, or not to be changed any more.

Only compares and prepares values; nothing is written here. An empty cell never empties a field.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import compress, repeat
from operator import itemgetter
from typing import NamedTuple

from webapp.domain.imports.places import Places
from webapp.domain.rosters import COLUMNS, ENROLMENT, Parsed, Table
from webapp.models import bulk, keys
from webapp.models.imports import Batch
from webapp.models.records import Record

SEALED = ("document", "phone", "email")
PLACED = ("college", "klass")
_DERIVED = ("natural", "name_compare", "name_sort", "name_gap", "canonical")
FIELDS = tuple(field for field in Parsed._fields if field not in _DERIVED)
"""The fields of a record that a roster may bring."""

_IDENTITY = frozenset(["document", "document_kind", "country"])
_BEFORE = ("id", "key", "natural", "batch_id", "opened", "account_id", "published")
_COLUMNS = (*_BEFORE, *(f"{field}_id" if field in PLACED else field for field in FIELDS))
ID, KEY, NATURAL, BATCH, OPENED, ACCOUNT, PUBLISHED = range(len(_BEFORE))
AT = {field: len(_BEFORE) + place for place, field in enumerate(FIELDS)}
_IN = {field: place for place, field in enumerate(Parsed._fields)}
_AS_THEY_ARE = tuple(field for field in Parsed._fields if field not in (*SEALED, *PLACED, "canonical"))

INSERTED = (
    "key", "unit_id", "kind", "batch_id", "updated", "bound_how", "exempt", *_AS_THEY_ARE, "college_id", "klass_id",
    "document", "identity_index", "phone", "phone_index", "email", "email_index",
)  # fmt: skip
"""The columns of a new record, in the order of `Sealer.new`; the rest are null."""

Changes = dict[str, tuple[object, object]]
"""Field → its value before and after, as a person would compare them."""


class Old(NamedTuple):
    """The record that a row met: its columns as `_COLUMNS` name them, and what it already says."""

    row: tuple
    looked_at: bool
    """A student has seen it, or holds it: its key fields change by correction only (R-SCH-32)."""
    published: bool
    """Its qualification is public: no roster changes anything (R-COR-07)."""


def find(batch: Batch, people: list[Parsed]) -> list[Old | None]:
    """The record of each person: by student number and level, else by examinee number and level (certificate number)."""
    here = {"unit_id": batch.unit_id, "kind": batch.kind}
    rows = bulk.select(Record, _COLUMNS, here, ("natural", [person.natural for person in people]))
    known = {row[NATURAL]: row for row in rows}
    numbers = [p.exam_number for p in people if p.exam_number and p.natural not in known]
    by_exam: dict[tuple, tuple] = {}
    if batch.kind == ENROLMENT and numbers:
        rows = bulk.select(Record, _COLUMNS, here, ("exam_number", numbers))
        by_exam = {(row[AT["exam_number"]], row[AT["level"]]): row for row in rows}
    found = (known.get(p.natural) or by_exam.get((p.exam_number, p.level)) for p in people)
    return [Old(row, bool(row[OPENED] or row[ACCOUNT]), bool(row[PUBLISHED])) if row else None for row in found]


class Comparer:
    """Compares the people of one sheet with their records, in the columns that this sheet has."""

    def __init__(self, kind: str, table: Table, places: Places) -> None:
        told = set(table.mapping.known.values()) & set(FIELDS)
        if "document" in told:
            told |= {"sex", "birth_date"}  # a resident ID number tells them
        self._sealed = [field for field in SEALED if field in told]
        self._placed = [field for field in PLACED if field in told]
        self._plain = [field for field in FIELDS if field in told and field not in (*SEALED, *PLACED)]
        self._new = itemgetter(*(_IN[field] for field in self._plain))
        self._old = itemgetter(*(AT[field] for field in self._plain))
        self._key_fields = frozenset(column.field for column in COLUMNS[kind] if column.key)
        self._places = places

    def changes(self, person: Parsed, old: Old) -> Changes:
        """What the row would change in its record; empty where it says the same."""
        row, changes = old.row, {}
        if self._new(person) != self._old(row):
            pairs = zip(self._plain, self._old(row), self._new(person), strict=True)
            changes = {field: (before, after) for field, before, after in pairs if after and after != before}
        for field in self._sealed:
            after, before = person[_IN[field]], opened(row, field)
            if after and after != before:
                changes[field] = (before, after)
        for field in self._placed:
            after, before = person[_IN[field]], self._places.name(field, row[AT[field]])
            if after and after != before:
                changes[field] = (before, after)
        return changes

    def key_changes(self, changes: Changes) -> bool:
        """Does it change what only a correction may change (关键信息)? Filling a gap is no change."""
        return any(field in self._key_fields and before for field, (before, _) in changes.items())


def opened(row: tuple, field: str) -> str:
    """A sealed column of a record that `find` gave, readable; "" where it is empty."""
    sealed = row[AT[field]]
    return keys.unseal(f"record|{field}", sealed, f"record|{field}|{row[KEY]}") if sealed else ""


class Sealer:
    """Makes the database's values of new and of changed records, with a batch's marks on them."""

    def __init__(self, batch: Batch, at: datetime, places: Places) -> None:
        self._head = (batch.unit_id, batch.kind, batch.id, str(at), "", "")
        self._enrolment = batch.kind == ENROLMENT
        self._updated = {"batch_id": batch.id, "updated": str(at)}
        self._places = places

    def new(self, people: list[Parsed]) -> list[Iterable]:
        """The columns of new records, in the order of INSERTED: worked out by columns, they cost half as much as by rows."""
        if not people:
            return [() for _ in INSERTED]
        said = dict(zip(Parsed._fields, zip(*people, strict=True), strict=True))
        if self._enrolment:
            pairs = zip(said["status"], said["special"], strict=True)
            said["status"] = ["N0" if special else status or "A1" for status, special in pairs]  # the province first
        row_keys = keys.row_keys(len(people))
        places = zip(*map(self._places.numbers, people), strict=True)
        document = _sealed("document", said["document"], row_keys)
        identity = _where_told(said["document"], keys.blind_all("identity", compress(said["canonical"], said["document"])))
        contacts = (column for field in ("phone", "email") for column in _contact(field, said[field], row_keys))
        plain = (said[field] for field in _AS_THEY_ARE)
        return [row_keys, *map(repeat, self._head), *plain, *places, document, identity, *contacts]

    def placed(self, person: Parsed, old: Old) -> Parsed:
        """The person with the college and class that the record keeps where the row has none."""
        return person._replace(**{f: person[_IN[f]] or self._places.name(f, old.row[AT[f]]) for f in PLACED})

    def columns(self, person: Parsed, old: Old, changes: Changes) -> dict[str, object]:
        """Column → value of a changed record: what differs, and what follows from it."""
        row, key = old.row, old.row[KEY]
        written = {field: after for field, (_, after) in changes.items() if field not in (*SEALED, *PLACED)}
        if "name" in changes:
            written |= {"name_compare": person.name_compare, "name_sort": person.name_sort, "name_gap": person.name_gap}
        if _IDENTITY & set(changes) and person.document:
            written |= {
                "document_kind": person.document_kind, "country": person.country,
                "document": keys.seal("record|document", person.document, f"record|document|{key}"),
                "identity_index": keys.blind("identity", person.canonical),
            }  # fmt: skip
        for field in ("phone", "email"):
            if field in changes:
                (written[field],), (written[f"{field}_index"],) = _contact(field, [person[_IN[field]]], [key])
        if set(PLACED) & set(changes):
            written["college_id"], written["klass_id"] = self._places.numbers(self.placed(person, old))
        if self._enrolment and {"student_number", "exam_number"} & set(changes):
            number = person.student_number or row[AT["student_number"]] or person.exam_number
            written["natural"] = f"{number.upper()}|{person.level}"
        return written | self._updated


def _sealed(field: str, texts: Sequence[str], row_keys: Sequence[str]) -> list[str | None]:
    """A column sealed under the keys of its rows; None where a row has nothing."""
    purpose = f"record|{field}"
    aads = (f"{purpose}|{key}" for key in compress(row_keys, texts))
    return _where_told(texts, keys.seal_all(purpose, list(filter(None, texts)), aads))


def _contact(field: str, texts: Sequence[str], row_keys: Sequence[str]) -> tuple[list[str | None], list[str | None]]:
    """A column of phones or addresses, sealed and as blind indexes."""
    return _sealed(field, texts, row_keys), _where_told(texts, keys.blind_all(field, filter(None, texts)))


def _where_told(texts: Sequence[str], values: list[str]) -> list[str | None]:
    """The values beside the texts they were made from; None beside an empty one."""
    if len(values) == len(texts):
        return values
    following = iter(values)
    return [next(following) if text else None for text in texts]
