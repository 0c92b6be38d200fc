"""What becomes of applications when their account is put away: its heir goes on with them (spec 7.4, R-DUP-28, R-ACC-47).

Not here: when an account is put away (`duplicates/effect.py`).
"""

from contextlib import suppress

from webapp.domain import clock, journal, messages
from webapp.domain.certification import following, steps
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.certification.prices import items
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application


def hand_on(account: Account, heir: Account | None) -> list[str]:
    """All of them go to the heir, who is told of each that is not over. Returns the keys of what went.

    Without an heir those that nobody began to check are cancelled and refunded; the agency finishes the others, and mails them.
    """
    unfinished = following.under_way(account)
    if heir is None:
        for application in unfinished:
            with suppress(Refused):  # it was begun: the agency finishes it
                _end(application)
        return []
    mine = [key for (key,) in Application.select(Application.key).where(Application.account == account).tuples()]
    Application.update(account=heir).where(Application.key.in_(mine)).execute()
    for application in unfinished:
        link = f"/applications/{application.key}"
        messages.notify(heir, "certification_inherited", link=link, topic="progress")
    return mine


def give_back(account: Account, keys: list[str]) -> None:
    Application.update(account=account, held=None).where(Application.key.in_(keys)).execute()


def hold(keys: list[str], holder: Account) -> None:
    """冒用: what an impostor applied for waits for the holder, and nothing of it goes to the impostor any more (R-DUP-28).

    Of what is over neither: a report that is drawn anew is mailed once more.
    """
    waits = {application.key for application in following.under_way(holder)}
    for application in Application.select().where(Application.key.in_(keys) & (Application.account == holder)):
        application.phone, application.email = holder.phone, holder.email
        application.held = clock.now() if application.key in waits else None
        application.save()


def _end(application: Application) -> None:
    with transaction():
        application = APPLICATION.move(application, "end", SYSTEM, updated=clock.now())
        for item in items(application):
            steps.make(item, "cancel", SYSTEM, since=clock.now(), due=None, holder=None, lease=None)
        if application.total:
            journal.promise("payments.refund", key=application.key)
