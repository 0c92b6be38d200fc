"""尚未确认提交: who proved to be there and forgot 确认提交 is told after an hour and after a day (R-CRT-30).

Not here: the banner that stands on the pages meanwhile (`following.unconfirmed`).
"""

from datetime import timedelta

from webapp.domain import clock, messages
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.certification import Application

AFTER = (timedelta(hours=1), timedelta(hours=24))
"""How long after the check of the person each reminder is sent."""

PORTION = 200
"""Reminders of one round: others write in between."""


def remind() -> int:
    """Send what is due by now; after a long night of the machine only the last one. Returns how many."""
    at = clock.now()
    late = [Application.proved <= at - wait for wait in AFTER]
    due = (late[0] & (Application.reminded == 0)) | (late[1] & (Application.reminded == 1))
    waiting = Application.select().where((Application.state == "proved") & due).order_by(Application.id).limit(PORTION)
    return sum(_remind(one) for one in list(waiting))


def _remind(application: Application) -> bool:
    """False where it was confirmed meanwhile, or another worker was faster."""
    with transaction():
        application = application.locked()
        passed = sum(application.proved <= clock.now() - wait for wait in AFTER) if application.proved else 0
        if application.state != "proved" or application.reminded >= passed:
            return False
        application.reminded = passed
        application.save()
        if application.account.state in OWNING:
            messages.tell(application.account, "certification_unconfirmed", link=_link(application), topic="progress")
    return True


def _link(application: Application) -> str:
    return f"/applications/{application.key}"
