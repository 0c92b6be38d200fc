"""The list of a year by state or by what stands against people, and its register as it leaves the system.

Not here: the file (`providers/sheet_export.py`).
"""

from collections.abc import Iterator
from typing import NamedTuple

from peewee import JOIN, ModelSelect

from webapp.domain import exports, journal
from webapp.domain.graduation import faults, lifecycle
from webapp.domain.identity import documents
from webapp.domain.permissions import Actor, Can
from webapp.models import keyset
from webapp.models.base import transaction
from webapp.models.desk import Export
from webapp.models.graduation import Graduate, GraduateFault, Graduation
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.records import Record
from webapp.models.school import Class, College

STATES = ("waiting", "registered", "published", "corrected")

KIND, REASON = "register", "register"


class Line(NamedTuple):
    """One line of 学历注册名册; `document` is masked."""

    record: Record
    graduate: Graduate
    college: str
    klass: str
    document: str


def page(graduation: Graduation, state: str, fault: str = "", place: Place = FIRST) -> Page:
    """A page of the list, class by class; `fault` leaves those against whom that stands."""
    query = _joined().where((Graduate.graduation == graduation) & (Graduate.state == state))
    if fault in faults.CODES:
        there = GraduateFault.select(GraduateFault.graduate).where(
            (GraduateFault.graduation == graduation) & (GraduateFault.code == fault)
        )
        query = query.where(Graduate.id.in_(there))
    return keyset.cut(query, (Graduate.id, Graduate.id), place)


def told(rows: list[Graduate]) -> dict[int, list[str]]:
    """Id → what stands against each of these: one query for a page."""
    found: dict[int, list[str]] = {one.id: [] for one in rows}
    query = GraduateFault.select(GraduateFault.graduate, GraduateFault.code).where(GraduateFault.graduate.in_(list(found)))
    for number, code in query.order_by(GraduateFault.id).tuples():
        found[number].append(code)
    return found


def take_away(actor: Actor, graduation: Graduation) -> Export:
    """Write down who takes the register away; without this nothing is read. Raises export_limit (until), not_allowed."""
    actor.require(Can.ENROL)
    lifecycle.within(graduation, actor)
    with transaction():
        export = exports.write_down(actor, graduation.unit, KIND, REASON)
        journal.record("export.register", actor.name, graduation)
    return export


def register(graduation: Graduation) -> Iterator[Line]:
    """Everybody of the year with a number, in its order, one at a time."""
    query = _joined().where((Graduate.graduation == graduation) & (Graduate.certificate != ""))
    for one in query.order_by(Graduate.certificate).iterator():
        record = one.record
        college, klass = (place.name if place else "" for place in (record.college, record.klass))
        yield Line(record, one, college, klass, documents.masked(record.document or ""))


def _joined() -> ModelSelect:
    query = Graduate.select(Graduate, Record, College, Class).join(Record, on=Graduate.record)
    return query.join(College, JOIN.LEFT_OUTER).join_from(Record, Class, JOIN.LEFT_OUTER)
