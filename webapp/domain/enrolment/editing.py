"""The one way in which a person changes a field of a record: kept for ever, told to the holder, confirmed again (R-COR-05).

Not here: what rosters change (`imports/`), the moves of 学籍状态 (`lifecycle.py`), and whether a change was rightly decided.
"""

from collections.abc import Mapping

from peewee import IntegrityError

from webapp.domain import clock, glyphs, journal, matching
from webapp.domain.enrolment import admissions, binding, fields, telling
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import correcting
from webapp.domain.rosters.values import SORT_KEY_LONGEST
from webapp.models import keys, scope
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.enrolment import Kept
from webapp.models.records import Record
from webapp.models.school import Campaign

WHY, PAPER = 200, 60
"""Characters of a reason, and of a document's number."""

_SCOPED = frozenset(("level", "major", "klass", "student_number", "enrolled_on"))
"""Fields by which a campaign calls up its students."""


def change(
    record: Record,
    values: Mapping[str, object],
    actor: Actor,
    why: str,
    paper: str = "",
    *,
    source: str = "edit",
    by_province: bool = False,
) -> Record:
    """Change fields of a record, each to a value as `fields.read` gives it, and return the record as it now is.

    The caller has settled who may; `source` is correction, edit, move or graduation (更正, 编辑, 异动, 学历注册). Old and new
    value are kept, the holder is told and asked to confirm again (R-CHK-15), a changed name or document binds anew
    (R-COR-13), and the reports follow (`reports/correcting.py`). What does not differ is left alone. Raises Refused: published
    (once the qualification is public, unless the province decided; R-COR-07), number_taken, why_long (most), paper_long (most).
    """
    _fits(why, paper)
    with transaction():
        record = record.locked()
        if record.published is not None and not by_province:
            raise Refused("published")
        pairs = _differing(record, values)
        if not pairs:
            return record
        differs = {field: after for field, (_before, after) in pairs.items()}
        _set(record, differs)
        _save(record)
        keep(record, pairs, actor, why, paper, source)
        _follow(record, differs)
        if set(admissions.COMPARED) & set(differs):
            admissions.compare(record)
        journal.record("record.change", actor.name, record, fields=sorted(differs), source=source)
        if set(fields.IDENTITY) & set(differs):
            binding.again(record, actor)
            if source == "correction":
                matching.learn(record, pairs)
        correcting.follow({record.id: pairs})
        telling.changed(record, pairs)
    return record


def edit(actor: Actor, record: Record, values: Mapping[str, object], why: str) -> Record:
    """The records office changes what is not key, with a reason (R-SCH-20).

    Raises Refused: not_allowed, key_field, why_missing, and what `change` raises.
    """
    mine(actor, record, Can.ENROL)
    if set(values) - set(fields.EDITED):
        raise Refused("key_field")
    if not why:
        raise Refused("why_missing", field="why")
    return change(record, values, actor, why)


def mine(actor: Actor, record: Record, ability: Can) -> None:
    """Refused("not_allowed") unless the actor has the ability and the record lies within its grants."""
    actor.require(ability)
    if not Record.select().where(scope.records(actor.where(ability)) & (Record.id == record.id)).exists():
        raise Refused("not_allowed")


def keep(record: Record, values: Mapping[str, tuple[object, object]], actor: Actor, why: str, paper: str, source: str) -> None:
    """Keep what fields said before and after; in the transaction of the change."""
    at = clock.now()
    for field, (before, after) in values.items():
        row = Kept(record=record, field=field, who=actor.name, at=at, paper=paper, source=source)
        row.before, row.after, row.why = fields.text_of(before), fields.text_of(after), why
        row.save(force_insert=True)


def kept(record: Record) -> list[Kept]:
    """Everything that people changed in the record, newest first."""
    return list(Kept.select().where(Kept.record == record).order_by(Kept.at.desc(), Kept.id.desc()))


def _fits(why: str, paper: str) -> None:
    if len(why) > WHY:
        raise Refused("why_long", field="why", most=WHY)
    if len(paper) > PAPER:
        raise Refused("paper_long", field="paper", most=PAPER)


def _differing(record: Record, values: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Field → value before and after, of those that change."""
    pairs = {field: (getattr(record, field), after) for field, after in values.items()}
    return {field: pair for field, pair in pairs.items() if fields.text_of(pair[0]) != fields.text_of(pair[1])}


def _set(record: Record, values: Mapping[str, object]) -> None:
    """The values, and what follows from them: forms for comparing and sorting, the identity, how a roster finds it again."""
    for field, value in values.items():
        setattr(record, field, (value or None) if field in fields.SEALED else value)
    if "name" in values:
        record.name_compare, record.name_sort = names.compare(record.name), names.sort_key(record.name)[:SORT_KEY_LONGEST]
        record.name_gap = names.has_gap(record.name)
        glyphs.want(record.name)
    if "klass" in values and record.klass is not None:
        record.college = record.klass.college
    if {"document", "document_kind", "country"} & set(values):
        number = record.document
        canonical = documents.canonical(record.document_kind, number, record.country) if number else None
        record.identity_index = keys.blind("identity", canonical) if canonical else None
    if record.kind == "enrolment" and {"student_number", "exam_number", "level"} & set(values):
        record.natural = f"{(record.student_number or record.exam_number).upper()}|{record.level}"
    record.updated = clock.now()


def _save(record: Record) -> None:
    same = (Record.unit == record.unit_id) & (Record.kind == record.kind) & (Record.natural == record.natural)
    if Record.select().where(same & (Record.id != record.id)).exists():
        raise Refused("number_taken")
    try:
        record.save()
    except IntegrityError as fault:
        raise Refused("number_taken") from fault


def _follow(record: Record, values: Mapping[str, object]) -> None:
    """Let the self-checks stand where the record now does, and the school's campaigns call up anew."""
    if set(fields.PLACES) & set(values):
        Check.update(college=record.college, klass=record.klass).where(Check.record == record).execute()
    if record.kind == "enrolment" and _SCOPED & set(values):
        running = (Campaign.unit == record.unit_id) & (Campaign.kind == "check") & ~Campaign.closed
        for campaign in Campaign.select().where(running):
            journal.promise("campaigns.call_up", key=campaign.key)
