"""有人要停用这个账号: the page of who has the account now. 「不是我」 by the link of the warning, 「是我」 only logged in."""

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import defaults
from webapp.domain.duplicates import cases, effect, objections, vouching
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.duplicates import CLOSED, Claim
from webapp.web import access
from webapp.web.access import allow, public
from webapp.web.duplicates.blueprint import bp
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.words import told

LINK = "the link comes in an SMS or a mail, often to somebody who is logged in nowhere; all it can do is stop"


@bp.get("/duplicate/notice")
@allow(Can.OWN_ACCOUNT)
def notice() -> Response:
    mine = access.account()
    return _show(objections.against(mine), mine, Form())


@bp.post("/duplicate/notice")
@allow(Can.OWN_ACCOUNT)
def object_to_it() -> Response:
    """「不是我」: two people look into it before anything is closed."""
    mine = access.account()
    return _object(objections.against(mine), mine, url_for("duplicates.notice"))


@bp.post("/duplicate/notice/consent")
@allow(Can.OWN_ACCOUNT)
def consent() -> Response:
    """「是我」: the other account is theirs too, nothing needs to wait."""
    mine, form = access.account(), Form()
    claim = objections.against(mine)
    if claim is None or not form.validate():
        return go(url_for("duplicates.notice"))
    try:
        effect.consent(claim, mine)
        return go(url_for("duplicates.notice"))
    except Refused as refused:
        form.refuse(refused)
    return _show(claim, mine, form, 422)


@bp.get("/duplicate/notice/<token>")
@public(LINK)
def notice_link(token: str) -> Response:
    """One button, which posts: a scanner that follows links stops nothing."""
    claim, account = objections.read(token) or abort(404)
    return _show(claim, account, Form(), linked=True)


@bp.post("/duplicate/notice/<token>")
@public(LINK)
def object_by_link(token: str) -> Response:
    claim, account = objections.read(token) or abort(404)
    return _object(claim, account, url_for("duplicates.notice_link", token=token), linked=True)


def _object(claim: Claim | None, account: Account, place: str, linked: bool = False) -> Response:
    form = Form()
    if claim is None or not form.validate():
        return go(place)
    try:
        effect.object(claim, account)
        return go(place)
    except Refused as refused:
        form.refuse(refused)
    return _show(claim, account, form, 422, linked=linked)


def _show(claim: Claim | None, account: Account, form: Form, status: int = 200, linked: bool = False) -> Response:
    claim = Claim.get_by_id(claim.id) if claim else None
    over = claim is None or claim.state in CLOSED or account.id not in {one.id for one in cases.rivals(claim)}
    mine = current_user.is_authenticated and current_user.kind == "student" and current_user.account.id == account.id
    return show(
        "duplicates/notice.html",
        status,
        form=form,
        claim=claim,
        over=over,
        archived=account.state == "archived",
        document=documents.masked(account.document),
        until=told(claim.effective) if claim and claim.effective else "",
        objected=claim is not None and claim.objected is not None,
        consented=claim is not None and claim.consented is not None,
        helpers=[names.masked(one.name) for one in vouching.helpers_of(claim)] if claim else [],
        may_consent=mine and not linked,
        days=defaults.value("dup.restore_days"),
    )
