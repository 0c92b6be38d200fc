"""Keeping promised reminders: on the site at once, by SMS and mail as wanted; who has no account, by the school's own list.

Each is told in the transaction that ticks it off, so that a worker that dies tells nobody twice.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from webapp.domain import checks, clock, defaults, limits, messages, progress
from webapp.domain.refused import Refused
from webapp.domain.reminders.timing import Slots
from webapp.models.accounts import OWNING, Account
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.reminders import Reminder
from webapp.models.school import Campaign, Unit

PORTION = 100
"""Reminders kept in one transaction: how long others wait to write."""

TEMPLATES = {"hand": "check_remind", "soon": "check_remind", "opened": "check_opened"}

INVITE = "check_invite"
"""What who has no account yet is told, at the phone or mail that the school has (R-SCH-31)."""


def keep(ways: Collection[str], alive: Callable[[], None]) -> int:
    """Tell everybody whose reminder was promised; `ways` are what the site can send by. Returns how many.

    `alive` is called after every portion.
    """
    slots, kept = Slots(), 0
    while portion := _untold():
        with transaction():
            for one in portion:
                kept += _keep(one, ways, slots)
        alive()
    return kept


def _untold() -> list[Reminder]:
    query = Reminder.select(Reminder, Check, Record, Campaign, Unit).join(Check).join(Record).switch(Check).join(Campaign)
    return list(query.join(Unit).where(Reminder.told.is_null()).order_by(Reminder.id).limit(PORTION))


def _keep(reminder: Reminder, ways: Collection[str], slots: Slots) -> bool:
    """Tick it off, if nobody did meanwhile, and tell."""
    mine = (Reminder.id == reminder.id) & Reminder.told.is_null()
    if Reminder.update(told=clock.now()).where(mine).execute() != 1:
        return False
    if reminder.kind != "hand" and not defaults.value("chk.remind_sms"):
        ways = [way for way in ways if way != "sms"]
    used = _tell(reminder, ways, slots)
    Reminder.update(ways=" ".join(used)).where(Reminder.id == reminder.id).execute()
    return True


def _tell(reminder: Reminder, ways: Collection[str], slots: Slots) -> list[str]:
    """By which ways; none where it is no longer needed, or no way leads to the student."""
    check = reminder.check_row
    if check.held or check.state not in progress.unready() or not checks.begun(check.campaign):
        return []
    until = _end(check)
    owner = (Account.identity_index == check.record.identity_index) & Account.state.in_(OWNING)
    account = Account.get_or_none(owner) if check.record.identity_index else None
    if account is None:
        return _invite(check, until, ways, slots)
    bound = check.record.account_id == account.id
    link, delay = f"/records/{check.record.key}" if bound else "/records", slots.delay() if ways else timedelta(0)
    template = TEMPLATES[reminder.kind]
    return ["site", *messages.ring(account, template, ways, delay, link=link, topic="check", until=until)]


def _invite(check: Check, until: datetime, ways: Collection[str], slots: Slots) -> list[str]:
    """To the phone of the roster, else to its mail; one address is rung once a day, however many records bear it."""
    record, told = check.record, {"language": "zh", "until": until, "school": check.campaign.unit.name}
    sends = {"sms": (messages.sms, record.phone), "mail": (messages.mail, record.email)}
    for way, (send, address) in sends.items():
        if way in ways and address:
            try:
                limits.spend("remind:address", address)
            except Refused:
                return []
            send(address, INVITE, delay=slots.delay(), **told)
            return [way]
    return []


def _end(check: Check) -> datetime:
    """The last second of the student's last day."""
    return clock.day_bounds(checks.deadline(check))[1] - timedelta(seconds=1)
