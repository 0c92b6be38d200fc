"""报省审批: special categories and 疑似双学籍 wait for the province before a student is registered (R-SCH-07, R-SCH-09).

Not here: finding doubles (`doubles.py`), and key changes, which are corrections.
"""

from collections.abc import Iterable, Sequence

from peewee import Expression, fn

from webapp.domain import clock, defaults, journal
from webapp.domain.enrolment import editing
from webapp.domain.identity import tables
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.enrolment import Approval
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Grant

ANSWER = 200
"""Characters of the province's word."""

MOST = 500
"""Rows of a list, and of one letter."""

FROM_OUTSIDE = ("6", "7", "8", "H", "R")
"""Documents of students from Hong Kong, Macao and Taiwan."""


def decides(approval: Approval, actor: Actor) -> None:
    """The actor decides about this school's students: the province, or the school itself where it is left to it."""
    if approval.unit_id not in scope.units(deciders(actor)):
        raise Refused("not_allowed")


def deciders(actor: Actor) -> tuple[Grant, ...]:
    """The grants by which an actor decides (`enr.decider`)."""
    left_to_school = defaults.value("enr.decider") == "school"
    return (*actor.where(Can.DECIDE), *(actor.where(Can.ENROL) if left_to_school else ()))


def may_decide(actor: Actor, approval: Approval) -> bool:
    """Is it this actor's to decide? Never who sent it up."""
    return approval.unit_id in scope.units(deciders(actor)) and approval.asked_by != actor.name


def by_another(approval: Approval, actor: Actor) -> None:
    """Who sent it up does not decide it."""
    if approval.asked_by == actor.name:
        raise Refused("not_allowed")


APPROVAL = Lifecycle(
    Approval,
    #    name       from           to           who may      guards
    Move("send", ("flagged",), "waiting", Can.ENROL),
    Move("recall", ("waiting",), "flagged", Can.ENROL),
    Move("approve", ("waiting",), "approved", None, (decides, by_another)),
    Move("refuse", ("waiting",), "refused", None, (decides, by_another)),
    Move("lift", ("flagged", "refused"), "withdrawn", Can.ENROL),
)


def category(record: Record) -> str:
    """The special category of a student: as the school says, else what level or document tell; "" for most (spec 5.14)."""
    if record.special:
        return record.special
    if record.document_kind in FROM_OUTSIDE:
        return "hmt"
    return "top_up" if record.level == "top_up" and record.category in ("", "regular") else ""


def settled(record: Record) -> None:
    """Raises Refused where the province has still to decide: double_open, province_first."""
    found = of(record)
    if (double := newest(found, "double")) and double.state in ("flagged", "waiting", "refused"):
        raise Refused("double_open")
    special = category(record)
    if special and not any((one.kind, one.category, one.state) == ("special", special, "approved") for one in found):
        raise Refused("province_first")


def newest(found: Iterable[Approval], kind: str) -> Approval | None:
    """The one of a kind that counts, of what `of` gives."""
    return next((one for one in found if one.kind == kind), None)


def ask(actor: Actor, records: Iterable[Record], paper: str, note: str = "") -> list[Approval]:
    """Send special students up, with the number of the school's letter. One that was sent already is left alone.

    Raises Refused: paper_missing, not_special, not_allowed.
    """
    actor.require(Can.ENROL)
    if not paper:
        raise Refused("paper_missing", field="paper")
    sent = []
    with transaction():
        for record in records:
            found = _open(record, "special") or flag(record, "special", category(record), actor=actor)
            if found.state == "flagged":
                sent.append(send(actor, found, paper, note))
    return sent


def flag(record: Record, kind: str, special: str = "", other: Record | None = None, actor: Actor = SYSTEM) -> Approval:
    """Note that the province has to look; nothing is sent yet. Raises Refused("not_special") without a category."""
    if kind == "special" and not special:
        raise Refused("not_special")
    row = Approval(record=record, unit=record.unit_id, kind=kind, category=special, other=other, state="flagged")
    row.created = clock.now()
    with transaction():
        row.save(force_insert=True)
        journal.record("approval.flag", actor.name, row, kind=kind)
    return row


def name_special(actor: Actor, record: Record, special: str, paper: str) -> None:
    """Say that a student is of a special category and send it up; "" takes the school's word back, and what waits with it.

    Raises Refused: table_unknown, paper_missing, paper_long (most), published, not_allowed.
    """
    editing.mine(actor, record, Can.ENROL)
    if special and special not in tables.SPECIALS:
        raise Refused("table_unknown", field="special", table="specials", value=special)
    if len(paper) > editing.PAPER:
        raise Refused("paper_long", field="paper", most=editing.PAPER)
    with transaction():
        record = record.locked()
        if record.published is not None:
            raise Refused("published")
        if record.special != (special or None):
            editing.keep(record, {"special": (record.special, special)}, actor, "", paper, "edit")
            record.special, record.updated = special or None, clock.now()
            record.save()
            journal.record("record.change", actor.name, record, fields=["special"], source="edit")
        if open_one := _open(record, "special"):
            if open_one.state == "waiting":
                open_one = APPROVAL.move(open_one, "recall", actor)
            APPROVAL.move(open_one, "lift", actor)
        if special:
            ask(actor, [record], paper)


def send(actor: Actor, approval: Approval, paper: str, note: str = "") -> Approval:
    """Send one up that was flagged. Raises Refused: paper_missing, not_allowed, moved_on."""
    if not paper:
        raise Refused("paper_missing", field="paper")
    if approval.unit_id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")
    at = clock.now()
    return APPROVAL.move(approval, "send", actor, paper=paper[:60], note=note[:ANSWER], asked=at, asked_by=actor.name)


def send_all(actor: Actor, keys: Iterable[str], paper: str) -> int:
    """Send those up that are flagged, and once more those refused, under one letter. Returns how many.

    Raises Refused: paper_missing, paper_long (most).
    """
    if len(paper) > editing.PAPER:
        raise Refused("paper_long", field="paper", most=editing.PAPER)
    there = Approval.key.in_(list(keys)[:MOST]) & Approval.unit.in_(scope.units(actor.where(Can.ENROL))) & _counts()
    with transaction():
        rows = list(Approval.select().where(there & Approval.state.in_(("flagged", "refused"))).order_by(Approval.id))
        for row in rows:
            again = row.state == "refused"
            send(actor, flag(row.record, row.kind, row.category, row.other, actor) if again else row, paper)
    return len(rows)


def listed(grants: Sequence[Grant], states: Sequence[str]) -> list[Approval]:
    """Approvals in these states within reach that no later one took the place of, with record and school, the oldest first."""
    query = Approval.select(Approval, Record, Unit).join(Record).join(Unit)
    there = Approval.unit.in_(scope.units(grants)) & Approval.state.in_(states) & _counts()
    return list(query.where(there).order_by(Approval.created, Approval.id).limit(MOST))


def find(grants: Sequence[Grant], key: str) -> Approval | None:
    """One within reach, with record, school and the record elsewhere."""
    query = Approval.select(Approval, Record, Unit).join(Record).join(Unit)
    return query.where((Approval.key == key) & Approval.unit.in_(scope.units(grants))).first()


def look(actor: Actor, approval: Approval) -> None:
    """The province opened a student's case: that is history."""
    with transaction():
        journal.record("approval.look", actor.name, approval)


def of(record: Record) -> list[Approval]:
    """What was asked about a record, newest first."""
    return list(Approval.select().where(Approval.record == record).order_by(Approval.id.desc()))


def _counts() -> Expression:
    """Nothing was asked about the same since."""
    later = Approval.alias()
    same = (later.record == Approval.record) & (later.kind == Approval.kind) & (later.id > Approval.id)
    return ~fn.EXISTS(later.select(later.id).where(same))


def _open(record: Record, kind: str) -> Approval | None:
    there = (Approval.record == record) & (Approval.kind == kind) & Approval.state.in_(("flagged", "waiting"))
    return Approval.get_or_none(there)
