"""By mail: the security e-mail, and the page that the mailed link opens, in whichever browser."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import defaults, drafts
from webapp.domain.recovery import mailing, resetting
from webapp.domain.refused import Refused
from webapp.models.journal import Draft
from webapp.web import captcha
from webapp.web.access import public
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.recovery.blueprint import WHY, begun, bp, draft, keep, open_ways

LINK = "the link comes from a mail, which is often read on another device"


class AskMail(captcha.CaptchaFields, Form):
    email = StringField(_l("安全邮箱"))


@bp.get("/mail")
@public(WHY)
@begun
def mail(mine: Draft) -> Response:
    return _show(AskMail())


@bp.post("/mail")
@public(WHY)
@begun
def ask_mail(mine: Draft) -> Response:
    form = AskMail()
    if form.validate() and captcha.check(form):
        try:
            mailing.ask(mine, form.email.data or "")
            return go(url_for("recovery.mail_sent"))
        except Refused as refusal:
            form.refuse(refusal, "email")
    return _show(form, 422)


def _show(form: AskMail, status: int = 200) -> Response:
    if "mail" not in open_ways():
        abort(404)
    return show("recovery/mail.html", status, form=form)


@bp.get("/mail/sent")
@public(WHY)
@begun
def mail_sent(mine: Draft) -> Response:
    address = drafts.answers(mine).get("address")
    if address is None:
        return go(url_for("recovery.mail"))
    return show("recovery/mail_sent.html", address=address, minutes=defaults.value("rec.link_minutes"))


@bp.get("/link/<token>")
@public(LINK)
def link(token: str) -> Response:
    """One button: what follows links in mails by itself uses up nothing."""
    if mailing.read(token) is None:
        return show("recovery/over.html", 404)
    return show("recovery/link.html", form=Form())


@bp.post("/link/<token>")
@public(LINK)
def use_link(token: str) -> Response:
    form = Form()
    if form.validate():
        try:
            account = mailing.use(token)
        except Refused:
            return go(url_for("recovery.link", token=token))
        resetting.keep(keep(draft()), account, "mail")
        return go(url_for("recovery.new"))
    return show("recovery/link.html", 422, form=form)
