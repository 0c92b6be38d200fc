"""What the staff's pages ask about imports: the list, one batch, its findings. Each within the viewer's grants."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from webapp.models import keyset, scope
from webapp.models.imports import Batch, Finding
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.school import Unit
from webapp.models.staff import Grant, Staff

GROUPS = ("new", "changed", "same", "wrong", "missing", "frozen", "doubt")
"""新增, 变更, 相同, 有误, 缺少 of R-SCH-32; then what needs a correction, and warnings on rows that are imported."""


class Sample(NamedTuple):
    """A row as the preview shows it. `changes`: field → (before, after)."""

    sheet: str
    row: int
    name: str
    number: str
    changes: dict[str, list[str]]
    standard: dict[str, list]
    """What was measured of a 学历照片; empty of anything else."""


class Fault(NamedTuple):
    """What is wrong at a place of the file; `value` is masked where it is a number that works."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    facts: dict


def batches(grants: Sequence[Grant], place: Place = FIRST) -> Page:
    """Imports of the schools of the grants, newest first."""
    query = Batch.select(Batch, Unit).join(Unit).where(scope.batches(grants))
    return keyset.cut(query, (Batch.created, Batch.id), place, newest=True)


def batch(grants: Sequence[Grant], key: str) -> Batch | None:
    """One import with its school, and whose it is."""
    query = Batch.select(Batch, Unit, Staff).join(Unit).switch(Batch).left_outer_join(Staff)
    return query.where(scope.batches(grants) & (Batch.key == key)).first()


def samples(batch: Batch, group: str, most: int) -> list[Sample]:
    """The first rows of a group."""
    return [
        Sample(one.sheet, one.row, said["name"], said["number"], said["changes"], said.get("standard", {}))
        for one in _findings(batch, group, most)
        for said in [json.loads(one.value)]
    ]


def faults(batch: Batch, group: str, most: int) -> list[Fault]:
    """The first problems: group ``wrong`` or ``doubt``."""
    return [
        Fault(one.sheet, one.row, one.column, said["value"], one.code, said["facts"])
        for one in _findings(batch, group, most)
        for said in [json.loads(one.value)]
    ]


def _findings(batch: Batch, group: str, most: int) -> list[Finding]:
    query = Finding.select().where((Finding.batch == batch) & (Finding.group == group))
    return list(query.order_by(Finding.row, Finding.id).limit(most))
