"""安全邮箱: ask for an address, and the page that the mailed link opens."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults, mailbox
from webapp.domain.identity import emails
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web.access import account, allow, public
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show

LINK = "the link comes from a mail, which is often read on another device"


class AskEmail(Form):
    email = StringField(_l("安全邮箱"))


@bp.get("/me/email")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def email() -> Response:
    return _show(AskEmail())


@bp.post("/me/email")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def ask_email() -> Response:
    form = AskEmail()
    if form.validate():
        try:
            mailbox.ask(account(), form.email.data or "")
            return go(url_for("accounts.email_sent"))
        except Refused as refusal:
            form.refuse(refusal, "email")
    return _show(form, 422)


def _show(form: AskEmail, status: int = 200) -> Response:
    mine = account()
    return show("accounts/me/email.html", status, form=form, now=mine.email if mine.email_proved else None)


@bp.get("/me/email/sent")
@allow(Can.OWN_ACCOUNT)
def email_sent() -> Response:
    address = mailbox.waiting(account())
    if address is None:
        return go(url_for("accounts.me"))
    return show("accounts/me/email_sent.html", address=address, hours=defaults.value("acc.email_link_hours"))


@bp.get("/me/email/confirm/<token>")
@public(LINK)
def email_link(token: str) -> Response:
    """One button: a mail scanner that follows links confirms nothing."""
    address = mailbox.read(token)
    if address is None:
        return show("accounts/me/email_over.html", 404)
    return show("accounts/me/email_link.html", form=Form(), address=emails.masked(address))


@bp.post("/me/email/confirm/<token>")
@public(LINK)
def confirm_email(token: str) -> Response:
    form = Form()
    if form.validate():
        try:
            mailbox.confirm(token)
            return go(url_for("accounts.email_done"))
        except Refused as refusal:
            form.refuse(refusal)
    return show("accounts/me/email_link.html", 422, form=form, address=emails.masked(mailbox.read(token) or ""))


@bp.get("/me/email/done")
@public(LINK)
def email_done() -> Response:
    return show("accounts/me/email_done.html")
