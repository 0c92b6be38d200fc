"""What a certifier decides: 受理, ask for more, take longer, issue a report, refuse by two people (R-CRT-32, 34, 36, 38).

Nobody decides for themselves, or twice about the same refusal (SECURITY T23). Not here: the moves' guards (`lifecycle.py`),
sending papers out for checking (`checking.py`), and the report's paper (`paper.py`).
"""

from contextlib import suppress
from datetime import datetime, timedelta

from peewee import IntegrityError

from webapp.domain import clock, defaults, journal, workdays
from webapp.domain.certification import comparing, grounds, steps
from webapp.domain.certification.desk import LEASE
from webapp.domain.certification.filing import PROOF_WORKDAYS, TRIES
from webapp.domain.certification.lifecycle import DESK
from webapp.domain.identity import report_numbers, verification_codes
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.certification import ApplicationItem, ItemStep

FREE = {"holder": None, "lease": None}
"""What leaves the desk is in nobody's hands."""


def accept(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """受理: what was brought is whole, and the holder's clock begins. Raises not_held, not_allowed, own_case, moved_on."""
    at = clock.now()
    return steps.make(item, "accept", actor, accepted=at, since=at, due=_term(at), lease=at + LEASE)


def ask(item: ApplicationItem, actor: Actor, reasons: tuple[str, ...], note: str = "") -> ApplicationItem:
    """待补充材料 for `crt.supplement_days`: reasons and note are told as they stand here.

    Raises reason_missing, note_long (most), and as `accept`.
    """
    _picked(reasons, grounds.ASKS)
    at = clock.now()
    due = at + timedelta(days=defaults.value("crt.supplement_days"))
    return steps.make(item, "ask", actor, reasons=reasons, note=_short(note), since=at, due=due, **FREE)


def delay(item: ApplicationItem, actor: Actor, reason: str, note: str = "") -> ApplicationItem:
    """延期 by another term, with a reason; of an item that ran over its time, the reason that still lacks.

    Raises reason_missing, note_long (most), and as `accept`.
    """
    _picked((reason,), grounds.DELAYS)
    note, at = _short(note), clock.now()
    if item.state != "delayed":
        return steps.make(item, "delay", actor, reasons=(reason,), note=note, since=at, due=_term(at), lease=at + LEASE)
    with transaction():
        item = item.locked()
        actor.require(Can.CERTIFY)
        for guard in DESK:
            guard(item, actor)
        if not lacks_reason(item):
            raise Refused("moved_on", state=item.state)
        steps.add(item, "explain", actor, reasons=(reason,), note=note)
        journal.record("application_item.explain", actor.name, item, reasons=[reason])
    return item


def lacks_reason(item: ApplicationItem) -> bool:
    """Did it run over its time, and has nobody said why yet?"""
    told = (ItemStep.item == item) & ItemStep.move.in_(("delay", "overrun", "explain"))
    last = ItemStep.select().where(told).order_by(ItemStep.id.desc()).first()
    return item.state == "delayed" and last is not None and last.move == "overrun"


def issue(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """出具报告 with a number of its own; its paper follows by a job. Raises as `accept`, and second_person."""
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):  # somebody drew the same number at the same instant
            return _issue(item, actor)
    return _issue(item, actor)


def _issue(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    at = clock.now()
    told = {"conclusion": "", "decided": at, "since": at, "record": comparing.same(item), "pdf": "waiting"}
    number, token = report_numbers.make(clock.today()), verification_codes.make_token()
    return steps.make(item, "issue", actor, kept="", report=number, token=token, **told, **FREE)


def want_refusal(item: ApplicationItem, actor: Actor, conclusion: str, note: str) -> ApplicationItem:
    """No report: a conclusion with its reasons, which another person has to confirm before anybody is told.

    Raises reason_missing, note_missing, note_long (most), and as `accept`.
    """
    _picked((conclusion,), grounds.REFUSALS)
    note, at = _needed(note), clock.now()
    changes = {"conclusion": conclusion, "since": at, "due": workdays.due(at, PROOF_WORKDAYS), **FREE}
    return steps.make(item, "want_refusal", actor, reasons=(conclusion,), note=note, kept=note, **changes)


def confirm(item: ApplicationItem, actor: Actor) -> ApplicationItem:
    """查询结果通知: the lead agrees, and the applicant is told. Raises not_allowed, own_case, second_person, moved_on."""
    at = clock.now()
    with transaction():
        told = item.locked()
        return steps.make(item, "refuse", actor, reasons=(told.conclusion,), note=told.note or "", decided=at, since=at, **FREE)


def send_back(item: ApplicationItem, actor: Actor, note: str) -> ApplicationItem:
    """The lead does not agree: it is accepted, and decided anew. `note` is for the desk alone.

    Raises note_missing, note_long (most), and as `confirm`.
    """
    note, at = _needed(note), clock.now()
    begun = item.accepted or at
    told = {"conclusion": "", "accepted": begun, "since": at, "due": max(_term(begun), at)}
    return steps.make(item, "send_back", actor, note=note, kept="", **told, **FREE)


def uphold(item: ApplicationItem, actor: Actor, note: str) -> ApplicationItem:
    """维持原结论 of what was reconsidered, by somebody new to it; that is final.

    Raises note_missing, note_long (most), second_person, and as `accept`.
    """
    note, at = _needed(note), clock.now()
    return steps.make(item, "uphold", actor, reasons=(item.conclusion,), note=note, kept=note, decided=at, since=at, **FREE)


def overdue() -> list[ApplicationItem]:
    """Items whose time is over: accepted or being checked at the end of the clock, or without their supplement."""
    late = ApplicationItem.state.in_(("accepted", "checking", "supplement")) & (ApplicationItem.due < clock.now())
    return list(ApplicationItem.select().where(late).order_by(ApplicationItem.id))


def run_over(item: ApplicationItem) -> ApplicationItem:
    """已延期 or, without its supplement, 已关闭. Raises moved_on where somebody was faster."""
    at = clock.now()
    if item.state == "supplement":
        return steps.make(item, "close", SYSTEM, since=at)
    return steps.make(item, "overrun", SYSTEM, since=at, due=_term(at))


def _term(at: datetime) -> datetime:
    """The end of the working days within which there is a result (R-CRT-34)."""
    return workdays.due(at, defaults.value("crt.workdays"))


def _picked(codes: tuple[str, ...], known: tuple[str, ...]) -> None:
    if not codes or set(codes) - set(known):
        raise Refused("reason_missing", field="reasons")


def _short(note: str) -> str:
    note = note.strip()
    if len(note) > grounds.NOTE:
        raise Refused("note_long", field="note", most=grounds.NOTE)
    return note


def _needed(note: str) -> str:
    if not note.strip():
        raise Refused("note_missing", field="note")
    return _short(note)
