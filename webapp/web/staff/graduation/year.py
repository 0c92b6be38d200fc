"""One 毕业届: its list by state and by what stands against people, and the passes over it."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from webapp.domain.graduation import faults, listing, numbers, passes, preparing, years
from webapp.domain.identity import tables
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.graduation import Graduate, Graduation
from webapp.web import access, told
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, leave, show, swap
from webapp.web.staff import paging
from webapp.web.staff.graduation import words
from webapp.web.staff.graduation.blueprint import bp, found

LIST_BYTES = 128 * 1024


class ListForm(Form):
    listed = TextAreaField(_l("名单"))


@bp.get("/<key>")
@allow(Can.ENROL)
def year(key: str) -> Response:
    return _year(found(key), Form())


@bp.get("/<key>/progress")
@allow(Can.ENROL)
def progress(key: str) -> Response:
    """The moving part of the page: asked for every two seconds, until the pass is over."""
    row, place = found(key), url_for("staff_graduation.year", key=key)
    if not row.working:
        return leave(place)
    return swap("staff/graduation/_progress.html", place, row=row, words=words)


@bp.post("/<key>/<any(check, register):work>")
@allow(Can.ENROL)
def run(key: str, work: str) -> Response:
    """Check everybody, or register who passes: a job with progress."""
    row, form = found(key), Form()
    if form.validate():
        try:
            passes.begin(access.actor(), row, work)
            return go(url_for("staff_graduation.year", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _year(row, form, 422)


@bp.get("/<key>/numbers")
@allow(Can.ENROL)
def counters(key: str) -> Response:
    """How far each counter of certificate numbers is."""
    row = found(key)
    rows = [
        (numbers.stem(row.unit, one.year, one.kind, one.level), one, _means(one.kind, one.level))
        for one in numbers.counters(row)
    ]
    return show("staff/graduation/numbers.html", row=row, rows=rows)


def _means(kind: str, level: str) -> str:
    """The sorts of 学历类别 and 层次 that share two codes."""
    kinds = [told.label("categories", one.code) for one in tables.CATEGORIES if one.certificate == kind]
    levels = [told.label("levels", one.code) for one in tables.LEVELS if one.certificate == level]
    return f"{_('、').join(kinds)} · {_('、').join(levels)}"


@bp.get("/<key>/list")
@allow(Can.ENROL)
def by_list(key: str) -> Response:
    return show("staff/graduation/list.html", row=found(key), form=ListForm())


@bp.post("/<key>/list")
@allow(Can.ENROL)
@takes(LIST_BYTES)
def change_listed(key: str) -> Response:
    """Conclusions and numbers out of a sheet. Lines that do not fit stay in the box."""
    row, form, done = found(key), ListForm(), 0
    left = (form.listed.data or "").splitlines()
    if form.validate_on_submit():
        try:
            done, left = preparing.change_listed(access.actor(), row, left)
        except Refused as refused:
            form.refuse(refused)
    form.listed.data = "\n".join(left)
    code = 422 if left or not done else 200
    return show("staff/graduation/list.html", code, row=row, form=form, done=done, left=left, said=True)


def _year(row: Graduation, form: Form, code: int = 200) -> Response:
    counts = years.counts(row)
    fault = request.args.get("fault", "")
    state = request.args.get("state", "")
    if state not in listing.STATES:
        state = next((one for one in listing.STATES if counts.states.get(one)), "waiting")
    if fault and fault not in faults.CODES:
        abort(404)
    page = listing.page(row, state, fault, paging.place(Graduate))
    return show(
        "staff/graduation/year.html",
        code,
        row=row,
        form=form,
        counts=counts,
        state=state,
        fault=fault,
        page=page,
        against=listing.told(page.rows),
        neighbours=paging.neighbours(page, "staff_graduation.year", key=row.key, state=state, fault=fault or None),
        codes=[one for one in faults.CODES if counts.faults.get(one)],
        states=listing.STATES,
        words=words,
        label=told.label,
        day=told.day,
    )
