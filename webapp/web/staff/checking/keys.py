"""接口密钥: keys with which the organisation's programs ask; each is shown once, listed by its end, revoked (R-RPT-26)."""

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain.organisations import api_keys
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.staff.checking.blueprint import bp, mine, tabs


class KeyForm(Form):
    name = StringField(_l("用在哪里"), filters=[lambda text: (text or "").strip()])


@bp.get("/keys")
@allow(Can.VERIFY)
def keys() -> Response:
    return _keys(KeyForm())


@bp.post("/keys", endpoint="make_key")
@allow(Can.VERIFY)
def make() -> Response:
    """A new key, shown by the answer to the form itself and never again."""
    form, member = KeyForm(), mine()
    if form.validate_on_submit():
        try:
            made, text = api_keys.make(access.actor(), member, form.name.data)
            return show("staff/verify/key.html", made=made, text=text)
        except Refused as refusal:
            form.refuse(refusal)
    return _keys(form, 422)


@bp.post("/keys/<key>/revoke", endpoint="revoke_key")
@allow(Can.VERIFY)
def revoke(key: str) -> Response:
    form, found = KeyForm(), api_keys.find(mine(), key) or abort(404)
    if Form().validate_on_submit():
        try:
            api_keys.revoke(access.actor(), found)
            return go(url_for("staff_verify.keys"))
        except Refused as refusal:
            form.refuse(refusal)
    return _keys(form, 422)


def _keys(form: KeyForm, status: int = 200) -> Response:
    found = api_keys.live(mine())
    return show("staff/verify/keys.html", status, form=form, found=found, day=told.day, moment=told.moment, tabs=tabs("keys"))
