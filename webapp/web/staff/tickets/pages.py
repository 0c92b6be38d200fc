"""咨询: the queue, what is due first on top; taking, answering, handing over, closing (R-MSG-05, R-MSG-14).

The asker is shown masked; the full values and each picture are looked at with a line of history before.
"""

from collections.abc import Callable

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from webapp.domain import clock
from webapp.domain.identity import emails, names, phones
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.tickets import answering, asking, listing
from webapp.models.tickets import Ticket
from webapp.web import access, told, words
from webapp.web.access import allow
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging, pictures
from webapp.web.staff.moments import lately
from webapp.web.staff.tickets import case, certificate
from webapp.web.staff.tickets.blueprint import bp, grants, reached
from webapp.web.tickets.words import CATEGORIES, STATES

VIEWS = {
    "waiting": (_l("待回复"), ("waiting",)),
    "mine": (_l("由我答复"), ("waiting",)),
    "answered": (_l("已回复"), ("answered",)),
    "over": (_l("结束了"), listing.OVER),
}

SOURCES = {"account": _l("登录后写的"), "visitor": _l("没有登录"), "mail": _l("邮件")}

REASONS = {"call": _l("要打电话"), "identity": _l("要核对身份"), "handover": _l("转给别的部门"), "other": _l("其他")}


class AnswerForm(Form):
    answer = TextAreaField(_l("答复"), filters=[lambda text: (text or "").replace("\r\n", "\n").strip()])


class RevealForm(Form):
    reason = RadioField(_l("查看原因"), [InputRequired(_l("选一个查看的原因"))], choices=choices(REASONS.items()))


class HandForm(Form):
    to = SelectField(_l("转给"), validate_choice=False)


@bp.get("")
@allow(Can.SUPPORT)
def index() -> Response:
    view = request.args.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    mine = current_user.staff if view == "mine" else None
    page = listing.queue(grants(), VIEWS[view][1], mine, paging.place(Ticket))
    return show(
        "staff/tickets/index.html",
        page=page,
        view=view,
        views=VIEWS,
        counts=listing.counts(grants()),
        neighbours=paging.neighbours(page, "staff_tickets.index", view=view),
        categories=CATEGORIES,
        sources=SOURCES,
        states=STATES,
        now=clock.now(),
        asker=_asker,
        lately=lately,
        due=words.told,
    )


@bp.get("/<key>")
@allow(Can.SUPPORT)
def ticket(key: str) -> Response:
    return _screen(reached(key))


@bp.post("/<key>/take")
@allow(Can.SUPPORT)
def take(key: str) -> Response:
    answering.take(reached(key), access.actor(), current_user.staff)
    return go(url_for("staff_tickets.ticket", key=key))


@bp.post("/<key>")
@allow(Can.SUPPORT)
def act(key: str) -> Response:
    """Answer, close with a reason, or see the full values; all three come back to this page."""
    found, do = reached(key), request.form.get("do")
    if do == "reveal":
        return _reveal(found)
    return _reply(found, answering.close if do == "close" else answering.answer)


def _reply(found: Ticket, verb: Callable) -> Response:
    form = AnswerForm()
    try:
        verb(found, access.actor(), current_user.staff, form.answer.data)
    except Refused as refused:
        form.refuse(refused)
        return _screen(found, 422, answer=form)
    return go(url_for("staff_tickets.ticket", key=found.key))


def _reveal(found: Ticket) -> Response:
    """The full values, in the answer to a reason and nowhere else."""
    form = RevealForm()
    if not form.validate():
        return _screen(found, 422, reveal=form)
    try:
        answering.reveal(found, access.actor(), form.reason.data)
    except Refused as refused:
        form.refuse(refused)
        return _screen(found, 422, reveal=form)
    return _screen(found, shown=True)


@bp.post("/<key>/hand")
@allow(Can.SUPPORT)
def hand_over(key: str) -> Response:
    """To a colleague who may answer here; to nobody puts it back into the queue."""
    found = reached(key)
    wanted = HandForm().to.data
    to = next((one for one in listing.colleagues(found) if one.key == wanted), None)
    answering.hand_over(found, access.actor(), to)
    return go(url_for("staff_tickets.index"))


@bp.get("/<key>/files/<file>.jpg")
@allow(Can.SUPPORT)
def picture(key: str, file: str) -> Response:
    return pictures.send(listing.file(reached(key), file), "ticket")


def _asker(found: Ticket) -> str:
    """Who asks, as a list may show it."""
    return names.masked(found.account.name) if found.account_id else emails.masked(found.contact)


def _facts(found: Ticket, shown: bool) -> list[tuple]:
    """What is known of the asker: masked, or in full once that is history."""
    account = found.account if found.account_id else None
    phone = account.phone if account else None
    address = found.contact or (account.email if account and account.email_proved else None)
    whole = [
        (_l("姓名"), (account.name if shown else names.masked(account.name)) if account else "—"),
        (_l("手机号"), (phones.grouped(phone) if shown else phones.masked(phone)) if phone else "—"),
        (_l("邮箱"), (address if shown else emails.masked(address)) if address else "—"),
    ]
    if account is None:
        username = found.username or "—"
        whole.append((_l("用户名"), username if shown or username == "—" else listing.hidden(username)))
    return [(str(label), value, None) for label, value in whole]


def _screen(found: Ticket, status: int = 200, *, shown: bool = False, **forms: Form) -> Response:
    hand = HandForm()
    people = [one for one in listing.colleagues(found) if one.key != (found.holder.key if found.holder_id else "")]
    hand.to.choices = choices([("", _l("放回队列")), *((one.key, one.name) for one in people)])
    return show(
        "staff/tickets/ticket.html",
        status,
        ticket=found,
        name=CATEGORIES[found.category][0],
        source=SOURCES[found.source],
        state=STATES[found.state],
        facts=_facts(found, shown),
        shown=shown,
        posts=listing.posts(found),
        files=listing.files(found),
        masked=(lambda text: text) if shown else listing.masked,
        mine=found.holder_id == current_user.staff.id,
        late=found.state == "waiting" and found.due < clock.now(),
        answer=forms.get("answer") or AnswerForm(formdata=None),
        reveal=forms.get("reveal") or RevealForm(formdata=None),
        hand=hand,
        errors=next((form for form in forms.values()), None),
        due=words.told(found.due),
        told=told.moment,
        most=asking.MOST,
        certificate=certificate.of(found),
        **case.of(found),
    )
