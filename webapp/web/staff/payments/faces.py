"""What the staff's pages of money say of each kind of bill.

Not here: what its holder reads (`web/payments/faces.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.domain.payments import bills
from webapp.models.payments import Bill
from webapp.web import certification_words, payment_words


@dataclass(frozen=True, slots=True)
class Face:
    """What the bill is `called`, who is to pay, and the pill of each of its states."""

    called: Callable[[Bill], str]
    payer: Callable[[Bill], str]
    states: dict


def of(bill: Bill) -> Face:
    return FACES[bills.name(bill)]


FACES = {
    "application": Face(
        called=lambda application: _("申请单 %(number)s", number=application.number),
        payer=lambda application: application.applicant,
        states=certification_words.STATES,
    ),
    "report": Face(
        called=lambda order: _("英文报告，订单 %(number)s", number=order.number),
        payer=lambda order: order.account.name,
        states=payment_words.ORDERS,
    ),
}
"""By kind of bill."""
