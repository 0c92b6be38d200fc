"""失信行为名单, as its holder reads it: the evidence, until when, and one appeal (R-CRT-41).

Not here: the agency's side (`staff/discredit.py`).
"""

from flask import Blueprint, abort, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain.certification import discredit, discredited
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access, discredit_words, told
from webapp.web import certification_words as words
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show

bp = Blueprint("discredit", __name__, url_prefix="/discredit")


class AppealForm(Form):
    text = TextAreaField(_l("哪里不对，有什么可以证明"), filters=[lambda text: (text or "").strip()])


@bp.get("")
@allow(Can.APPLY)
def index() -> Response:
    return _index(AppealForm())


@bp.post("/<key>/appeal")
@allow(Can.APPLY)
def appeal(key: str) -> Response:
    found, form = discredited.find_own(current_user.account, key) or abort(404), AppealForm()
    try:
        if form.validate_on_submit():
            discredit.appeal(found, access.actor(), form.text.data)
            return go(url_for("discredit.index"))
    except Refused as refused:
        form.refuse(refused)
    return _index(form, 422)


def _index(form: AppealForm, status: int = 200) -> Response:
    """One form stands under the newest entry that can be appealed against; there is hardly ever another."""
    entries = discredited.of_holder(current_user.account)
    return show(
        "discredit/index.html",
        status,
        form=form,
        entries=[(one, discredit_words.STATES[one.state], words.KINDS[one.item.kind]) for one in entries],
        open_to_appeal=next((one for one in entries if one.state == "listed"), None),
        day=told.day,
        most=discredit.MOST,
    )
