"""What shall stand in the record: read as a roster's cell is, and refused where it is no correction (R-COR-09, R-COR-10).

Not here: who may ask for it (`asking.py`), and the change itself (`enrolment/editing.py`).
"""

from webapp.domain.corrections import lifecycle
from webapp.domain.enrolment import fields
from webapp.domain.identity import documents, id_numbers
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.corrections import Correction
from webapp.models.records import Record

WHY, VALUE = 200, 100
"""Characters of a reason and of a value."""

MOVED = {"number_officer": (("1", "CHN"),), "number_moved": (("6", "HKG"), ("7", "MAC"))}
"""Grounds on which the kind of document changes too, and what it may be then: (kind, country)."""


def fill(correction: Correction, text: str, why: str) -> Correction:
    """What shall stand there, and why. What a desk has agreed to stays as it is: only the reason is written anew then.

    Raises what a roster's cell raises, correction_same, correction_same_number, correction_not_rare, correction_birth,
    correction_value_missing, _long (most), correction_why_missing, _long (most), correction_value_stands, moved_on.
    """
    text, why = text.strip(), why.strip().replace("\r\n", "\n")
    if not text:
        raise Refused("correction_value_missing", field="wanted")
    if len(text) > VALUE:
        raise Refused("correction_value_long", field="wanted", most=VALUE)
    if not why:
        raise Refused("correction_why_missing", field="why")
    if len(why) > WHY:
        raise Refused("correction_why_long", field="why", most=WHY)
    wanted = read(correction, text)
    with transaction():
        correction = correction.locked()
        if correction.state not in ("draft", "returned"):
            raise Refused("moved_on", state=correction.state)
        if wanted != correction.wanted and lifecycle.agreed_to(correction):
            raise Refused("correction_value_stands", field="wanted")
        correction.wanted, correction.why = wanted, why
        correction.save()
    return correction


def read(correction: Correction, text: str) -> str:
    """The value as it is kept; what cannot be one is refused beside the field."""
    record, ground = correction.record, correction.ground
    try:
        wanted = fields.text_of(values(correction, text)[correction.field])
        _differs(record, correction.field, ground, wanted)
    except Refused as refused:
        refused.facts["field"] = "wanted"
        raise
    return wanted


def values(correction: Correction, text: str) -> dict[str, object]:
    """Every column that changes with the request, with its value: a number that carries a birthday changes that too."""
    record = correction.record
    if kinds := MOVED.get(correction.ground):
        number = documents.clean(text)
        kind, country = _fitting(kinds, number)
        return {"document_kind": kind, "country": country, "document": number}
    found = {correction.field: fields.read(record, correction.field, text)}
    if correction.ground == "number_birth":
        found["birth_date"] = id_numbers.birth_date(found["document"])
    return found


def _fitting(kinds: tuple[tuple[str, str], ...], number: str) -> tuple[str, str]:
    """The first kind of document that could bear this number; the last one's refusal where none can."""
    for kind, country in kinds[:-1]:
        try:
            documents.check(kind, number, country)
        except Refused:
            continue
        return kind, country
    documents.check(kinds[-1][0], number, kinds[-1][1])
    return kinds[-1]


def _differs(record: Record, field: str, ground: str, wanted: str) -> None:
    before = fields.text_of(getattr(record, field))
    if wanted == before:
        raise Refused("correction_same")
    if field == "document" and record.document and ground not in MOVED:
        country = record.country
        if documents.canonical(record.document_kind, before, country) == documents.canonical(
            record.document_kind, wanted, country
        ):
            raise Refused("correction_same_number")
        if record.document_kind == "1" and ground == "number_typed" and _other_birthday(record, wanted):
            raise Refused("correction_birth")
    if ground == "name_rare" and not lifecycle.rare_fix(before, wanted):
        raise Refused("correction_not_rare")


def _other_birthday(record: Record, number: str) -> bool:
    return record.birth_date is not None and id_numbers.birth_date(number) != record.birth_date
