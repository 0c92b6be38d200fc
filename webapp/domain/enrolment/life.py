"""One enrolment from its first day: every change, move, year and decision in one list, newest first (R-COR-05).

Not here: what rosters changed field by field (`imports/history.py` keeps that sealed beside its batch).
"""

from datetime import datetime
from typing import NamedTuple

from webapp.domain.enrolment import alterations, approvals, editing, years
from webapp.models.enrolment import Alteration, Approval, Kept, YearRegistration
from webapp.models.records import Change, Record
from webapp.models.staff import Staff

What = Kept | Alteration | YearRegistration | Approval | Change


class Entry(NamedTuple):
    """`kind`: kept, alteration, year, approval, roster."""

    at: datetime
    kind: str
    what: What


def of(record: Record) -> list[Entry]:
    """Five queries, however long the life was."""
    found = [Entry(one.at, "kept", one) for one in editing.kept(record)]
    found += [Entry(one.made or one.created, "alteration", one) for one in alterations.of(record)]
    found += [Entry(one.at, "year", one) for one in years.of(record.id)]
    found += [Entry(one.decided or one.asked or one.created, "approval", one) for one in approvals.of(record)]
    found += [Entry(one.at, "roster", one) for one in Change.select().where(Change.record == record)]
    return sorted(found, key=lambda entry: (entry.at, entry.what.id), reverse=True)


def names(entries: list[Entry]) -> dict[str, str]:
    """Actor → name, of the staff who are named in a life."""
    acted = {getattr(entry.what, "who", "") for entry in entries}
    found = [name.removeprefix("staff:") for name in acted if name.startswith("staff:")]
    known = Staff.select(Staff.key, Staff.name).where(Staff.key.in_(found)).tuples() if found else ()
    return {f"staff:{key}": name for key, name in known}
