"""The lists of an agency: what waits, what is elsewhere, what is over; the next item, one by its number, open checkings.

Not here: one item (`item.py`).
"""

from datetime import datetime

from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.certification import agencies, checking, desk
from webapp.domain.permissions import Can
from webapp.models.certification import ApplicationItem
from webapp.models.checking import Checking
from webapp.web import access, told
from webapp.web import certification_words as every
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.certification import words
from webapp.web.staff.certification.blueprint import bp
from webapp.web.staff.certification.forms import FindForm
from webapp.web.staff.moments import lately


@bp.get("")
@allow(Can.CERTIFY)
def queue() -> Response:
    return _queue()


@bp.post("/next")
@allow(Can.CERTIFY)
def take_next() -> Response:
    """The item that is due first, taken; the list where nothing is left."""
    item = desk.next_item(access.actor())
    return go(url_for(".item", key=item.key) if item else url_for(".queue"))


@bp.post("/find")
@allow(Can.CERTIFY)
def find() -> Response:
    form = FindForm()
    found = desk.by_number(access.actor(), form.number.data) if form.validate() else None
    if found is not None:
        return go(url_for(".item", key=found.key))
    form.number.errors = [_("本机构没有这个编号的申请单")]
    return _queue(form, 422)


@bp.get("/checkings")
@allow(Can.CERTIFY)
def checkings() -> Response:
    """What schools and provinces still have to answer; what is overdue stands first (R-CRT-49)."""
    page = checking.letters(access.actor(), paging.place(Checking))
    return show(
        "staff/certification/checkings.html",
        page=page,
        ways=words.WAYS,
        where=where,
        now=clock.now(),
        day=_day,
        neighbours=paging.neighbours(page, "staff_certification.checkings"),
    )


def where(one: Checking) -> str:
    """Who was asked, by name."""
    return one.name or told.label("provinces", one.province)


def _day(moment: datetime | None) -> str:
    return told.short_day(clock.shown(moment).date()) if moment else "—"


def _queue(form: FindForm | None = None, status: int = 200) -> Response:
    actor, shown = access.actor(), request.args.get("show", "todo")
    if shown not in desk.SHOWN:
        abort(404)
    page, counts = desk.page(actor, shown, paging.place(ApplicationItem)), desk.counts(actor)
    return show(
        "staff/certification/queue.html",
        status,
        page=page,
        shown=shown,
        form=form or FindForm(formdata=None),
        agency=agencies.mine(actor),
        lists=[(name, counts.get(one), url_for(".queue", show=one), one == shown) for one, name in words.LISTS.items()],
        late=counts["late"],
        now=clock.now(),
        held=lambda one: one.holder is not None and one.lease is not None and one.lease >= clock.now(),
        states=every.ITEMS,
        kinds=every.KINDS,
        lately=lately,
        day=_day,
        neighbours=paging.neighbours(page, "staff_certification.queue", show=shown),
    )
