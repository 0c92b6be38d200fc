"""用邮件发送: link and code to up to five addresses a day, the PDF only when it is ticked (R-RPT-22)."""

import re

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, TextAreaField

from webapp.domain import limits
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.reports import mailing
from webapp.models.reports import OnlineReport
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.reports.blueprint import bp, called, own

_between = re.compile(r"[\s,;，；、]+")


class SendForm(Form):
    BESIDE = dict.fromkeys(("email_format", "report_mail_limit"), "addresses")

    addresses = TextAreaField(_l("对方的邮箱"))
    attach = BooleanField(_l("附上 PDF 文件"))


@bp.get("/reports/<key>/send")
@allow(Can.OWN_RECORD)
def send(key: str) -> Response:
    return _ask(own(key), SendForm())


@bp.post("/reports/<key>/send")
@allow(Can.OWN_RECORD)
def send_it(key: str) -> Response:
    found, form = own(key), SendForm()
    try:
        if form.validate():
            mailing.send(found, access.actor(), _between.split(form.addresses.data), form.attach.data)
            return go(url_for("reports.report", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _ask(found, form, 422)


def _ask(found: OnlineReport, form: SendForm, status: int = 200) -> Response:
    return show(
        "reports/send.html",
        status,
        form=form,
        report=found,
        name=called(found.kind),
        left=max(0, limits.left("report:mails", access.actor().key)),
        has_pdf=mailing.has_pdf(found),
    )
