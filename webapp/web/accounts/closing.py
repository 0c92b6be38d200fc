"""注销账号: what it ends, the seven days, and 撤销注销 (R-ACC-50). While they run nothing else of the account is open."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import BooleanField

from webapp.domain import defaults
from webapp.domain.changes import closing as leaving
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.web import told
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.forms import Form, rule
from webapp.web.page import go, show


def understood(given: bool) -> None:
    if not given:
        raise Refused("closing_unread")


class CloseForm(Form):
    sure = BooleanField(_l("我看过上面会停掉的内容，要注销账号"), [rule(understood)])


@bp.get("/me/close")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def close() -> Response:
    return _ask(CloseForm())


@bp.post("/me/close")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def close_account() -> Response:
    form = CloseForm()
    if not form.validate():
        return _ask(form, 422)
    try:
        token = leaving.close(account(), current_user.session)
    except Refused as refusal:
        form.refuse(refusal)
        return _ask(form, 422)
    return entry.again(token, url_for("accounts.closing"))


def _ask(form: CloseForm, status: int = 200) -> Response:
    mine = account()
    days = defaults.value("acc.cancel_cooling_days")
    return show("accounts/me/close.html", status, form=form, account=mine, live=leaving.live(mine), days=days)


@bp.get("/me/closing")
@allow(Can.OWN_ACCOUNT)
def closing() -> Response:
    mine = account()
    if mine.state != "closing":
        return go(url_for("accounts.me"))
    return show("accounts/me/closing.html", form=Form(), until=told.moment(mine.closes))


@bp.post("/me/closing")
@allow(Can.OWN_ACCOUNT)
def keep_account() -> Response:
    if account().state == "closing":
        leaving.keep(account())
    return go(url_for("accounts.me"))
