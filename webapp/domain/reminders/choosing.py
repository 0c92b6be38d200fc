"""Whom a reminder is for, how many ways lead there, and writing the promise down: a row for each student and day.

The database lets nobody be reminded twice on a day, whoever presses. Not here: keeping the promise (`telling.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from peewee import SQL, Case, Expression, ModelSelect, Value, fn

from webapp.domain import checks, clock, defaults, journal, progress
from webapp.domain.permissions import Actor, Can
from webapp.domain.progress import View
from webapp.domain.refused import Refused
from webapp.domain.reminders import days
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.changes import Preference
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.reminders import Reminder
from webapp.models.school import Campaign
from webapp.models.staff import Grant, Staff

NEVER = SQL("(1 = 0)")

WHOM = ("all", "unregistered", "unchecked")
"""Lists of the board that can be reminded; whom the system itself keeps out can do nothing about it."""

LATE_START = timedelta(days=2)
"""For so long after its first day a window's opening is still told."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a press would do: `people` hear of it, `registered` of them on the site, by so many SMS and mails.

    `unreachable` have no account and left no phone or mail with the school; `done` of the others were reminded today.
    """

    people: int
    registered: int
    sms: int
    mail: int
    unreachable: int
    done: int

    @property
    def cost(self) -> float:
        """Yuan, by the setting `sms.price`."""
        return self.sms * defaults.value("sms.price") / 1000


def forecast(view: View, which: str, ways: Collection[str], only: Sequence[Expression] = ()) -> Forecast:
    """Counted now, in one query; `ways` are what the site can send by: sms, mail."""
    stranger, done = Account.id.is_null(), _reminded_today()
    phone = Record.phone_index.is_null(False) if "sms" in ways else NEVER
    email = Record.email_index.is_null(False) if "mail" in ways else NEVER
    by_sms = (_open(Account.phone_proved, "sms") if "sms" in ways else NEVER) | (stranger & phone)
    by_mail = (_open(Account.email_proved, "mail") if "mail" in ways else NEVER) | (stranger & ~phone & email)
    nobody = stranger & ~phone & ~email
    groups = (~done & ~nobody, ~done & ~stranger, ~done & by_sms, ~done & by_mail, nobody, done & ~nobody)
    counted = _chosen(view, which, only).select(*(fn.SUM(Case(None, [(one, 1)], 0)) for one in groups))
    return Forecast(*(int(many or 0) for many in counted.tuples().get()))


def remind(actor: Actor, staff: Staff, view: View, which: str, only: Sequence[Expression] = ()) -> int:
    """One press: everybody of the list who was not reminded today is. Returns how many; a job tells them.

    Raises Refused: remind_not_open (before the window and once it was closed), not_allowed.
    """
    actor.require(Can.REMIND)
    if which not in WHOM or not view.grants:
        raise Refused("not_allowed")
    if not checks.begun(view.campaign):
        raise Refused("remind_not_open")
    place = view.klass or view.college
    with transaction():
        many = _promise(_chosen(view, which, only), "hand", staff)
        journal.record("campaign.remind", actor.name, view.campaign, many=many, place=place.key if place else "")
    return many


def by_the_clock(campaign: Campaign) -> int:
    """Those whose own last day is so many days ahead as `chk.remind_days` says, and the opening. Safe to repeat on a day."""
    whole = View(campaign, (Grant(unit=campaign.unit_id),))
    if not checks.begun(campaign):
        return 0
    moved = [(clock.today() - campaign.ends).days + before for before in days.read(defaults.value("chk.remind_days"))]
    soon = _chosen(whole, "all", (Check.held_days.in_([one for one in moved if one >= 0]),))
    with transaction():
        many = _promise(soon, "soon")
        if clock.today() - campaign.starts <= LATE_START:
            known = Reminder.select(Reminder.check_row).where(Reminder.kind == "opened")
            many += _promise(_chosen(whole, "all", (Check.id.not_in(known),)), "opened")
    return many


def last(check: Check) -> Reminder | None:
    """The last reminder of a check that was kept."""
    told = (Reminder.check_row == check) & Reminder.told.is_null(False)
    return Reminder.select().where(told).order_by(Reminder.id.desc()).first()


def _chosen(view: View, which: str, only: Sequence[Expression]) -> ModelSelect:
    return progress.listed(view, which).where(Check.held == "", *only)


def _promise(chosen: ModelSelect, kind: str, staff: Staff | None = None) -> int:
    """Rows for those chosen, one a day; a job keeps them. Returns how many are new."""
    same = {"day": clock.today(), "kind": kind, "staff": staff and staff.id, "made": clock.now(), "ways": ""}
    fields = [getattr(Reminder, name) for name in same]
    values = [Value(value, converter=field.db_value) for field, value in zip(fields, same.values(), strict=True)]
    rows = chosen.select(Check.id, Record.id, *values).where(~_reminded_today()).order_by(Record.id)
    added = Reminder.insert_from(rows, [Reminder.check_row, Reminder.record, *fields]).on_conflict_ignore()
    many = added.as_rowcount().execute()
    if many:
        journal.promise("reminders.keep")
    return many


def _reminded_today() -> Expression:
    today = Reminder.select(SQL("1")).where((Reminder.record == Record.id) & (Reminder.day == clock.today()))
    return fn.EXISTS(today)


def _open(proved: Expression, channel: str) -> Expression:
    """The holder proved this way and did not say no to it."""
    silent = (Preference.topic == "check") & (Preference.channel == channel) & ~Preference.wanted
    return proved.is_null(False) & Account.id.not_in(Preference.select(Preference.account).where(silent))
