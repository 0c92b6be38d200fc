"""新生学籍自查: who is to check a record, what each may do with it, and until when (R-CHK-01 to 07, 17).

Not here: the campaigns themselves (`campaigns.py`), counting (`progress.py`), what students report (`reported.py`).
"""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from peewee import Expression, fn

from webapp.domain import clock, messages
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import bulk
from webapp.models.base import new_key, transaction
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, Unit

PORTION = 5_000
"""Checks made in one transaction: how long others wait to write."""

ENROLLED = ("key", "campaign_id", "record_id", "state", "college_id", "klass_id", "held", "held_days")


class Window(Protocol):
    """The dates of a campaign, however they were read."""

    starts: date | None
    ends: date | None
    closed: bool


def phase(window: Window) -> str:
    """Where a campaign stands today: undated (后续通知), waiting, open, over (may still check, marked late) or closed."""
    if window.closed:
        return "closed"
    if window.starts is None:
        return "undated"
    today = clock.today()
    if today < window.starts:
        return "waiting"
    return "over" if window.ends is not None and today > window.ends else "open"


BEGUN = ("open", "over")
"""The phases in which a student may check: after the end too, which is then marked (R-CHK-07)."""


def begun(window: Window) -> bool:
    """May a student check now?"""
    return phase(window) in BEGUN


def hers(check: Check, actor: Actor) -> None:
    """The actor holds the record that is checked."""
    holder = check.record.account
    if holder is None or holder.key != actor.key:
        raise Refused("not_allowed")


def in_its_window(check: Check, actor: Actor) -> None:
    """The campaign has begun and was not taken down."""
    if not begun(check.campaign):
        raise Refused("check_not_open")


OWN = (hers, in_its_window)

CHECK = Lifecycle(
    Check,
    Move("see", ("unseen",), "seen", Can.OWN_RECORD, OWN),
    Move("confirm", ("unseen", "seen", "again", "fixed", "kept"), "confirmed", Can.OWN_RECORD, OWN),
    Move("report", ("unseen", "seen", "confirmed", "again", "fixed", "kept"), "reported", Can.OWN_RECORD, OWN),
    Move("fix", ("reported",), "fixed", Can.ANSWER),
    Move("keep", ("reported",), "kept", Can.ANSWER),
    Move("again", ("seen", "confirmed", "fixed", "kept"), "again"),
    Move("exempt", ("unseen", "seen", "confirmed", "again", "reported", "fixed", "kept"), "exempt", Can.EXEMPT),
    Move("include", ("exempt",), "unseen", Can.EXEMPT),
    Move("include_seen", ("exempt",), "seen", Can.EXEMPT),
)


def version(record: Record) -> str:
    """Which state of a record somebody looks at: another one once anything in it was changed."""
    return str(clock.seconds(record.updated))


def confirm(check: Check, actor: Actor, looked_at: str | None = None) -> Check:
    """全部正确: the holder confirms the whole record, with the time. Pressing twice changes nothing (R-CHK-05).

    `looked_at` is the version that was on the screen. Raises Refused: record_changed where the school changed the record
    meanwhile, report_open while a report waits for its answer, check_not_open, not_allowed, moved_on.
    """
    if check.state == "confirmed":
        return check
    if check.state == "reported":
        raise Refused("report_open")
    at = clock.now()
    with transaction():
        if looked_at is not None and version(check.record.locked()) != looked_at:
            raise Refused("record_changed")
        confirmed = CHECK.move(check, "confirm", actor, confirmed=at, seen=check.seen or at)
        tell(confirmed, "check_confirmed", "/receipt")
    return confirmed


ELSEWHERE = ("impostor", "overturned")
"""Why a check is made again though nothing changed: somebody who is not the holder had made it."""


def again(check: Check, why: str, actor: Actor) -> Check:
    """需重新确认: what was looked at or confirmed counts no more, and the holder is told (R-DUP-28).

    `why` is a code of ELSEWHERE, somebody else had opened it, or of whatever changed in the record. Raises moved_on.
    """
    seen = None if why in ELSEWHERE else check.seen
    with transaction():
        back = CHECK.move(check, "again", actor, confirmed=None, seen=seen, detail={"why": why})
        tell(back, "check_again")
    return back


def tell(check: Check, template: str, page: str = "") -> None:
    """Tell the holder on the site what became of the check, if the record is bound to somebody (R-MSG-01)."""
    record = check.record
    if record.account_id is not None:
        messages.notify(record.account, template, link=f"/records/{record.key}{page}", topic="check")


def in_scope(campaign: Campaign) -> Expression:
    """The enrolment records that a campaign wants checked, as a condition on Record (R-CHK-01).

    `scope` holds lists under grades (years of entry), levels, majors, classes (keys) and student_numbers; an empty or
    missing list does not restrict. A window of photos is for those who are to graduate in its year (R-IMG-02). `also` names
    by 学号 or 考生号 who joins besides (R-SCH-23).
    """
    scope = json.loads(campaign.scope)
    wanted = (Record.unit == campaign.unit_id) & (Record.kind == "enrolment")
    if campaign.kind == "photo":
        wanted &= Record.expected_on.between(date(campaign.year, 1, 1), date(campaign.year, 12, 31))
    if grades := scope.get("grades"):
        years = [Record.enrolled_on.between(date(int(year), 1, 1), date(int(year), 12, 31)) for year in grades]
        either = years[0]
        for year in years[1:]:
            either |= year
        wanted &= either
    for name, column in (("levels", Record.level), ("majors", Record.major), ("student_numbers", Record.student_number)):
        if values := scope.get(name):
            wanted &= column.in_(values)
    if classes := scope.get("classes"):
        wanted &= Record.klass.in_(Class.select(Class.id).where(Class.key.in_(classes)))
    if also := scope.get("also"):
        one_by_one = Record.student_number.in_(also) | Record.exam_number.in_(also)
        wanted |= (Record.unit == campaign.unit_id) & (Record.kind == "enrolment") & one_by_one
    return wanted


def enrol(campaign: Campaign) -> int:
    """Give every record of the campaign's scope its Check, exempt ones as exempt. Returns how many were missing."""
    missing = (
        Record.select(Record.id, Record.exempt, Record.college, Record.klass)
        .left_outer_join(Check, on=(Check.record == Record.id) & (Check.campaign == campaign.id))
        .where(in_scope(campaign) & Check.id.is_null())
        .order_by(Record.id)
        .limit(PORTION)
    )
    made = last = 0
    while True:
        with transaction():
            some = list(missing.where(Record.id > last).tuples())
            rows = [(new_key(), campaign.id, id_, "exempt" if why else "unseen", *where, "", 0) for id_, why, *where in some]
            bulk.insert(Check, ENROLLED, rows)
        if not some:
            return made
        made, last = made + len(some), some[-1][0]


def enrol_unit(unit: Unit) -> int:
    """`enrol` for every campaign of a school that was not closed: after a roster came in, which may also move students."""
    _follow_moves(unit)
    running = (Campaign.unit == unit) & (Campaign.kind == "check") & ~Campaign.closed
    return sum(enrol(campaign) for campaign in Campaign.select().where(running))


def _follow_moves(unit: Unit) -> None:
    """Let the checks of students who changed class or college stand where their records now do."""
    elsewhere = (fn.COALESCE(Record.klass, 0) != fn.COALESCE(Check.klass, 0)) | (
        fn.COALESCE(Record.college, 0) != fn.COALESCE(Check.college, 0)
    )
    moved = Record.select(Record.id, Record.college, Record.klass).distinct().join(Check, on=(Check.record == Record.id))
    with transaction():
        for record, college, klass in list(moved.where((Record.unit == unit) & elsewhere).tuples()):
            Check.update(college=college, klass=klass).where(Check.record == record).execute()


def deadline(check: Check) -> date | None:
    """The last day for this student: the campaign's, moved by the days on which the system kept her out (R-CHK-17)."""
    return moved(check.campaign, check.held_since, check.held_days)


def moved(window: Window, held_since: datetime | None, held_days: int) -> date | None:
    """`deadline` for what was read without models: the window, since when held (None: not), days given back before."""
    if window.ends is None:
        return None
    running = 0 if held_since is None else _days_out(window, held_since, held_days)
    return window.ends + timedelta(days=held_days + running)


def is_late(check: Check, at: datetime | None = None) -> bool:
    """Has the deadline passed at the moment `at` (now, unless told)?"""
    last = deadline(check)
    return last is not None and clock.shown(at or clock.now()).date() > last


def hold(records: Iterable[Record], reason: str, states: Collection[str] = ("unseen",)) -> None:
    """Stop the clock of these records' checks, those in one of the `states`: the system itself keeps the students out (卡住).

    `reason` is a code.
    """
    with transaction():
        waiting = Check.record.in_([record.id for record in records]) & (Check.held == "") & Check.state.in_(states)
        Check.update(held=reason, held_since=clock.now()).where(waiting).execute()


def release(record: Record, reason: str | None = None) -> None:
    """Let the clock of a record's checks go on (those held for this `reason`), with every day on which it stood given back."""
    held = Check.held != "" if reason is None else Check.held == reason
    with transaction():
        for check in Check.select(Check, Campaign).join(Campaign).where((Check.record == record) & held):
            check.held_days += _days_out(check.campaign, check.held_since, check.held_days)
            check.held, check.held_since = "", None
            check.save()


def _days_out(window: Window, since: datetime, before: int) -> int:
    """Days of the window lost since then, begun ones whole; none where the deadline had passed already."""
    first = clock.shown(since).date()
    if window.starts is not None:
        first = max(first, window.starts)
    if window.ends is None or first > window.ends + timedelta(days=before):
        return 0
    return max(0, (clock.today() - first).days + 1)
