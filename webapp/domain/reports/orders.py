"""English reports that cost something: asked for at a price, issued once they are paid for, or money back (R-RPT-21).

Not here: paying (`domain/payments/`), what an English report says (`english.py`).
"""

import json
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from webapp.domain import clock, defaults, journal, limits, messages
from webapp.domain.permissions import HOLDERS, SYSTEM, Actor, Can, student
from webapp.domain.refused import Refused
from webapp.domain.reports import english, issuing
from webapp.domain.reports.issuing import Wish
from webapp.domain.reports.lifecycle import ORDER, REPORT
from webapp.models.accounts import Account
from webapp.models.base import attempt, transaction
from webapp.models.records import Record
from webapp.models.report_orders import UNPAID, ReportOrder
from webapp.models.school import Unit
from webapp.models.staff import Staff

NOTE = 200
"""Characters of why a report is not translated."""

SHOWN = 3
"""Unpaid orders that the list of reports shows."""


def fee() -> int:
    """Fen for an English report; 0: it is issued at once."""
    return defaults.value("rpt.english_fee")


def ask(account: Account, actor: Actor, record: Record, wish: Wish, spelt: str, seen: int) -> ReportOrder:
    """Ask for an English report at the price that was `seen`, in fen, and pay within 24 hours.

    One that waits for its money, or was closed unpaid, is the same order with what is chosen now. Raises Refused:
    report_fee (yuan: it costs another sum by now), report_spelling (least, most), and what `issuing.issue` raises.
    """
    actor.require(Can.OWN_RECORD)
    spelt = english.spelling(record, spelt)
    issuing.check(account, record, wish)
    if seen != fee() or not seen:
        raise Refused("report_fee", yuan=f"{fee() / 100:.2f}")
    with transaction():
        account = account.locked()
        order = _unpaid(account, record)
        if order is None:
            return _new(account, actor, record, wish, spelt)
        if order.state == "lapsed":
            order = ORDER.move(order, "again", actor, pay_until=_pay_time(), total=seen)
        _write(order, account, wish, spelt)
        order.save()
        return order


def _unpaid(account: Account, record: Record) -> ReportOrder | None:
    here = (ReportOrder.account == account) & (ReportOrder.record == record) & ReportOrder.state.in_(UNPAID)
    found = ReportOrder.get_or_none(here)
    return found and found.locked()


def _new(account: Account, actor: Actor, record: Record, wish: Wish, spelt: str) -> ReportOrder:
    limits.spend("report:account", account.key)
    at = clock.now()
    order = ReportOrder(account=account, record=record, unit=record.unit_id, number=_number(at), total=fee())
    order.confirmed, order.pay_until = at, _pay_time()
    _write(order, account, wish, spelt)
    order.save(force_insert=True)
    journal.record("report_order.ask", actor.name, order, fen=order.total)
    return order


def _number(at: datetime) -> str:
    """R, 14 digits of the moment in China, and six more."""
    return f"R{clock.shown(at):%Y%m%d%H%M%S}{secrets.randbelow(10**6):06d}"


def _write(order: ReportOrder, account: Account, wish: Wish, spelt: str) -> None:
    order.wish = json.dumps({"months": wish.months, "shows": wish.shows, "spelt": spelt}, ensure_ascii=False)
    order.pin_index = issuing.pin_index(account.id, wish.pin) if wish.pin else None


def _pay_time() -> datetime:
    return clock.now() + timedelta(hours=defaults.value("crt.pay_hours"))


def mine(account: Account) -> list[ReportOrder]:
    """Orders of the holder that wait for their money, newest first; none where it costs nothing by now."""
    if not fee():
        return []
    waits = (ReportOrder.account == account) & (ReportOrder.state == "paying")
    query = ReportOrder.select(ReportOrder, Record, Unit).join(Record).join(Unit).where(waits)
    return list(query.order_by(ReportOrder.confirmed.desc(), ReportOrder.id.desc()).limit(SHOWN))


def fits(order: ReportOrder) -> None:
    """Refuse to take money for a report that could not be issued. Raises Refused as `issuing.fits` does."""
    issuing.fits(order.account, order.record)


def again(order: ReportOrder, actor: Actor) -> ReportOrder:
    """Pay after all: an order that was closed unpaid waits for another 24 hours at its old price."""
    return ORDER.move(order, "again", actor, pay_until=_pay_time())


def settle(order: ReportOrder) -> ReportOrder:
    """Its money is there: the report is issued, once. Where that cannot be any more, the money goes back.

    Raises Refused: moved_on.
    """
    with transaction():
        order = ORDER.move(order, "settle", SYSTEM, paid=clock.now())
        try:
            with attempt():
                order.report = _issued(order)
        except Refused as refused:
            return _cancelled(order, "fail", SYSTEM, "report_not_made", reason=refused.code)
        order.wish, order.pin_index = None, None
        order.save()
        return order


def _issued(order: ReportOrder):
    """As its holder chose; a holder who may not open records any more gets none, nor one whose choices were forgotten."""
    account = order.account
    if account.state not in HOLDERS or not order.wish:
        raise Refused("not_allowed")
    told = json.loads(order.wish)
    wish = Wish("en", told["months"], tuple(told["shows"]), pin_index=order.pin_index or "", ordered=True)
    return english.issue(account, student(account.key, account.state), order.record, wish, told["spelt"])


def lapse(order: ReportOrder) -> None:
    """It was not paid for in time. Raises Refused: moved_on."""
    ORDER.move(order, "lapse", SYSTEM)
    messages.notify(order.account, "report_lapsed", link=_page(order), topic="progress")


def forget() -> int:
    """Forget what was chosen in orders that nobody paid for `crt.draft_days`; money that still comes goes back. How many."""
    since = clock.now() - timedelta(days=defaults.value("crt.draft_days"))
    late = (ReportOrder.state == "lapsed") & (ReportOrder.pay_until <= since)
    return sum(_forget(order) for order in ReportOrder.select().where(late))


def _forget(order: ReportOrder) -> bool:
    with suppress(Refused):  # it was paid meanwhile
        ORDER.move(order, "forget", SYSTEM, wish=None, pin_index=None)
        return True
    return False


def is_waiting(order: ReportOrder) -> bool:
    """Was it paid for, and does the school still translate it?"""
    return order.state == "paid" and _newest(order).state == "pending"


def _newest(order: ReportOrder):
    """Its report, or the one that a correction put in its place."""
    report = order.report
    while report.state == "corrected" and report.successor is not None:
        report = report.successor
    return report


def refuse(order: ReportOrder, actor: Actor, note: str) -> ReportOrder:
    """The school does not translate it, and says why; all of the money goes back.

    Raises Refused: not_allowed, own_case, moved_on, refund_note (most).
    """
    note = note.strip()
    if not 0 < len(note) <= NOTE:
        raise Refused("refund_note", most=NOTE)
    with transaction():
        order = order.locked()
        if not is_waiting(order):
            raise Refused("moved_on", state=order.state)
        is_a_stranger(order, actor)
        report = _newest(order)
        order = _cancelled(order, "refuse", actor, "report_untranslated", note)
        REPORT.move(report, "refuse", actor)
        return order


def _cancelled(order: ReportOrder, move: str, actor: Actor, told: str, note: str = "", **detail: str) -> ReportOrder:
    order = ORDER.move(order, move, actor, detail=detail, wish=None, pin_index=None, note=note or None)
    journal.promise("payments.refund", key=order.key)
    messages.notify(order.account, told, link=_page(order), topic="progress")
    return order


def is_a_stranger(order: ReportOrder, actor: Actor) -> None:
    """Nobody decides about the own money (SECURITY T23). Raises Refused: own_case."""
    staff, account = Staff.by_key(actor.key), order.account
    contacts = [(staff.phone, account.phone), (staff.email, account.email)]
    if staff.name == account.name or any(mine and mine == hers for mine, hers in contacts):
        raise Refused("own_case")


def _page(order: ReportOrder) -> str:
    return f"/reports/orders/{order.key}/pay"
