"""我的发票: what a holder asks for each paid line, and what the agency brings from the tax platform (R-PAY-07, R-PAY-08).

Not here: making an invoice. The tax platform does, and the site pretends to nothing.
"""

import re

from peewee import IntegrityError

from webapp.domain import clock, journal
from webapp.domain.certification import agencies
from webapp.domain.identity import credit_codes, emails, phones
from webapp.domain.payments.lifecycle import INVOICE, check_money, goes_back, has_money, owes_a_line
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.certification import Application, ApplicationItem
from webapp.models.payments import Invoice
from webapp.models.photos import Upload
from webapp.models.staff import Staff

TITLE = 100
KINDS = ("person", "unit")
MOST = 100
_number = re.compile(r"[0-9]{8,20}").fullmatch


def lines(account: Account) -> list[tuple[ApplicationItem, Invoice | None]]:
    """Every paid line of this account, newest application first, with its newest invoice."""
    paid = (Application.account == account) & (Application.total > 0) & Application.paid.is_null(False)
    query = ApplicationItem.select(ApplicationItem, Application).join(Application).where(paid)
    found = [item for item in query.order_by(Application.paid.desc(), ApplicationItem.place) if owes_a_line(item)]
    newest = {one.item_id: one for one in Invoice.select().where(Invoice.item.in_(found)).order_by(Invoice.id)}
    return [(item, newest.get(item.id)) for item in found]


def find(account: Account, key: str) -> ApplicationItem | None:
    """A line of this account that cost something and was paid for."""
    item = ApplicationItem.by_key(key)
    hers = item is not None and item.application.account_id == account.id
    return item if hers and item.application.paid and owes_a_line(item) else None


def of(item: ApplicationItem) -> list[Invoice]:
    """Invoices for a line, newest first."""
    return list(Invoice.select().where(Invoice.item == item).order_by(Invoice.id.desc()))


def may_ask(item: ApplicationItem) -> bool:
    """Is there money for which no invoice stands?"""
    return has_money(item.application) and not goes_back(item.application) and not _standing(item)


def _standing(item: ApplicationItem) -> bool:
    return Invoice.select().where((Invoice.item == item) & (Invoice.state != "reversed")).exists()


def ask(item: ApplicationItem, actor: Actor, kind: str, title: str, tax: str, email: str, phone: str) -> Invoice:
    """Ask for an invoice about one line, in the name of a person or of a unit with its tax number.

    Raises Refused: not_allowed, invoice_unpaid, invoice_refunding, invoice_once, invoice_phone, invoice_title (most),
    credit_code_format, credit_code_digit, email_format.
    """
    application = item.application
    if application.account.key != actor.key:
        raise Refused("not_allowed")
    title, phone = " ".join(title.split()), phones.clean(phone)
    tax = credit_codes.clean(tax).upper() if kind == "unit" else ""
    if not phones.well_formed(phone):
        raise Refused("invoice_phone")
    if kind not in KINDS or not 0 < len(title) <= TITLE:
        raise Refused("invoice_title", most=TITLE)
    if kind == "unit":
        credit_codes.check(tax)
    email = emails.clean(email)
    emails.check(email)
    invoice = Invoice(item=item, account=application.account, kind=kind, tax=tax, fen=owes_a_line(item), asked=clock.now())
    invoice.title, invoice.email, invoice.phone = title, email, phone
    return _ask(invoice, application, actor)


def _ask(invoice: Invoice, application: Application, actor: Actor) -> Invoice:
    try:
        with transaction():
            check_money(application.locked())
            invoice.save(force_insert=True)
            journal.record("invoice.ask", actor.name, invoice)
            return invoice
    except IntegrityError:
        raise Refused("invoice_once") from None


def wanted(actor: Actor) -> list[Invoice]:
    """Invoices that holders asked the actor's agency for, oldest first."""
    query = Invoice.select(Invoice, ApplicationItem, Application).join(ApplicationItem).join(Application)
    here = (Application.agency == agencies.mine(actor)) & (Invoice.state == "asked")
    unpaid = Application.refunded.is_null() & (Application.state == "filed")
    found = query.where(here & unpaid).order_by(Invoice.id).limit(MOST)
    return [one for one in found if not goes_back(one.item.application)]


def issue(invoice: Invoice, actor: Actor, number: str, upload: Upload) -> Invoice:
    """The tax platform gave it a number and a file (`upload`, not saved yet).

    Raises Refused: not_allowed, moved_on, invoice_number, invoice_unpaid, invoice_refunding.
    """
    number = check_number(number)
    with transaction():
        upload.save(force_insert=True)
        changes = {"number": number, "upload": upload, "staff": Staff.by_key(actor.key), "issued": clock.now()}
        return INVOICE.move(invoice, "issue", actor, **changes)


def reverse(invoice: Invoice, actor: Actor, number: str) -> Invoice:
    """红冲: the tax platform took it back under another number, once for each line.

    Raises Refused: not_allowed, moved_on, invoice_number, invoice_reversed.
    """
    return INVOICE.move(invoice, "reverse", actor, red=check_number(number), reversed=clock.now())


def check_number(number: str) -> str:
    """The number of an invoice without spaces. Raises Refused: invoice_number."""
    number = "".join(number.split())
    if not _number(number):
        raise Refused("invoice_number")
    return number
