"""学籍异动: entered with date, document number and reason; on its day it changes status or fields (R-SCH-12).

One whose day has not come waits; one that no longer fits when it comes is dropped, and the office sees why.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from webapp.domain import clock, journal
from webapp.domain.enrolment import editing, fields
from webapp.domain.enrolment.kinds import KINDS
from webapp.domain.enrolment.lifecycle import ENROLLED, ENROLMENT
from webapp.domain.enrolment.lifecycle import move as make_move
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.enrolment import Alteration
from webapp.models.records import Record
from webapp.models.staff import Grant

FAR = timedelta(days=366)
"""How far ahead an alteration may be entered."""

ALTERATION = Lifecycle(
    Alteration,
    #    name        from          to           who may
    Move("make", ("waiting",), "made", Can.ENROL),
    Move("drop", ("waiting",), "dropped", Can.ENROL),
    Move("withdraw", ("waiting",), "withdrawn", Can.ENROL),
)


def enter(
    actor: Actor, record: Record, kind: str, day: date, paper: str, reason: str, values: Mapping[str, object] | None = None
) -> Alteration:
    """Enter an alteration; one whose day has come is made at once. `values` are as `fields.read` gives them.

    Raises Refused: alteration_kind, paper_missing, paper_long, why_missing, why_long, alteration_day_far (until),
    alteration_day_early (since), alteration_value (field), alteration_unfit, published, number_taken, not_allowed.
    """
    editing.mine(actor, record, Can.ENROL)
    values = {field: value for field, value in (values or {}).items() if value not in ("", None)}
    _check(record, kind, day, paper, reason, values)
    row = Alteration(record=record, unit=record.unit_id, kind=kind, day=day, paper=paper, before=record.status)
    row.who, row.created, row.reason = actor.name, clock.now(), reason
    row.values = json.dumps({field: fields.text_of(value) for field, value in values.items()}, ensure_ascii=False)
    with transaction():
        _fits(record.locked(), kind)
        row.save(force_insert=True)
        journal.record("alteration.enter", actor.name, row, kind=kind)
        return _make(row, actor) if day <= clock.today() else row


def withdraw(actor: Actor, alteration: Alteration) -> Alteration:
    """Take one back that waits for its day. Raises Refused: not_allowed, moved_on."""
    editing.mine(actor, Record.get_by_id(alteration.record_id), Can.ENROL)
    return ALTERATION.move(alteration, "withdraw", actor)


def due() -> int:
    """Make what is due today; what no longer fits is dropped. Returns how many were made."""
    made = 0
    for row in (
        Alteration.select()
        .where((Alteration.state == "waiting") & (Alteration.day <= clock.today()))
        .order_by(Alteration.day, Alteration.id)
    ):
        try:
            _make(row, Actor(row.who, SYSTEM.abilities))
            made += 1
        except Refused as refused:
            with suppress(Refused):  # another worker, or the officer, was faster
                ALTERATION.move(row, "drop", SYSTEM, fault=refused.code[:40])
    return made


def told(alteration: Alteration) -> dict[str, str]:
    """Field → the value that it got or shall get, as text."""
    return json.loads(alteration.values or "{}")


def of(record: Record) -> list[Alteration]:
    """A record's alterations, newest first."""
    query = Alteration.select().where(Alteration.record == record)
    return list(query.order_by(Alteration.day.desc(), Alteration.id.desc()))


def shown(record: int) -> list[Alteration]:
    """Those that the holder sees: made ones, newest first, reasons left out."""
    mine = (Alteration.record == record) & (Alteration.state == "made") & (Alteration.kind != "die")
    return list(Alteration.select().where(mine).order_by(Alteration.day.desc(), Alteration.id.desc()))


def waiting(grants: Sequence[Grant], most: int = 200) -> list[Alteration]:
    """What waits for its day or was dropped in the last month, the nearest day first."""
    lately = (Alteration.state == "dropped") & (Alteration.day > clock.today() - timedelta(days=31))
    there = Alteration.unit.in_(scope.units(grants)) & ((Alteration.state == "waiting") | lately)
    query = Alteration.select(Alteration, Record).join(Record).where(there & scope.records(grants))
    return list(query.order_by(Alteration.day, Alteration.id).limit(most))


def find(actor: Actor, key: str) -> Alteration | None:
    there = Alteration.unit.in_(scope.units(actor.where(Can.ENROL)))
    return Alteration.select(Alteration, Record).join(Record).where(there & (Alteration.key == key)).first()


def _check(record: Record, kind: str, day: date, paper: str, reason: str, values: Mapping[str, object]) -> None:
    if kind not in KINDS:
        raise Refused("alteration_kind", field="kind")
    if not paper:
        raise Refused("paper_missing", field="paper")
    if len(paper) > editing.PAPER:
        raise Refused("paper_long", field="paper", most=editing.PAPER)
    if not reason:
        raise Refused("why_missing", field="why")
    if len(reason) > editing.WHY:
        raise Refused("why_long", field="why", most=editing.WHY)
    if day > clock.today() + FAR:
        raise Refused("alteration_day_far", field="day", until=(clock.today() + FAR).isoformat())
    if record.enrolled_on and day < record.enrolled_on:
        raise Refused("alteration_day_early", field="day", since=record.enrolled_on.isoformat())
    needed = KINDS[kind].fields
    if set(values) - set(needed):
        raise Refused("alteration_kind", field="kind")
    if needed and not KINDS[kind].move and needed[0] not in values:
        raise Refused("alteration_value", field=needed[0])


def _fits(record: Record, kind: str) -> None:
    """The record is in a status from which the alteration leads somewhere."""
    if record.published is not None:
        raise Refused("published")
    name = KINDS[kind].move
    if record.status not in (ENROLMENT.moves[name].leaves if name else ENROLLED):
        raise Refused("alteration_unfit", field="kind")


def _make(row: Alteration, actor: Actor) -> Alteration:
    kind = KINDS[row.kind]
    with transaction():
        if row.locked().state != "waiting":
            raise Refused("moved_on", state=row.state)
        record = Record.get_by_id(row.record_id).locked()
        _fits(record, row.kind)
        before = record.status
        if said := told(row):
            values = {field: fields.read(record, field, text) for field, text in said.items()}
            record = editing.change(record, values, actor, row.reason, row.paper, source="move")
        if kind.move:
            record = make_move(record, kind.move, actor, row.reason, row.paper)
        _leave(record, row, actor)
        return ALTERATION.move(row, "make", actor, made=clock.now(), before=before)


def _leave(record: Record, row: Alteration, actor: Actor) -> None:
    """Who leaves gets the day as 离校日期; who comes back has none."""
    day = row.day if KINDS[row.kind].leaves else None
    if record.left_on != day and (day or row.kind == "reinstate"):
        editing.keep(record, {"left_on": (record.left_on, day)}, actor, row.reason, row.paper, "move")
        record.left_on = day
        record.save()
