"""恢复码: ten codes to print, each of which opens the account once; and what is said to who lost the phone number."""

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain.permissions import Can
from webapp.domain.recovery import memory
from webapp.web.access import account, allow
from webapp.web.accounts import entry
from webapp.web.accounts.blueprint import bp
from webapp.web.accounts.links import mounted
from webapp.web.forms import Form
from webapp.web.page import go, show


@bp.get("/me/recovery-codes")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def recovery_codes() -> Response:
    return show("accounts/me/recovery_codes.html", form=Form(), left=memory.codes_left(account()), codes=None)


@bp.post("/me/recovery-codes")
@allow(Can.OWN_ACCOUNT)
@entry.sure
def print_codes() -> Response:
    """The codes, in the answer to the button and nowhere else."""
    form, mine = Form(), account()
    if not form.validate():
        return show("accounts/me/recovery_codes.html", 422, form=form, left=memory.codes_left(mine), codes=None)
    return show("accounts/me/recovery_codes.html", form=form, left=memory.CODES, codes=memory.print_codes(mine))


@bp.get("/me/released")
@allow(Can.OWN_ACCOUNT)
def released() -> Response:
    """The number of this account is somebody else's now; its holder learns it at the next log-in (R-REC-14)."""
    if account().phone_released is None or account().phone is not None:
        return go(url_for("accounts.me"))
    return show("accounts/me/released.html", phone=mounted("accounts.change_phone"))
