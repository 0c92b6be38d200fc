"""What people write about money: a receipt, a refund, why there is no report, an invoice with its file."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DecimalField, StringField, TextAreaField

from webapp.domain.refused import Refused
from webapp.models.photos import Upload
from webapp.web import stored
from webapp.web.forms import Form

MOST = 5 << 20
"""Bytes of an invoice; the tax platform's have some tens of thousands."""


class ReferenceForm(Form):
    reference = StringField(_l("凭证号"))


class RefundForm(Form):
    BESIDE = {"refund_amount": "yuan", "refund_whole": "yuan", "refund_note": "note"}
    yuan = DecimalField(_l("退款（元）"), places=2)
    note = TextAreaField(_l("原因"))

    def fen(self) -> int:
        """What was typed, in fen; 0, which no refund is, for what is no such amount."""
        amount = self.yuan.data if self.yuan.data is not None and self.yuan.data.is_finite() else Decimal(0)
        return int(amount * 100) if abs(amount) < 10**9 and amount * 100 == int(amount * 100) else 0


class NoteForm(Form):
    BESIDE = {"refund_note": "note"}
    note = TextAreaField(_l("原因"))


class IssueForm(Form):
    BESIDE = {"invoice_number": "number", "invoice_file": "file"}
    number = StringField(_l("发票号码"))
    file = FileField(_l("税务平台给的 PDF"))


class RedForm(Form):
    BESIDE = {"invoice_number": "number"}
    number = StringField(_l("红字发票号码"))


def brought(form: IssueForm) -> Upload:
    """The file of the tax platform, sealed as it came; its row is not saved yet. Raises invoice_file (most, in MB)."""
    data = form.file.data.read(MOST + 1) if form.file.data else b""
    if not data.startswith(b"%PDF-") or len(data) > MOST:
        raise Refused("invoice_file", most=MOST >> 20)
    return stored.files().stored(data, "invoice", state="clean", media="application/pdf")
