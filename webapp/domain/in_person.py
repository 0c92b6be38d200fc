"""当面核验: a number on the student's phone, an officer who looks at person and card, a second who confirms (R-DUP-30).

Not here: what follows from it (`in_person_effects.py`). No picture is taken or kept.
"""

import hmac
import json
from dataclasses import asdict
from datetime import timedelta

from webapp.domain import clock, journal, limits, second
from webapp.domain.accounts import Identity
from webapp.domain.in_person_effects import EFFECTS, REFUSALS, identity_of, is_a_stranger
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, VISITOR, Actor, Can, student
from webapp.domain.refused import Refused
from webapp.models import keys, scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.in_person import LIVE, Meeting
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff

STEP = 30
"""Seconds after which the phone shows another number; the one before it still counts."""

SHOWN = timedelta(minutes=15)
"""How long the numbers go on after the student asked for them, and how long the first officer may look."""

CONFIRM = timedelta(minutes=10)
"""Within which a second officer confirms."""

KEPT = timedelta(hours=72)
"""How long after its end the two officers find a meeting again, and who stood there without an account is remembered."""

DIGITS = 6


def is_the_first(meeting: Meeting, actor: Actor) -> None:
    if meeting.first is None or meeting.first.key != actor.key:
        raise Refused("meeting_elsewhere")


def is_in_hand(meeting: Meeting, actor: Actor) -> None:
    """Before anybody has said yes, only who typed the number says no."""
    if meeting.state == "held":
        is_the_first(meeting, actor)


def is_another(meeting: Meeting, actor: Actor) -> None:
    if meeting.first.key == actor.key:
        raise Refused("meeting_same")


def is_in_time(meeting: Meeting, actor: Actor) -> None:
    if meeting.until <= clock.now():
        raise Refused("meeting_late")


MEETING = Lifecycle(
    Meeting,
    #    name       from              to         who may     guards
    Move("take", ("open",), "held", Can.REVIEW, (is_in_time, is_a_stranger)),
    Move("see", ("held",), "seen", Can.REVIEW, (is_in_time, is_the_first)),
    Move("confirm", ("seen",), "done", Can.SECOND, (is_in_time, is_another, is_a_stranger)),
    Move("turn_away", ("held", "seen"), "refused", Can.SECOND, (is_in_hand,)),
    Move("expire", LIVE, "expired"),
)


def begin(purpose: str, account: Account, unit: Unit | None, subject: str = "", who: Identity | None = None) -> Meeting:
    """Show numbers for this account: for another fifteen minutes where they show already, else anew.

    A meeting in which somebody looks at the person right now goes on as it is, unless it is about something else. `who` is
    whom the officers shall see, where that is not the account as it stands.
    """
    with transaction():
        account = account.locked()
        meeting = of(account, purpose)
        if meeting is None or meeting.subject != subject:
            _end_old(account, purpose)
            meeting = _open(purpose, unit, account=account, subject=subject, who=_as_json(who) if who else None)
            journal.record("meeting.begin", student(account.key).name, meeting, purpose=purpose)
        elif meeting.state == "open":
            meeting.until = clock.now() + SHOWN
            meeting.save()
    return meeting


def begin_unknown(purpose: str, who: Identity, unit: Unit | None, subject: str = "") -> Meeting:
    """Show numbers for somebody who has no account yet. Call it where a browser keeps the meeting's key."""
    with transaction():
        meeting = _open(purpose, unit, who=_as_json(who), subject=subject)
        journal.record("meeting.begin", VISITOR.name, meeting, purpose=purpose)
    return meeting


def _open(purpose: str, unit: Unit | None, **more: object) -> Meeting:
    at = clock.now()
    return Meeting.create(purpose=purpose, unit=unit, opened=at, until=at + SHOWN, **more)


def _as_json(who: Identity) -> str:
    return json.dumps(asdict(who), ensure_ascii=False)


def _end_old(account: Account, purpose: str) -> None:
    stale = (Meeting.account == account) & (Meeting.purpose == purpose) & Meeting.state.in_(LIVE)
    for meeting in Meeting.select().where(stale):
        MEETING.move(meeting, "expire", SYSTEM, closed=clock.now())


def of(account: Account, purpose: str) -> Meeting | None:
    """The account's meeting that may still come to something."""
    mine = (Meeting.account == account) & (Meeting.purpose == purpose) & Meeting.state.in_(LIVE)
    return Meeting.get_or_none(mine & (Meeting.until > clock.now()))


def last(account: Account, purpose: str, subject: str | None = None) -> Meeting | None:
    """The account's newest meeting, of that subject where one is named, however it ended."""
    mine = (Meeting.account == account) & (Meeting.purpose == purpose)
    if subject is not None:
        mine &= Meeting.subject == subject
    return Meeting.select().where(mine).order_by(Meeting.id.desc()).first()


def is_live(meeting: Meeting) -> bool:
    return meeting.state in LIVE and meeting.until > clock.now()


def number(meeting: Meeting) -> str:
    """The six digits to show now: derived from the meeting and the half minute, never stored."""
    return _digits(meeting, clock.seconds(clock.now()) // STEP)


def changes_in() -> int:
    """Seconds until another number is shown."""
    return STEP - clock.seconds(clock.now()) % STEP


def _digits(meeting: Meeting, step: int) -> str:
    mac = hmac.digest(keys.secret("codes"), f"meeting|{meeting.key}|{step}".encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**DIGITS:0{DIGITS}d}"


def take(actor: Actor, typed: str) -> Meeting:
    """The meeting in the officer's reach whose phone shows this number now, or did half a minute ago.

    A wrong number counts, so call it outside a transaction. Raises number_length, number_wrong, number_twice,
    number_tries (until), own_meeting, moved_on.
    """
    actor.require(Can.REVIEW)
    typed = "".join(filter(str.isdigit, typed))
    if len(typed) != DIGITS:
        raise Refused("number_length", need=DIGITS)
    limits.check("meeting:number", actor.key)
    step = clock.seconds(clock.now()) // STEP
    showing = (Meeting.state == "open") & (Meeting.until > clock.now()) & scope.meetings(actor.where(Can.REVIEW))
    fits = [one for one in Meeting.select().where(showing) if typed in (_digits(one, step), _digits(one, step - 1))]
    if not fits:
        limits.note("meeting:number", actor.key)
        raise Refused("number_wrong")
    if len(fits) > 1:
        raise Refused("number_twice")
    limits.clear("meeting:number", actor.key)
    return MEETING.move(fits[0], "take", actor, first=Staff.by_key(actor.key), until=clock.now() + SHOWN)


def find(actor: Actor, key: str) -> Meeting | None:
    """A meeting in which this officer has a part, for three days after its end too; any other once the first has seen the
    person."""
    meeting = Meeting.get_or_none(scope.meetings(second.grants(actor)) & (Meeting.key == key))
    if meeting is None or meeting.state == "open" or meeting.first is None:
        return None
    if meeting.closed is not None and meeting.closed + KEPT <= clock.now():
        return None
    mine = actor.key in (meeting.first.key, meeting.second.key if meeting.second else "")
    return meeting if mine or (meeting.state == "seen" and meeting.until > clock.now()) else None


def to_confirm(actor: Actor) -> list[Meeting]:
    """Those that wait for a second officer, the most urgent first."""
    here = scope.meetings(second.grants(actor)) & (Meeting.state == "seen") & (Meeting.until > clock.now())
    return [one for one in Meeting.select().where(here).order_by(Meeting.until).limit(50) if one.first.key != actor.key]


def own(actor: Actor) -> list[Meeting]:
    """Those that the officer has in hand or saw, and that are not over."""
    mine = Meeting.first.in_(Staff.select(Staff.id).where(Staff.key == actor.key))
    live = mine & Meeting.state.in_(("held", "seen")) & (Meeting.until > clock.now())
    return list(Meeting.select().where(scope.meetings(actor.where(Can.REVIEW)) & live).order_by(Meeting.until))


def enrolled(meeting: Meeting) -> Record | None:
    """The person's record at the school of the desk, newest first: its 录取照片 is what the face is compared with."""
    who = identity_of(meeting)
    same = Record.identity_index == who.index
    if meeting.unit_id is not None:
        same &= Record.unit == meeting.unit_id
    return Record.select().where(same).order_by(Record.photo.is_null(), Record.id.desc()).first()


def named(meeting: Meeting) -> tuple[str, str]:
    """Name and document number of who the meeting is about."""
    who = identity_of(meeting)
    return who.name, who.number


def look(meeting: Meeting, actor: Actor) -> None:
    """An officer opens the page with the person's name on it: an Event before anything is shown."""
    with transaction():
        journal.record("meeting.look", actor.name, meeting)


def agree(meeting: Meeting, actor: Actor, card_end: str) -> Meeting:
    """The officer looked at person and card, and typed the last six characters of the card's number.

    From the first officer it waits for a second, from the second it takes effect. Call it outside a transaction: a wrong
    number counts. Raises card_differs, card_tries (until), meeting_elsewhere, meeting_same, meeting_late, own_meeting,
    moved_on, and what the effect raises.
    """
    limits.check("meeting:card", meeting.key)
    if card_end.strip().upper() != identity_of(meeting).number[-6:].upper():
        limits.note("meeting:card", meeting.key)
        raise Refused("card_differs", field="card_end")
    at = clock.now()
    if meeting.state == "held":
        return MEETING.move(meeting, "see", actor, seen=at, until=at + CONFIRM)
    with transaction():
        meeting = MEETING.move(meeting, "confirm", actor, second=Staff.by_key(actor.key), closed=at)
        if effect := EFFECTS.get(meeting.purpose):
            effect(meeting, actor)
    return meeting


def turn_away(meeting: Meeting, actor: Actor, reason: str = "") -> Meeting:
    """Person and card do not belong together, or something is missing: nothing changes.

    What the person had asked for beforehand is refused with it, and the reason told. Raises reason_missing, moved_on.
    """
    with transaction():
        meeting = MEETING.move(meeting, "turn_away", actor, closed=clock.now())
        if refusal := REFUSALS.get(meeting.purpose):
            refusal(meeting, actor, reason)
    return meeting


def sweep() -> int:
    """End the meetings that came to nothing, and forget who stood there long ago. Returns how many ended."""
    late = list(Meeting.select().where(Meeting.state.in_(LIVE) & (Meeting.until <= clock.now())))
    for meeting in late:
        MEETING.move(meeting, "expire", SYSTEM, closed=clock.now())
    Meeting.update(who=None).where(Meeting.who.is_null(False) & (Meeting.closed <= clock.now() - KEPT)).execute()
    return len(late)
