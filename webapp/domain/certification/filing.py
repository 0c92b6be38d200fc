"""The end of the wizard: 提交申请, 实人验证, 确认提交, 支付; and back from there (R-CRT-26 to R-CRT-30, R-PAY-03).

Not here: the answers before it (`applying.py`), money itself (`domain/payments/`), the agency's work (`deciding.py`).
"""

import secrets
from contextlib import suppress
from datetime import timedelta

from peewee import IntegrityError

from webapp.domain import clock, defaults, messages, workdays
from webapp.domain.certification import prices
from webapp.domain.certification.lifecycle import APPLICATION, ITEM
from webapp.domain.permissions import SYSTEM, Actor
from webapp.models.base import attempt, transaction
from webapp.models.certification import Application, ItemStep

TRIES = 5
"""How often a number is drawn: of a hundred in a second somebody else may take the same at the same instant."""

PROOF_WORKDAYS = 3
"""Working days in which an agency looks whether what was brought is whole."""


def submit(application: Application, actor: Actor) -> Application:
    """提交申请: it gets its number, prices are frozen, and items can be neither added nor deleted any more.

    Whether it is whole, `applying.check` says first. Raises Refused: not_allowed, moved_on.
    """
    for _ in range(TRIES - 1):
        with suppress(IntegrityError):  # PostgreSQL lets two of one second draw the same number
            return _submit(application, actor)
    return _submit(application, actor)


def _submit(application: Application, actor: Actor) -> Application:
    with attempt():
        total, number = prices.freeze(application), application.number or _number()
        return APPLICATION.move(application, "submit", actor, number=number, total=total, submitted=clock.now(), reminded=0)


def _number() -> str:
    """申请单编号: 14 digits of the moment in China and two more, which nobody has yet (spec 6.12)."""
    stamp = f"{clock.shown(clock.now()):%Y%m%d%H%M%S}"
    taken = {one for (one,) in Application.select(Application.number).where(Application.number.startswith(stamp)).tuples()}
    return secrets.choice([number for n in range(100) if (number := f"{stamp}{n:02d}") not in taken])


def prove(application: Application, how: str) -> Application:
    """实人验证已完成: the holder was there (`how`: face, photo); from now on nothing can be changed (R-CRT-28, R-RPV-08)."""
    changes = {"proved": clock.now(), "proved_by": how, "reminded": 0}
    return APPLICATION.move(application, "prove", SYSTEM, detail={"how": how}, **changes)


def confirm(application: Application, actor: Actor) -> Application:
    """确认提交: a free application is filed, any other waits for its payment. Raises Refused: not_allowed, moved_on."""
    at = clock.now()
    with transaction():
        if not application.total:
            application = APPLICATION.move(application, "file", actor, confirmed=at, paid=at)
            _file_items(application)
            return application
        return APPLICATION.move(application, "bill", actor, confirmed=at, pay_until=at + _pay_time(), reminded=0)


def again(application: Application, actor: Actor) -> Application:
    """Pay after all: an application that was closed unpaid waits for another 24 hours at its old price (R-PAY-03)."""
    return APPLICATION.move(application, "again", actor, pay_until=clock.now() + _pay_time(), reminded=0)


def lapse(application: Application) -> None:
    """It was not paid for in time. Raises Refused: moved_on."""
    APPLICATION.move(application, "lapse", SYSTEM)
    messages.notify(application.account, "certification_lapsed", link=f"/applications/{application.key}", topic="progress")


def settle(application: Application) -> Application:
    """Its money is there: it is filed, once. Raises Refused: moved_on."""
    with transaction():
        application = APPLICATION.move(application, "settle", SYSTEM, paid=clock.now())
        _file_items(application)
        return application


def _file_items(application: Application) -> None:
    at = clock.now()
    changes = {"agency": application.agency, "filed": at, "since": at, "due": workdays.due(at, PROOF_WORKDAYS)}
    for item in prices.items(application):
        ITEM.move(item, "file", SYSTEM, **changes)
        ItemStep.create(item=item, move="file", state="proof", at=at)
    link = f"/applications/{application.key}"
    messages.notify(application.account, "certification_filed", link=link, topic="progress")


def _pay_time() -> timedelta:
    return timedelta(hours=defaults.value("crt.pay_hours"))
