"""What the desks do: take a request, look at its papers, pass it on, ask for more, refuse it, make the change.

Two officers never have one request in hand at once. Not here: lists (`listing.py`), and the moves' guards (`lifecycle.py`).
"""

from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, journal
from webapp.domain.corrections import asking, grounds, lifecycle, moving, wanted
from webapp.domain.corrections.lifecycle import DESKS
from webapp.domain.enrolment import editing, fields
from webapp.domain.graduation import correcting
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.corrections import Correction, Evidence
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.staff import Staff

LEASE = timedelta(minutes=15)
"""How long a request stays with who took it before somebody else may take it; whoever holds it may take it again."""

NOTE, PAPER, WHERE = 200, 60, 80
"""Characters of what the student is told, of a document's number (文号), and of where an original was seen."""

RETURNS = ("unclear", "wrong_kind", "incomplete", "differs", "original")
"""退回补充材料: 看不清 · 不是要的材料 · 缺页 · 材料之间不一致 · 要看原件."""

REFUSALS = ("unproved", "already_right", "against_rules", "not_here")
"""不予通过: 材料不能证明 · 登记的本来就对 · 不符合规定 · 应由别处先更正."""

FRAUD = ("forged", "another_person", "false_account")
"""不予受理（涉嫌弄虚作假）: 材料涉嫌伪造 · 不是本人的材料 · 情况不实."""

PICK = {"ask": RETURNS, "refuse": REFUSALS, "reject": FRAUD}

YES = {"college": "forward", "school": "decide", "province": "agree", "second": "approve"}


def reach(actor: Actor) -> Expression:
    """Requests that the actor may open: those of the own schools or colleges that were ever sent."""
    return scope.corrections(actor.where(Can.CORRECTIONS))


def find(actor: Actor, key: str) -> Correction | None:
    return Correction.get_or_none((Correction.key == key) & reach(actor))


def may(correction: Correction, actor: Actor) -> bool:
    """Is it the turn of the actor's desk?"""
    if correction.state not in DESKS:
        return False
    try:
        lifecycle.within_reach(correction, actor)
    except Refused:
        return False
    return True


def holds(correction: Correction, actor: Actor) -> bool:
    holder = correction.holder
    return correction.state in DESKS and holder is not None and holder.key == actor.key


def take(correction: Correction, actor: Actor) -> Correction:
    """Take a request that nobody has in hand, or whose lease ran out. Raises not_allowed, own_case, second_person, moved_on."""
    with transaction():
        correction = correction.locked()
        if correction.state not in DESKS:
            raise Refused("moved_on", state=correction.state)
        lifecycle.within_reach(correction, actor)
        lifecycle.is_a_stranger(correction, actor)
        if correction.state == "second":
            lifecycle.is_another(correction, actor)
        if not holds(correction, actor) and correction.holder is not None and correction.lease >= clock.now():
            raise Refused("correction_held", name=correction.holder.name)
        correction.holder, correction.lease = Staff.by_key(actor.key), clock.now() + LEASE
        correction.before = fields.text_of(getattr(correction.record, correction.field)) or None
        correction.save()
        journal.record("correction.take", actor.name, correction)
    return correction


def put_back(correction: Correction, actor: Actor) -> Correction:
    """放回: somebody else may take it."""
    with transaction():
        correction = correction.locked()
        lifecycle.holds_it(correction, actor)
        correction.holder, correction.lease = None, None
        correction.save()
        journal.record("correction.put_back", actor.name, correction)
    return correction


def look(correction: Correction, actor: Actor) -> None:
    """Who has it in hand sees the whole values: an Event before anything is shown."""
    with transaction():
        lifecycle.holds_it(correction, actor)
        journal.record("correction.look", actor.name, correction)


def see_picture(correction: Correction, actor: Actor, key: str) -> Upload | None:
    """The picture of a piece of evidence, for who has the request in hand; the look is an Event first. Raises not_held."""
    with transaction():
        lifecycle.holds_it(correction, actor)
        found = Evidence.get_or_none(
            (Evidence.correction == correction) & (Evidence.key == key) & Evidence.upload.is_null(False)
        )
        if found is not None:
            journal.record("evidence.look", actor.name, found)
    return found.upload if found else None


def saw_original(correction: Correction, actor: Actor, kind: str, where: str) -> Evidence:
    """核验原件: an officer of the school held it in the hand, here and now (R-COR-03).

    Raises evidence_kind, evidence_where, evidence_where_long (most), not_held, not_allowed.
    """
    actor.require(Can.CORRECT_SCHOOL)
    where = where.strip()
    if kind not in lifecycle.needs(correction):
        raise Refused("evidence_kind")
    if not where:
        raise Refused("evidence_where", field="where")
    if len(where) > WHERE:
        raise Refused("evidence_where_long", field="where", most=WHERE)
    at, staff = clock.now(), Staff.by_key(actor.key)
    with transaction():
        lifecycle.holds_it(correction.locked(), actor)
        made = Evidence.create(
            correction=correction, kind=kind, staff=staff, added=at, seen_by=staff, seen_at=at, seen_where=where
        )
        journal.record("evidence.saw_original", actor.name, made, kind=kind)
    return made


def bring(correction: Correction, actor: Actor, upload: Upload) -> Evidence:
    """录检表、名册: the school's own paper for a 学历勘误 (R-COR-08). Raises not_held, not_allowed, evidence_most (most)."""
    brings(correction, actor)
    with transaction():
        lifecycle.holds_it(correction.locked(), actor)
        staff = Staff.by_key(actor.key)
        made = Evidence.create(
            correction=correction, kind=grounds.SCHOOLS_OWN[0], upload=upload, staff=staff, added=clock.now()
        )
        Upload.update(expires=None).where(Upload.id == upload.id).execute()
        journal.promise("images.clean", key=upload.key)
        journal.record("evidence.bring", actor.name, made)
    return made


def brings(correction: Correction, actor: Actor) -> None:
    """May a paper of the school come now? Asked before its bytes are stored."""
    actor.require(Can.CORRECT_SCHOOL)
    lifecycle.holds_it(correction, actor)
    if sum(one.staff_id is not None and one.upload_id is not None for one in lifecycle.evidence(correction)) >= asking.FILES:
        raise Refused("evidence_most", most=asking.FILES)


def agree(correction: Correction, actor: Actor, paper: str = "", note: str = "") -> Correction:
    """The desk's yes: to the next desk, or, from who has the last word, into the record.

    A province's yes needs the number of its document, and a second person (R-SCH-25). Raises paper_missing, paper_long (most),
    note_long (most), correction_moved, correction_left, not_held, originals_unseen (kinds), school_evidence_missing,
    second_person, moved_on, and what the change itself raises.
    """
    paper, note = _short(paper.strip(), "paper", PAPER), _short(note.strip(), "note", NOTE)
    move = YES.get(correction.state)
    if move is None:
        raise Refused("moved_on", state=correction.state)
    if move == "decide" and lifecycle.decider(correction) == "province":
        move = "pass_on"
    if move == "agree" and not paper:
        raise Refused("paper_missing", field="paper")
    with transaction():
        _still_so(correction)
        asking.still_hers(correction)
        moved = moving.make(correction, move, actor, note=note, **({"paper": paper} if paper else {}))
        if moved.state == "done":
            _apply(moved, actor)
    return moved


def _short(text: str, field: str, most: int) -> str:
    if len(text) > most:
        raise Refused(f"{field}_long", field=field, most=most)
    return text


def _still_so(correction: Correction) -> None:
    """The record still says what it said when the officer took the request: somebody may have changed it since."""
    correction.record = correction.record.locked()
    now = fields.text_of(getattr(correction.record, correction.field))
    if now not in (correction.before or "", correction.wanted):
        raise Refused("correction_moved")


def _apply(correction: Correction, actor: Actor) -> None:
    """The change itself: old value kept, holder told, bound and confirmed anew (R-COR-05, R-COR-13, R-CHK-15)."""
    found = wanted.values(correction, correction.wanted)
    by_province = lifecycle.last_step(correction, "approve") is not None
    editing.change(
        correction.record, found, actor, correction.why, correction.paper, source="correction", by_province=by_province
    )
    if by_province:
        correcting.corrected(Record.get_by_id(correction.record_id), actor)


def pull(correction: Correction, actor: Actor) -> Correction:
    """The school's office takes a request over that lies with a college; it is no decision. Raises moved_on, not_allowed."""
    here = scope.corrections(actor.where(Can.CORRECT_SCHOOL)) & (Correction.id == correction.id)
    if not Correction.select().where(here).exists():
        raise Refused("not_allowed")
    return moving.make(correction, "pull", actor)


def say_no(correction: Correction, actor: Actor, how: str, reasons: tuple[str, ...], note: str = "") -> Correction:
    """退回补充材料 (ask), 不予通过 (refuse), 不予受理 (reject, final and listed for the province; R-COR-06).

    Raises reason_missing, note_missing (a suspicion needs words), note_long (most), not_held, moved_on.
    """
    note = _short(note.strip(), "note", NOTE)
    if how not in PICK or not reasons or set(reasons) - set(PICK[how]):
        raise Refused("reason_missing", field="reasons")
    if how == "reject" and not note:
        raise Refused("note_missing", field="note")
    return moving.make(correction, how, actor, reasons=reasons, note=note)


def print_sheet(correction: Correction, actor: Actor) -> None:
    """The request leaves on paper: an Event (R-COR-17)."""
    with transaction():
        journal.record("correction.print", actor.name, correction)
