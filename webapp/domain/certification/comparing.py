"""The records of this site that an item may be about, field by field beside what the applicant wrote (R-CRT-42).

It compares and never decides: a record that differs may be right. Not here: what a reader sees of it (`web/staff/`).
"""

import json
from dataclasses import dataclass

from peewee import SQL

from webapp.domain.enrolment import schools
from webapp.domain.identity import certificates, names
from webapp.models.certification import ApplicationItem
from webapp.models.records import Record
from webapp.models.school import Unit

MOST = 6
"""Records of one holder that are laid beside an item."""

DAYS = {"entered": "enrolled_on", "graduated": "graduated_on"}
CODES = ("category", "level", "conclusion")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that both tell of: its name in the form, what the applicant wrote, what is registered, do they agree?"""

    name: str
    told: str
    registered: str
    same: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A record with its fields. `numbered`: it has the certificate's number; `holders`: it has the holder's identity."""

    record: Record
    fields: list[Field]
    numbered: bool
    holders: bool

    @property
    def whole(self) -> bool:
        return self.numbered and self.holders and all(field.same for field in self.fields)


def details(item: ApplicationItem) -> dict[str, str]:
    """The answers of its form, by name."""
    return json.loads(item.details or "{}")


def matches(item: ApplicationItem) -> list[Match]:
    """Records with the certificate's number or the holder's identity, those with both first."""
    forms = certificates.canonical_forms(item.certificate or "")
    numbered = Record.certificate.in_(forms) & (Record.certificate != SQL("''"))
    identity = item.application.identity_index
    holders = (Record.identity_index == identity) if identity else SQL("0 = 1")
    query = Record.select(Record, Unit).join(Unit)
    found = {one.id: one for part in (numbered, holders) for one in query.where(part).order_by(Record.id).limit(MOST)}
    laid = [_match(item, record, set(forms)) for record in found.values()]
    return sorted(laid, key=lambda one: (not one.numbered, not one.holders, one.record.kind != "qualification", one.record.id))


def same(item: ApplicationItem) -> Record | None:
    """The one record that agrees in all that both tell of."""
    return next((match.record for match in matches(item) if match.whole), None)


def _match(item: ApplicationItem, record: Record, forms: set[str]) -> Match:
    application, told = item.application, details(item)
    numbered = bool(forms & set(certificates.canonical_forms(record.certificate)))
    holders = bool(application.identity_index) and record.identity_index == application.identity_index
    found = [
        Field("name", application.holder_name, record.name, names.compare(application.holder_name) == record.name_compare),
        Field("document", application.holder_document or "", record.document or "", holders),
    ]
    if number := told.get("number"):
        found.append(Field("number", number, record.certificate, numbered))
    if school := told.get("school"):
        found.append(Field("school", school, record.unit.name, schools.means(school, [record.unit])))
    found += [_plain(name, told[name], getattr(record, name)) for name in (*CODES, "major", "student_number") if told.get(name)]
    found += [_day(name, told[name], record) for name in DAYS if told.get(name)]
    return Match(record, found, numbered, holders)


def _plain(name: str, told: str, registered: str) -> Field:
    return Field(name, told, registered, told == registered)


def _day(name: str, told: str, record: Record) -> Field:
    """A form may ask for a month or a year alone: then no more of the day is compared."""
    day = getattr(record, DAYS[name])
    registered = day.isoformat() if day else ""
    return Field(name, told, registered, bool(registered) and registered.startswith(told))
