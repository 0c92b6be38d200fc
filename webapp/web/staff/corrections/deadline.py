"""受理截止日期: the school states its last day for requests, and what follows for who comes later (R-COR-14)."""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.corrections import deadlines, listing
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.school import Unit
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import go, show
from webapp.web.staff.corrections.blueprint import bp
from webapp.web.staff.corrections.forms import DeadlineForm


@bp.get("/deadline")
@allow(Can.CORRECT_SCHOOL)
def deadline() -> Response:
    """One school at a time, where an officer keeps several."""
    units = deadlines.units(access.actor())
    chosen = next((one for one in units if one.key == request.args.get("unit")), units[0])
    stated = listing.deadline(chosen)
    known = {"ends": stated.ends, "consequence": stated.consequence} if stated else {}
    return _deadline(chosen, DeadlineForm(formdata=None, data=known))


@bp.post("/deadline/<unit>")
@allow(Can.CORRECT_SCHOOL)
def state_deadline(unit: str) -> Response:
    """State the last day, or take it back by leaving it empty (R-COR-14)."""
    found, form = Unit.by_key(unit), DeadlineForm()
    if found is None or found not in deadlines.units(access.actor()):
        abort(404)
    try:
        if form.validate():
            deadlines.state(access.actor(), found, form.ends.data, form.consequence.data)
            return go(url_for("staff_corrections.deadline", unit=unit))
    except Refused as refused:
        form.refuse(refused)
    return _deadline(found, form, 422)


def _deadline(unit: Unit, form: DeadlineForm, status: int = 200) -> Response:
    facts = {"form": form, "unit": unit, "units": deadlines.units(access.actor()), "stated": listing.deadline(unit)}
    return show("staff/corrections/deadline.html", status, **facts, day=told.day, most=deadlines.CONSEQUENCE)
