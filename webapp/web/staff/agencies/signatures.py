"""签名密钥 of an agency: those that it has and had, another one, and revoking one (R-CRT-48).

Not here: what becomes of the reports that it signed (`jobs/certification.py`), nor the page for everybody
(`web/verify/keys.py`).
"""

from flask import abort, url_for
from werkzeug.wrappers import Response

from webapp.domain import certificates, signing
from webapp.domain.certification import keeping, signatures
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import Agency
from webapp.models.signing import SigningKey
from webapp.web import access
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff.agencies.blueprint import bp, reached, site_only
from webapp.web.staff.agencies.forms import KeyForm, RevokeForm
from webapp.web.verify.keys import grouped
from webapp.web.verify.words import KEYS, REASONS


@bp.get("/<key>/keys")
@allow(Can.OWN_AGENCY)
def signing_keys(key: str) -> Response:
    return _keys(reached(key), KeyForm(formdata=None))


@bp.post("/<key>/keys")
@allow(Can.OWN_AGENCY)
def make_key(key: str) -> Response:
    """The first one, or the one that follows the key that the page showed."""
    site_only()
    found, form = reached(key), KeyForm()
    try:
        if form.validate_on_submit():
            signatures.make(access.actor(), found, form.after.data)
            return go(url_for("staff_agencies.signing_keys", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _keys(found, form, 422)


@bp.get("/<key>/keys/<kid>")
@allow(Can.OWN_AGENCY)
def signing_key(key: str, kid: str) -> Response:
    """What revoking it means, and why it is done."""
    site_only()
    found = reached(key)
    return _revoking(found, _still_good(found, kid), RevokeForm())


@bp.post("/<key>/keys/<kid>")
@allow(Can.OWN_AGENCY)
def revoke_key(key: str, kid: str) -> Response:
    site_only()
    found, form = reached(key), RevokeForm()
    one = _still_good(found, kid)
    try:
        if form.validate_on_submit():
            signatures.revoke(access.actor(), found, kid, form.reason.data)
            return go(url_for("staff_agencies.signing_keys", key=key))
    except Refused as refused:
        form.refuse(refused)
    return _revoking(found, one, form, 422)


def _still_good(found: Agency, kid: str) -> SigningKey:
    one = signatures.find(found, kid)
    return one if one is not None and one.state != "revoked" else abort(404)


def _keys(found: Agency, form: KeyForm, status: int = 200) -> Response:
    current = signing.current(found)
    form.after.data = current.kid if current else ""
    return show(
        "staff/agencies/keys.html",
        status,
        found=found,
        form=form,
        current=current,
        keys=[(one, KEYS[one.state], certificates.named(one.certificate)) for one in signing.of(found)],
        renamed=current is not None and certificates.named(current.certificate) != found.name,
        reasons=REASONS,
        grouped=grouped,
        whole=keeping.whole_site(access.actor()),
    )


def _revoking(found: Agency, one: SigningKey, form: RevokeForm, status: int = 200) -> Response:
    return show("staff/agencies/revoke.html", status, found=found, one=one, form=form)
