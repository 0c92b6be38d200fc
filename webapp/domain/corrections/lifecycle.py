"""The moves of a 更正申请 with their guards (spec 7.9): the whole story on one screen.

Not here: the verbs that make them (`asking.py`, `deciding.py`).
"""

from webapp.domain import clock
from webapp.domain.corrections import blocking, grounds
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.corrections import Correction, CorrectionStep, Evidence
from webapp.models.staff import Staff

DESKS = {
    "college": Can.CORRECT_COLLEGE,
    "school": Can.CORRECT_SCHOOL,
    "province": Can.CORRECT_PROVINCE,
    "second": Can.CORRECT_PROVINCE,
}
"""Whose each state is: 学院教学办, 学校学籍科, 省级教育行政部门, and there a second person."""


def hers(correction: Correction, actor: Actor) -> None:
    if correction.account.key != actor.key:
        raise Refused("not_allowed")


def is_whole(correction: Correction, actor: Actor) -> None:
    """Every document that the province asks for is there and can be read (R-COR-03)."""
    if lacking := missing(correction):
        raise Refused("evidence_missing", kinds=lacking)


def within_reach(correction: Correction, actor: Actor) -> None:
    """The actor has the desk on which the request lies, for that school or college."""
    ability = DESKS[correction.state]
    actor.require(ability)
    here = scope.corrections(actor.where(ability)) & (Correction.id == correction.id)
    if not Correction.select().where(here).exists():
        raise Refused("not_allowed")


def holds_it(correction: Correction, actor: Actor) -> None:
    """They took it. A lease that ran out does not matter while nobody else has taken the request."""
    if correction.holder is None or correction.holder.key != actor.key:
        raise Refused("not_held")


def is_a_stranger(correction: Correction, actor: Actor) -> None:
    """Nobody decides the own request."""
    officer, account = Staff.by_key(actor.key), correction.account
    if officer.name == account.name or (officer.phone is not None and officer.phone == account.phone):
        raise Refused("own_case")


def originals_seen(correction: Correction, actor: Actor) -> None:
    """Somebody of the school held every original in the hand that the province wants seen (R-COR-03)."""
    if unseen := unseen_originals(correction):
        raise Refused("originals_unseen", kinds=unseen)


def school_has_shown(correction: Correction, actor: Actor) -> None:
    """A 学历勘误 goes on with the school's own papers alone (R-COR-08)."""
    if correction.erratum and not set(grounds.SCHOOLS_OWN) <= kinds_there(correction):
        raise Refused("school_evidence_missing")


def school_decides(correction: Correction, actor: Actor) -> None:
    if decider(correction) != "school":
        raise Refused("province_decides")


def province_decides(correction: Correction, actor: Actor) -> None:
    if decider(correction) != "province":
        raise Refused("school_decides")


def is_another(correction: Correction, actor: Actor) -> None:
    """Two persons of the province, not one twice (R-SCH-25)."""
    agreed = last_step(correction, "agree")
    if agreed is not None and agreed.staff is not None and agreed.staff.key == actor.key:
        raise Refused("second_person")


def not_decided(correction: Correction, actor: Actor) -> None:
    """The school has not confirmed it yet (R-COR-11)."""
    if last_step(correction, "pass_on") is not None:
        raise Refused("correction_decided")


def came_from(*desks: str):
    """The request was sent back by one of these desks, and returns there."""

    def came_from_there(correction: Correction, actor: Actor) -> None:
        if asked_by(correction) not in desks:
            raise Refused("moved_on", state=correction.state)

    return came_from_there


def is_late(correction: Correction, actor: Actor) -> None:
    if correction.due is None or correction.due > clock.now():
        raise Refused("moved_on", state=correction.state)


DESK = (within_reach, holds_it, is_a_stranger)
STUDENT = (hers, is_whole)
OFFICES = tuple(DESKS)

CORRECTION = Lifecycle(
    Correction,
    #    name            from              to          who may                guards
    Move("submit", ("draft",), "college", Can.OWN_RECORD, STUDENT),
    Move("submit_school", ("draft",), "school", Can.OWN_RECORD, STUDENT),
    Move("forward", ("college",), "school", Can.CORRECT_COLLEGE, DESK),
    Move("pull", ("college",), "school", Can.CORRECT_SCHOOL),
    Move("decide", ("school",), "done", Can.CORRECT_SCHOOL, (*DESK, school_decides, is_whole, originals_seen)),
    Move(
        "pass_on",
        ("school",),
        "province",
        Can.CORRECT_SCHOOL,
        (*DESK, province_decides, is_whole, originals_seen, school_has_shown),
    ),
    Move("agree", ("province",), "second", Can.CORRECT_PROVINCE, DESK),
    Move("approve", ("second",), "done", Can.CORRECT_PROVINCE, (*DESK, is_another)),
    Move("ask", OFFICES, "returned", Can.CORRECTIONS, DESK),
    Move("refuse", OFFICES, "refused", Can.CORRECTIONS, DESK),
    Move("reject", OFFICES, "rejected", Can.CORRECTIONS, DESK),
    Move("again_college", ("returned",), "college", Can.OWN_RECORD, (*STUDENT, came_from("college"))),
    Move("again_school", ("returned",), "school", Can.OWN_RECORD, (*STUDENT, came_from("school"))),
    Move("again_province", ("returned",), "province", Can.OWN_RECORD, (*STUDENT, came_from("province", "second"))),
    Move("withdraw", ("college", "school", "returned"), "withdrawn", Can.OWN_RECORD, (hers, not_decided)),
    Move("close", ("returned",), "closed", guards=(is_late,)),
    Move("end", (*OFFICES, "returned"), "withdrawn"),
)
"""草稿 → 待学院初审 → 待学校审核 → 待省级审核 → 待省级复核 → 已更改; any desk may ask for more, refuse, or not take it."""

AGAIN = {"college": "again_college", "school": "again_school", "province": "again_province", "second": "again_province"}


def decider(correction: Correction) -> str:
    """Who has the last word: school or province (R-COR-04, R-COR-09, SCH-20).

    Once the qualification is published it is the province, whatever the field (R-COR-07).
    """
    if correction.erratum or correction.record.published is not None:
        return "province"
    if correction.field not in grounds.IDENTITY or grounds.BY_CODE[correction.ground].short:
        return "school"
    return blocking.of(correction.record).decider


def needs(correction: Correction) -> tuple[str, ...]:
    """The kinds of evidence that this request needs."""
    return blocking.of(correction.record).needs(grounds.BY_CODE[correction.ground])


def missing(correction: Correction) -> list[str]:
    """Kinds of which there is neither a readable picture nor an original that somebody saw."""
    there = kinds_there(correction)
    return [kind for kind in needs(correction) if kind not in there]


def kinds_there(correction: Correction) -> set[str]:
    return {one.kind for one in evidence(correction) if one.seen_by_id is not None or readable(one)}


def readable(one: Evidence) -> bool:
    return one.upload is not None and one.upload.state in ("raw", "clean")


def unseen_originals(correction: Correction) -> list[str]:
    """Kinds whose original nobody of the school has seen yet."""
    wanted = set(blocking.of(correction.record).originals)
    seen = {one.kind for one in evidence(correction) if one.seen_by_id is not None}
    return [kind for kind in needs(correction) if kind in wanted and kind not in seen]


def evidence(correction: Correction) -> list[Evidence]:
    return list(Evidence.select().where(Evidence.correction == correction).order_by(Evidence.id))


def last_step(correction: Correction, move: str) -> CorrectionStep | None:
    mine = (CorrectionStep.correction == correction) & (CorrectionStep.move == move)
    return CorrectionStep.select().where(mine).order_by(CorrectionStep.id.desc()).first()


def agreed_to(correction: Correction) -> bool:
    """Has a desk said yes to what shall stand there?"""
    return any(last_step(correction, move) is not None for move in ("forward", "pass_on", "agree"))


def asked_by(correction: Correction) -> str:
    """The desk that sent the request back: where it lay before the newest 退回."""
    mine = CorrectionStep.correction == correction
    states = [one.state for one in CorrectionStep.select().where(mine).order_by(CorrectionStep.id.desc()).limit(20)]
    return next((state for state in states if state in DESKS), "school")


def rare_fix(before: str, after: str) -> bool:
    """替代字 → 本字, `??` → 字: is nothing changed but characters that could not be typed then (R-COR-09)?"""
    old, new = before.replace("??", "?"), after
    pairs = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    return len(old) == len(new) and 0 < len(pairs) <= 2 and all(_is_rare(other) for _, other in pairs)


def _is_rare(character: str) -> bool:
    """Not in the everyday set of 1980, which every keyboard of then offered."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
