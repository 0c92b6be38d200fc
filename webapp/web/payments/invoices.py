"""我的发票: the paid lines, asking for an invoice, and downloading what the agency brought (R-PAY-07, R-PAY-08).

Not here: making invoices; the tax platform does (`domain/payments/invoicing.py`).
"""

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import Optional

from webapp.domain.payments import invoicing
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.models.payments import Invoice
from webapp.web import access, certification_words, payment_words, stored, told
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.payments.blueprint import bp, own_line


class InvoiceForm(Form):
    BESIDE = {
        "invoice_title": "name",
        "invoice_phone": "phone",
        "credit_code_format": "tax",
        "credit_code_digit": "tax",
        "email_format": "email",
    }
    kind = RadioField(_l("抬头类型"), [Optional()], choices=choices(payment_words.KINDS.items()), default="person")
    name = StringField(_l("发票抬头"))
    tax = StringField(_l("纳税人识别号（统一社会信用代码）"), [Optional()])
    email = StringField(_l("接收发票的邮箱"))
    phone = StringField(_l("中国大陆手机号"))


@bp.get("/invoices")
@allow(Can.APPLY)
def invoices() -> Response:
    rows = [_row(item, invoice) for item, invoice in invoicing.lines(access.account())]
    return show("payments/invoices.html", rows=rows)


def _row(item: ApplicationItem, invoice: Invoice | None) -> tuple[str, str, str, str, str]:
    title = f"{certification_words.KINDS[item.kind]} {told.yuan(item.zh * item.zh_fen + item.en * item.en_fen)}"
    if invoice is not None and not invoicing.may_ask(item):
        kind, state = payment_words.INVOICES[invoice.state]
    else:
        kind, state = "", _("可以开票") if invoicing.may_ask(item) else _back(item)
    return url_for("payments.invoice", key=item.key), title, item.summary, kind, str(state)


def _back(item: ApplicationItem) -> str:
    return _("退款中") if invoicing.goes_back(item.application) else _("已退款")


@bp.get("/invoices/<key>")
@allow(Can.APPLY)
def invoice(key: str) -> Response:
    found = own_line(key)
    account, application = access.account(), found.application
    known = {"name": account.name, "email": application.email, "phone": account.phone}
    return _screen(found, InvoiceForm(formdata=None, data=known | {"kind": "person"}))


@bp.post("/invoices/<key>")
@allow(Can.APPLY)
def ask_invoice(key: str) -> Response:
    found, form = own_line(key), InvoiceForm()
    try:
        if form.validate():
            about = form.name.data, form.tax.data, form.email.data, form.phone.data
            invoicing.ask(found, access.actor(), form.kind.data or "", *about)
            return go(url_for("payments.invoice", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _screen(found, form, 422)


@bp.get("/invoices/<key>/<invoice>.pdf")
@allow(Can.APPLY)
def invoice_pdf(key: str, invoice: str) -> Response:
    """The file as the agency brought it: nothing here ever opened it."""
    found = next((one for one in invoicing.of(own_line(key)) if one.key == invoice), None) or abort(404)
    return stored.pdf(found.upload, f"invoice-{found.number}")


def _screen(item: ApplicationItem, form: InvoiceForm, status: int = 200) -> Response:
    made = [(one, *payment_words.INVOICES[one.state], told.yuan(one.fen)) for one in invoicing.of(item)]
    return show(
        "payments/invoice.html",
        status,
        item=item,
        form=form,
        kind=certification_words.KINDS[item.kind],
        fen=told.yuan(item.zh * item.zh_fen + item.en * item.en_fen),
        made=made,
        asks=invoicing.may_ask(item),
        refunding=invoicing.goes_back(item.application),
        words=payment_words,
        moment=told.moment,
    )
