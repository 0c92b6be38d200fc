"""What anybody may read about self-checks: which campaigns are announced, how long they last, whom to ask (R-CHK-16).

Not here: a student's own check (`checks.py`) or making a campaign (`campaigns.py`).
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from peewee import JOIN

from webapp.domain import checks, clock
from webapp.domain.identity import tables
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Contact, Unit

URGENCY = ("open", "waiting", "over", "undated")
"""Which campaign a front page shows first."""


def announced() -> list[Campaign]:
    """Every self-check that was not closed, with its school and contact; the one that ends next first."""
    query = Campaign.select(Campaign, Unit, Contact).join(Unit).switch(Campaign)
    rows = list(query.join(Contact, JOIN.LEFT_OUTER, on=Campaign.contact).where(~Campaign.closed & (Campaign.kind == "check")))
    return sorted(rows, key=lambda one: (URGENCY.index(checks.phase(one)), one.ends or date.max, one.id))


def later(campaigns: Iterable[Campaign]) -> list[str]:
    """Codes of the levels (层次) whose dates are not set yet; the page says 「{层次}：后续通知」 (R-CHK-01)."""
    codes = [code for one in campaigns if checks.phase(one) == "undated" for code in json.loads(one.scope).get("levels", ())]
    return [tables.LEVELS.read(code).code for code in dict.fromkeys(codes)]


def time_left(last: date) -> tuple[int, int]:
    """Whole days and hours until the last second of that day in China; zeros when it has passed."""
    _, end = clock.day_bounds(last)
    hours = max(timedelta(0), end - clock.now()) // timedelta(hours=1)
    return hours // 24, hours % 24


def offices(topic: str = "records") -> list[Contact]:
    """Whom to ask, one for each school: the only source of a phone or a room on any page (R-MSG-16)."""
    return list(Contact.select(Contact, Unit).join(Unit).where(Contact.topic == topic).order_by(Unit.id))


def contacts(campaign: Campaign) -> list[Contact]:
    """Whom to ask about a campaign: its own contact, else the school's."""
    return [campaign.contact] if campaign.contact else [one for one in offices() if one.unit_id == campaign.unit_id]


def of(account: Account) -> list[Check]:
    """The holder's checks in announced campaigns, with record and campaign."""
    query = Check.select(Check, Campaign, Record).join(Campaign).switch(Check).join(Record)
    return list(query.where((Record.account == account) & ~Campaign.closed).order_by(Check.id.desc()))
