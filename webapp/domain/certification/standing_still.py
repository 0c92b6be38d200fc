"""What was handed in and then stands still ends by itself: nobody came, confirmed or paid for `crt.draft_days` (R-CRT-45).

Before it does, the holder is told once. Not here: drafts (`drafting.py`), closing what is not paid for in time
(`payments/closing.py`), reminders to confirm (`reminding.py`).
"""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from peewee import Expression

from webapp.domain import clock, defaults, journal, messages
from webapp.domain.certification import drafting, materials
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.certification.prices import items
from webapp.domain.liveness import forgetting
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.certification import Application
from webapp.models.liveness import PersonCheck
from webapp.models.payments import Payment

SINCE = {"proving": Application.submitted, "proved": Application.proved, "lapsed": Application.pay_until}
"""States in which everything waits for the applicant, and since when it does."""

NOTICE = timedelta(days=3)
"""How long before the end it is told of; of a shorter time, half of it."""

TOLD = 3
"""What `reminded` is then, above the two reminders to confirm."""

NOBODY = {
    **dict.fromkeys(("country", "nature", "unit_name", "applicant", "place", "identity_index"), ""),
    **dict.fromkeys(("holder_name", "holder_kind", "holder_country"), ""),
    **dict.fromkeys(("holder_document", "holder_phone", "phone", "email", "remark")),
}
"""What an application says of people, as it stands where only its money is kept."""

NOTHING = {"details": None, "summary": "", "certificate": None, "certificate_index": None, "differs": ""}
"""The same of an item: kind, copies and prices stay."""


def until(application: Application) -> datetime | None:
    """When it ends unless the applicant does something; None where somebody else is to, or it is not one that stands still.

    A photo that went back to the holder begins the time anew.
    """
    if application.state not in SINCE:
        return None
    about = (PersonCheck.purpose == "application") & (PersonCheck.subject == application.key)
    checks = list(PersonCheck.select().where(about))
    if any(one.state in forgetting.IN_HAND for one in checks) and application.state == "proving":
        return None
    moments = [getattr(application, SINCE[application.state].name)]
    moments += [at for one in checks for at in (one.sent, one.judged, one.decided)]
    return max(at for at in moments if at is not None) + _days()


def warn() -> int:
    """Tell who applied that it ends soon: once, by every way. Returns how many."""
    before = min(NOTICE, _days() / 2)
    told = 0
    for one in _left(clock.now() - _days() + before, Application.reminded < TOLD):
        with transaction():
            application = one.locked()
            ends = until(application)
            if ends is None or ends - before > clock.now() or application.reminded >= TOLD:
                continue
            application.reminded = TOLD
            application.save()
            if application.account.state in OWNING:
                link = f"/applications/{application.key}"
                messages.tell(application.account, "certification_ending", link=link, topic="progress", until=ends)
            told += 1
    return told


def sweep() -> int:
    """Forget those whose time is over, with their pictures and checks. Returns how many."""
    gone = 0
    for one in _left(clock.now() - _days()):
        with suppress(Refused), transaction():
            application = one.locked()
            ends = until(application)
            if ends is not None and ends < clock.now():
                _end(application)
                gone += 1
    return gone


def _days() -> timedelta:
    return timedelta(days=defaults.value("crt.draft_days"))


def _left(before: datetime, *more: Expression) -> list[Application]:
    """Those that were left by then, as far as their own rows tell; the clock of a check may give them longer."""
    waits = reduce(or_, ((Application.state == state) & (since < before) for state, since in SINCE.items()))
    return list(Application.select(Application.id).where(waits, *more).order_by(Application.id))


def _end(application: Application) -> None:
    """Nothing of it is left. Where a vendor ever had an order for it, what the books need stays, and names nobody."""
    account, number = application.account, application.number
    forgetting.forget("application", application.key)
    if Payment.select().where(Payment.application == application).exists():
        APPLICATION.move(application, "expire", SYSTEM, **NOBODY)
        materials.forget(application)
        for item in items(application):
            for name, value in NOTHING.items():
                setattr(item, name, value)
            item.save()
    else:
        journal.record("application.forget", SYSTEM.name, application, state=application.state)
        drafting.forget(application)
    if account.state in OWNING:
        messages.notify(account, "certification_expired", link="/applications", topic="progress", number=number)
