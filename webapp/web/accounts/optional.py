"""What may be filled in after registering: the security e-mail and questions, both on one page (R-ACC-26, 27, 29)."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import mailbox, profile
from webapp.domain.identity import emails
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.question_fields import QuestionFields, chosen
from webapp.web.forms import Form
from webapp.web.line import hashes
from webapp.web.page import go, show


class More(QuestionFields, Form):
    email = StringField(_l("安全邮箱"))


@bp.get("/me/optional")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def optional() -> Response:
    return show("accounts/me/optional.html", form=More())


@bp.post("/me/optional")
@allow(Can.OWN_ACCOUNT)
@hashes
@entry.sure
def keep_optional() -> Response:
    form = More()
    pairs, address = chosen(form), (form.email.data or "").strip()
    if not form.validate() or not _may_stand(form, pairs, address):
        return show("accounts/me/optional.html", 422, form=form)
    token = profile.set_questions(account(), pairs, current_user.session) if pairs else None
    place = url_for("accounts.email_sent" if address else "accounts.me")
    return entry.again(token, place) if token else go(place)


def _may_stand(form: More, pairs: list[tuple[str, str]], address: str) -> bool:
    """Judge all that was filled in, so that everything wrong is told at once; the mail goes out when nothing is."""
    for fault in profile.question_faults(pairs) if pairs else ():
        form.refuse(fault)
    try:
        if address:
            emails.check(emails.clean(address))
            if not form.errors:
                mailbox.ask(account(), address)
    except Refused as refusal:
        form.refuse(refusal, "email")
    return not form.errors
