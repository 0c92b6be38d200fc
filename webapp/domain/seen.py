"""Registering without an SMS at the office: that two officers saw the person stands for the code to a phone (R-DUP-30).

Not here: the meeting in which they did (`in_person.py`), and registering itself (`accounts.py`).
"""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from webapp.domain import clock
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.in_person import Meeting

if TYPE_CHECKING:
    from webapp.domain.accounts import Identity

PURPOSE = "signup"

TAKE_UP = timedelta(minutes=30)
"""How long after the second officer's yes the person's browser goes on with it."""


def is_fresh(meeting: Meeting) -> bool:
    """Did both agree just now, and has nothing come of it yet?"""
    return meeting.state == "done" and meeting.used is None and meeting.closed + TAKE_UP > clock.now()


def live(key: str | None) -> Meeting | None:
    """The meeting that a registration goes on with, while it can be used."""
    meeting = Meeting.by_key(key) if key else None
    return meeting if meeting is not None and meeting.purpose == PURPOSE and is_fresh(meeting) else None


def is_of(meeting: Meeting, identity: "Identity") -> bool:
    """Is it the very person whom the officers saw?"""
    return json.loads(meeting.who) == asdict(identity)


def use(meeting: Meeting, identity: "Identity", account: Account) -> None:
    """The meeting has become this account, whose holder was seen. Inside the transaction that makes it.

    Raises seen_over, and seen_differs where it is not the very person whom the officers saw.
    """
    meeting = meeting.locked()
    if not is_fresh(meeting):
        raise Refused("seen_over")
    if not is_of(meeting, identity):
        raise Refused("seen_differs")
    meeting.used, meeting.account = clock.now(), account
    meeting.save()
    account.person_proved, account.person_proved_by = meeting.closed, "desk"
    account.save()


def made(account: Account) -> bool:
    """Did a meeting stand for the SMS when this account was registered?"""
    return Meeting.select().where((Meeting.account == account) & (Meeting.purpose == PURPOSE)).exists()
