"""认领学历, the office's side: the records that may be meant, binding one, or refusing with a reason (R-BND-22).

Not here: asking back, which is an answer to the question (`pages.py`).
"""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField

from webapp.domain import certificate_claims, lookup
from webapp.domain.identity import documents
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.tickets import asking
from webapp.models.certificate_claims import CertificateClaim
from webapp.models.records import Record
from webapp.models.tickets import Ticket
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.tickets.blueprint import bp, pictures, reached


class DecideForm(Form):
    record = RadioField(_l("绑定哪一条"), validate_choice=False)
    answer = TextAreaField(_l("不绑定的原因"), filters=[lambda text: (text or "").replace("\r\n", "\n").strip()])


@bp.get("/<key>/certificate")
@allow(Can.SUPPORT)
def certificate(key: str) -> Response:
    return _screen(_found(key), DecideForm(formdata=None))


@bp.post("/<key>/certificate")
@allow(Can.SUPPORT)
def decide_certificate(key: str) -> Response:
    found, form, staff = _found(key), DecideForm(), current_user.staff
    try:
        if request.form.get("do") == "refuse":
            certificate_claims.refuse(found, access.actor(), staff, form.answer.data)
        else:
            told = _("学历已经绑定到你的账号，打开学历信息查看。")
            certificate_claims.bind(found, access.actor(), staff, form.record.data or "", told)
    except Refused as refused:
        form.refuse(refused)
        return _screen(found, form, 422)
    return go(url_for("staff_tickets.ticket", key=key))


def of(ticket: Ticket) -> CertificateClaim | None:
    """The claim that the question is about, for its page to lead there."""
    return certificate_claims.of(ticket)


def _found(key: str) -> CertificateClaim:
    return certificate_claims.of(reached(key)) or abort(404)


def _screen(found: CertificateClaim, form: DecideForm, status: int = 200) -> Response:
    """The numbers of the records are masked; each record that is offered counts as looked at."""
    actor, ticket = access.actor(), found.ticket
    mine = found.state == "open" and ticket.holder_id == current_user.staff.id
    records = certificate_claims.candidates(found, actor) if mine else []
    for record in records:
        lookup.look(actor, record)
    form.record.choices = [(one.key, f"{one.name} · {one.certificate or one.certificate_serial}") for one in records]
    rows = [
        (_("姓名"), ticket.account.name, None),
        (_("证件号码"), documents.masked(ticket.account.document), None),
        (_("证书编号"), found.certificate, None),
        *([(_("证书序列号"), found.serial, None)] if found.serial else []),
        (_("毕业学校"), found.school, None),
        (_("毕业年份"), str(found.year), None),
    ]
    facts = {"facts": rows, "records": records, "about": {one.key: _about(one) for one in records}, "mine": mine}
    facts |= {"pictures": pictures(ticket), "most": asking.MOST}
    return show("staff/tickets/certificate.html", status, claim=found, ticket=ticket, form=form, **facts)


def _about(record: Record) -> str:
    """What tells a record from others of the same name."""
    number = documents.masked(record.document) if record.document else _("没有证件号码")
    taken = _("，已绑定别的账号") if record.account_id else ""
    return f"{record.unit.name} · {told.day(record.graduated_on)} · {number}{taken}"
