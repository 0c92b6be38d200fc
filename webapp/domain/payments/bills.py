"""What a payment is for: a line for each kind of bill, with what its money does (R-PAY-01, R-RPT-21).

Not here: money itself, nor the bills' own stories (`certification/filing.py`, `reports/orders.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import Expression, ForeignKeyField, fn

from webapp.domain.certification import discredit, filing, following
from webapp.domain.certification import lifecycle as certification
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import orders
from webapp.models import scope
from webapp.models.accounts import Account
from webapp.models.certification import Agency, AgencyMember, Application
from webapp.models.payments import Bill, Payment
from webapp.models.report_orders import ReportOrder
from webapp.models.school import Unit
from webapp.models.staff import Staff


@dataclass(frozen=True, slots=True)
class Kind:
    """`column` of a payment names the bill. `here` are the bills whose money the actor keeps, `taker` is whose money it is.

    `fits` refuses whom nothing is sold, `untouched` says whether all of it can still be called off, `stranger` refuses
    staff whose own bill it is. `back` is the reason of refunds once it was cancelled, `page` the holder's page of its money.
    """

    model: type[Bill]
    column: ForeignKeyField
    here: Callable[[Actor], Expression]
    taker: Callable[[Any], Agency | Unit]
    fits: Callable[[Any], None]
    again: Callable[[Any, Actor], Bill]
    settle: Callable[[Any], Bill]
    lapse: Callable[[Any], None]
    untouched: Callable[[Any], bool]
    stranger: Callable[[Any, Actor], None]
    back: str
    page: str


def _applications(actor: Actor) -> Expression:
    working = AgencyMember.select(AgencyMember.agency).join(Staff).where(Staff.key == actor.key)
    return Application.agency.in_(working)


def _orders(actor: Actor) -> Expression:
    return ReportOrder.unit.in_(scope.units(actor.where(Can.ENROL)))


KINDS = {
    "application": Kind(
        Application,
        Payment.application,
        here=_applications,
        taker=lambda application: application.agency,
        fits=lambda application: discredit.check(application.identity_index),
        again=filing.again,
        settle=filing.settle,
        lapse=filing.lapse,
        untouched=following.is_untouched,
        stranger=lambda application, actor: certification.is_a_stranger(application.items[0], actor),
        back="cancelled",
        page="/applications/{}/pay",
    ),
    "report": Kind(
        ReportOrder,
        Payment.order,
        here=_orders,
        taker=lambda order: order.unit,
        fits=orders.fits,
        again=orders.again,
        settle=orders.settle,
        lapse=orders.lapse,
        untouched=orders.is_waiting,
        stranger=orders.is_a_stranger,
        back="untold",
        page="/reports/orders/{}/pay",
    ),
}


def name(bill: Bill) -> str:
    """Which kind of bill it is: a key of `KINDS`."""
    return next(one for one, kind in KINDS.items() if isinstance(bill, kind.model))


def of(bill: Bill) -> Kind:
    return KINDS[name(bill)]


def find(key: str) -> Bill | None:
    """The bill with that key, of whatever kind."""
    return next((found for kind in KINDS.values() if (found := kind.model.by_key(key)) is not None), None)


def owned(account: Account, kind: str, key: str) -> Bill | None:
    """A bill of this account that is to be paid, or was."""
    found = KINDS[kind].model.by_key(key)
    billed = found is not None and found.account_id == account.id and found.confirmed is not None
    return found if billed else None


def page(bill: Bill) -> str:
    """The path of the holder's page of its money."""
    return of(bill).page.format(bill.key)


def paid_by(bill: Bill) -> Expression:
    """Payments for this bill."""
    return of(bill).column == bill


def whose(say: Callable[[Kind], Expression]) -> Expression:
    """Payments whose bill is one of which `say` says so; one look at the bill of each payment."""
    there = (kind.model.select(kind.model.id).where((kind.model.id == kind.column) & say(kind)) for kind in KINDS.values())
    return reduce(or_, map(fn.EXISTS, there))


def kept_by(actor: Actor) -> Expression:
    """Payments of bills whose money the actor keeps."""
    return whose(lambda kind: kind.here(actor))


def works_at(bill: Bill, actor: Actor) -> None:
    """Refuse who does not keep this bill's money."""
    kind = of(bill)
    if not kind.model.select().where((kind.model.id == bill.id) & kind.here(actor)).exists():
        raise Refused("not_allowed")
