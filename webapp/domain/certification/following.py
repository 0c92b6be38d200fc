"""我的认证: one's applications, where each is and until when, and calling one off (R-CRT-31, R-CRT-33).

Not here: handing them in (`filing.py`), 申请复议 (`reconsidering.py`), what the agency does.
"""

from typing import NamedTuple

from peewee import JOIN

from webapp.domain import clock, journal, messages
from webapp.domain.certification import steps
from webapp.domain.certification.lifecycle import APPLICATION, hers
from webapp.domain.certification.prices import items
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import AT_WORK, UNDER_WAY, Agency, Application, ApplicationItem, ItemStep

SIZE = 10
"""Applications on one page."""

HAS = {
    "proof": "agency",
    "supplement": "you",
    "accepted": "agency",
    "checking": "school",
    "delayed": "agency",
    "second": "agency",
    "reconsider": "agency",
}
"""Who has an item in each of its states, as long as somebody has it."""


class Line(NamedTuple):
    """One application as its owner sees it. `round` is a key of ROUNDS (first, again, reconsider), `money` one of MONEY (free,
    paying, paid, refunded); both are empty before it was handed in."""

    application: Application
    items: list[ApplicationItem]
    round: str
    money: str


class Shelf(NamedTuple):
    """One page of them, of so many."""

    lines: list[Line]
    page: int
    pages: int


def mine(account: Account, page: int = 1) -> Shelf:
    """Newest first; a page behind the last one is the last one."""
    owned = Application.select().where(Application.account == account)
    pages = max(1, -(-owned.count() // SIZE))
    page = min(max(1, page), pages)
    named = Application.select(Application, Agency).join(Agency, JOIN.LEFT_OUTER).where(Application.account == account)
    found = named.order_by(Application.created.desc(), Application.id.desc()).paginate(page, SIZE)
    return Shelf(_lines(list(found)), page, pages)


def find(account: Account, key: str) -> Application | None:
    return Application.get_or_none((Application.account == account) & (Application.key == key))


def line(application: Application) -> Line:
    return _lines([application])[0]


def unconfirmed(account: Account) -> Application | None:
    """One whose holder was there, and that was not handed in all the same (R-CRT-30)."""
    waits = (Application.account == account) & (Application.state == "proved")
    return Application.select().where(waits).order_by(Application.proved).first()


def may_cancel(found: Line) -> bool:
    """取消申请 is offered in 待校对 alone."""
    return _waits(found.application, found.items)


def is_untouched(application: Application) -> bool:
    """May it still be called off, as it is now?"""
    return _waits(application, items(application))


def _waits(application: Application, there: list[ApplicationItem]) -> bool:
    return application.state == "filed" and all(item.state == "proof" for item in there)


def cancel(application: Application, actor: Actor) -> Application:
    """取消申请: with all its items, and what was paid goes back in full, later (R-PAY-06). The second tap finds it done.

    Raises Refused: application_uncancellable, not_allowed.
    """
    try:
        with transaction():
            application = APPLICATION.move(application, "cancel", actor, updated=clock.now())
            for item in items(application):
                steps.make(item, "cancel", actor, since=clock.now(), due=None, holder=None, lease=None)
            if application.total:
                journal.promise("payments.refund", key=application.key)
            link = f"/applications/{application.key}"
            messages.notify(application.account, "certification_cancelled", link=link, topic="progress")
    except Refused as refused:
        if refused.code != "moved_on":
            raise
        if refused.facts["state"] != "cancelled":
            raise Refused("application_uncancellable") from refused
        return Application.get_by_id(application.id)
    return application


def go_on(application: Application, actor: Actor) -> None:
    """The holder wants what an impostor had applied for in the holder's name. Raises Refused: not_allowed."""
    with transaction():
        application = application.locked()
        hers(application, actor)
        if application.held is not None:
            application.held = None
            application.save()
            journal.record("application.go_on", actor.name, application)


def under_way(account: Account) -> list[Application]:
    """What was handed in and is not over: unfinished orders, whoever asks what ends with an account (spec 7.4)."""
    busy = ApplicationItem.select(ApplicationItem.application).where(ApplicationItem.state.in_(AT_WORK))
    open_ = Application.state.in_([state for state in UNDER_WAY if state != "filed"]) | Application.id.in_(busy)
    return list(Application.select().where((Application.account == account) & open_).order_by(Application.id))


def _lines(found: list[Application]) -> list[Line]:
    """With their items, in one query, and what was ever reconsidered, in another."""
    query = ApplicationItem.select().where(ApplicationItem.application.in_(found))
    of: dict[int, list[ApplicationItem]] = {one.id: [] for one in found}
    for item in query.order_by(ApplicationItem.place, ApplicationItem.id):
        of[item.application_id].append(item)
    asked = ItemStep.select(ItemStep.item).where((ItemStep.move == "reconsider") & ItemStep.item.in_(query))
    reconsidered = {item for (item,) in asked.tuples()}
    return [Line(one, of[one.id], _round(one, of[one.id], reconsidered), money(one)) for one in found]


def _round(application: Application, items: list[ApplicationItem], reconsidered: set[int]) -> str:
    if application.state not in ("filed", "cancelled"):
        return ""
    if any(item.id in reconsidered for item in items):
        return "reconsider"
    return "again" if any(item.round > 1 for item in items) else "first"


def money(application: Application) -> str:
    """A key of MONEY; empty before 确认提交, and where nobody can pay any more."""
    if application.confirmed is None or application.state == "expired":
        return ""
    if not application.total:
        return "free"
    if application.refunded is not None:
        return "refunded"
    return "paid" if application.paid is not None else "paying"
