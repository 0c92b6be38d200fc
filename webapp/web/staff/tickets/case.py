"""转为证件重复审核: pictures of a question become evidence of a case, which others decide (R-DUP-27).

Not here: the case itself (`web/staff/review/`).
"""

from typing import Any

from flask import abort, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField

from webapp.domain.duplicates import by_ticket, review, sending
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Can
from webapp.domain.ports import Missing
from webapp.domain.refused import Refused
from webapp.domain.tickets.lifecycle import OPEN
from webapp.models.accounts import Account
from webapp.models.photos import Upload
from webapp.models.tickets import Ticket
from webapp.providers.files import Files
from webapp.web import access
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff.review.words import SLOTS, STATES
from webapp.web.staff.tickets.blueprint import bp, pictures, reached


class CaseForm(Form):
    """Whose case it is, and below, for each picture, what it is used for."""

    username = StringField(_l("用户名"), filters=[lambda text: (text or "").strip()])
    warned = BooleanField(_l("已经告诉对方：通过以后，同一证件号码的其他账号会归档"))


def _form(shown: list[Upload], account: Account | None, **options: Any) -> CaseForm:
    class Sorted(CaseForm):
        pass

    slots = sending.slots_for(account) if account else SLOTS
    uses = [("", _("不用")), (by_ticket.SCREENSHOT, _("问题页面截图")), *((slot, SLOTS[slot]) for slot in slots)]
    for n, _picture in enumerate(shown):
        setattr(Sorted, f"use_{n}", SelectField(_("第 %(n)s 张图片", n=n + 1), choices=choices(uses), default=""))
    return Sorted(**options)


@bp.get("/<key>/case")
@allow(Can.SUPPORT)
def case(key: str) -> Response:
    found = reached(key)
    return _screen(found, _form(pictures(found), _claimant(found), formdata=None))


@bp.post("/<key>/case")
@allow(Can.SUPPORT)
def file_case(key: str) -> Response:
    """The copies are stored only once nothing else stands in the way."""
    found, actor = reached(key), access.actor()
    shown = pictures(found)
    form = _form(shown, _claimant(found))
    uses = {form[f"use_{n}"].data: picture for n, picture in enumerate(shown)}
    try:
        account = by_ticket.claimant(found, form.username.data, actor)
        chosen = [form[f"use_{n}"].data for n in range(len(shown))]
        by_ticket.look_over(found, account, chosen, form.warned.data, actor)
        copies = {slot: _copy(uses[slot], account) for slot in sending.slots_for(account) if slot in uses}
        by_ticket.file(found, account, copies, actor)
    except Refused as refused:
        form.refuse(refused)
        return _screen(found, form, 422)
    return go(url_for("staff_tickets.ticket", key=key))


def _claimant(ticket: Ticket) -> Account | None:
    """The account in doubt that the question itself names."""
    try:
        return by_ticket.claimant(ticket, "", access.actor())
    except Refused:
        return None


def _copy(picture: Upload, account: Account) -> Upload:
    """Sealed anew: the evidence is kept for its own time, whatever becomes of the question."""
    files = Files(current_app.extensions["worker"].outside.storage)
    try:
        return files.keep(files.read(picture), "claim_photo", account=account, expires=sending.kept_until())
    except Missing:
        abort(404)


def _screen(ticket: Ticket, form: CaseForm, status: int = 200) -> Response:
    account = _claimant(ticket)
    return show(
        "staff/tickets/case.html",
        status,
        ticket=ticket,
        form=form,
        claimant=[(_("姓名"), names.masked(account.name), None), (_("证件号码"), documents.masked(account.document), None)]
        if account
        else [],
        pictures=[(picture, form[f"use_{n}"]) for n, picture in enumerate(pictures(ticket))],
        mine=ticket.holder_id == current_user.staff.id,
        days=review.sla(),
    )


def of(ticket: Ticket) -> dict[str, Any]:
    """What the question's page says of cases: those that came of it, and whether one may now."""
    filed = [(*_state(one), review.of(access.actor(), one.party.claim.key)) for one in by_ticket.of_ticket(ticket)]
    return {"filed": filed, "may_file": ticket.state in OPEN and bool(pictures(ticket))}


def _state(submission) -> tuple[str, str]:
    if submission.state == "withdrawn":
        return "bad", _("照片没有通过检查，或者已经撤回")
    if submission.state == "checking":
        return "info", _("正在检查照片")
    return STATES[submission.party.claim.state]
