"""收款和发票: what an agency or a school is owed, took by hand, gives back, and invoices it is asked for (R-PAY-02, 06, 08).

Not here: who may do what when (`domain/payments/`). One bill's money is on one page.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from webapp.domain.payments import by_hand, invoicing, ordering, refunding
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import orders
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Bill, Invoice, Payment
from webapp.models.report_orders import ReportOrder
from webapp.web import access, certification_words, payment_words, stored, told
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.payments import faces
from webapp.web.staff.payments.forms import MOST, IssueForm, NoteForm, RedForm, ReferenceForm, RefundForm, brought

bp = Blueprint("staff_payments", __name__, url_prefix="/staff/payments")


@bp.get("")
@allow(Can.CASH)
def index() -> Response:
    actor = access.actor()
    return show(
        "staff/payments/index.html",
        noted=by_hand.noted(actor),
        awaited=by_hand.awaited(actor),
        stranded=by_hand.stranded(actor),
        odd=by_hand.odd(actor),
        wanted=invoicing.wanted(actor) if actor.may(Can.CERTIFY) else None,
        face=faces.of,
        verdicts=payment_words.VERDICTS,
        yuan=told.yuan,
        moment=told.moment,
        kinds=certification_words.KINDS,
    )


@bp.get("/<key>")
@allow(Can.CASH)
def application(key: str) -> Response:
    return _screen(_found(key))


@bp.post("/<key>/mark")
@allow(Can.CASH)
def mark(key: str) -> Response:
    """Money came in by hand; a second person confirms it."""
    form = ReferenceForm(prefix=key)
    return _done(key, form, lambda: by_hand.mark(_found(key), access.actor(), form.reference.data))


@bp.post("/<key>/<payment>/vouch")
@allow(Can.CASH)
def vouch(key: str, payment: str) -> Response:
    return _done(key, Form(), lambda: by_hand.vouch(_payment(key, payment), access.actor()))


@bp.post("/<key>/<payment>/strike")
@allow(Can.CASH)
def strike(key: str, payment: str) -> Response:
    return _done(key, Form(), lambda: by_hand.strike(_payment(key, payment), access.actor()))


@bp.post("/<key>/<payment>/sort-out")
@allow(Can.CASH)
def sort_out(key: str, payment: str) -> Response:
    """What a vendor said that did not fit was settled."""
    return _done(key, Form(), lambda: by_hand.sort_out(_payment(key, payment), access.actor()))


@bp.post("/<key>/untranslated")
@allow(Can.ENROL)
def refuse(key: str) -> Response:
    """The school does not translate an English report: its money goes back."""
    form, found = NoteForm(prefix=key), _found(key)
    if not isinstance(found, ReportOrder):
        abort(404)
    return _done(key, form, lambda: orders.refuse(found, access.actor(), form.note.data or ""))


@bp.post("/<key>/<payment>/refund")
@allow(Can.LEAD)
def refund(key: str, payment: str) -> Response:
    form = RefundForm(prefix=payment)
    paid = _payment(key, payment)
    return _done(key, form, lambda: refunding.decide(paid, access.actor(), form.fen(), form.note.data))


@bp.post("/<key>/<payment>/hand-back")
@allow(Can.REPAY)
def hand_back(key: str, payment: str) -> Response:
    """A refund that no vendor makes was made by a person."""
    form = ReferenceForm(prefix=payment)
    due = _payment(key, payment)
    return _done(key, form, lambda: refunding.hand_back(due, access.actor(), form.reference.data))


@bp.post("/<key>/invoices/<invoice>")
@allow(Can.CERTIFY)
@takes(MOST + (64 << 10))
def issue(key: str, invoice: str) -> Response:
    form, found = IssueForm(prefix=invoice), _invoice(key, invoice)

    def bring() -> None:
        number = invoicing.check_number(form.number.data)
        invoicing.issue(found, access.actor(), number, brought(form))

    return _done(key, form, bring)


@bp.post("/<key>/invoices/<invoice>/red")
@allow(Can.CERTIFY)
def reverse(key: str, invoice: str) -> Response:
    form, found = RedForm(prefix=invoice), _invoice(key, invoice)
    return _done(key, form, lambda: invoicing.reverse(found, access.actor(), form.number.data))


@bp.get("/<key>/invoices/<invoice>.pdf")
@allow(Can.CERTIFY)
def invoice_pdf(key: str, invoice: str) -> Response:
    found = _invoice(key, invoice)
    return stored.pdf(found.upload, f"invoice-{found.number}")


def _done(key: str, form: Form, deed: Callable[[], Any]) -> Response:
    """Do it and show the bill again; what was refused stands beside the form that asked for it."""
    _found(key)
    try:
        if form.validate():
            deed()
            return go(url_for("staff_payments.application", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(_found(key), 422, form)


def _found(key: str) -> Bill:
    return by_hand.find(access.actor(), key) or abort(404)


def _payment(key: str, payment: str) -> Payment:
    return next((one for one in ordering.of(_found(key)) if one.key == payment), None) or abort(404)


def _invoice(key: str, invoice: str) -> Invoice:
    made = _invoices(_found(key))
    return next((one for one, _line in made if one.key == invoice), None) or abort(404)


def _invoices(found: Bill) -> list[tuple[Invoice, ApplicationItem]]:
    """Each with its line; there are none for a report."""
    lines = found.items if isinstance(found, Application) else ()
    return [(one, line) for line in lines for one in invoicing.of(line)]


def _screen(found: Bill, status: int = 200, wrong: Form | None = None) -> Response:
    def form_of(kind: type[Form], key: str) -> Form:
        """The form about one row; several of a kind stand on the page, so each calls its fields by the row's key."""
        tried = isinstance(wrong, kind) and wrong._prefix == f"{key}-"
        return wrong if tried else kind(formdata=None, prefix=key)

    payments = ordering.of(found)
    refunds = {one.id: refunding.of(one) for one in payments if one.state in ("refunding", "refunded")}
    return show(
        "staff/payments/application.html",
        status,
        found=found,
        form=wrong or Form(formdata=None),
        mark_form=partial(form_of, ReferenceForm),
        refund_form=partial(form_of, RefundForm),
        issue_form=partial(form_of, IssueForm),
        red_form=partial(form_of, RedForm),
        payments=payments,
        refunds=refunds,
        note_form=partial(form_of, NoteForm),
        invoices=_invoices(found),
        total=told.yuan(found.total),
        face=faces.of(found),
        untold=isinstance(found, ReportOrder) and orders.is_waiting(found),
        verdicts=payment_words.VERDICTS,
        me=access.actor().key,
        leads=access.actor().may(Can.LEAD),
        repays=access.actor().may(Can.REPAY),
        marks=by_hand.may_mark(found),
        words=payment_words,
        kinds=certification_words.KINDS,
        yuan=told.yuan,
        moment=told.moment,
    )
