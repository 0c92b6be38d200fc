"""我的更正申请: the list of one's requests, where each one is and until when, and taking it back (R-COR-11, R-COR-15)."""

from flask import url_for
from werkzeug.wrappers import Response

from webapp.domain import clock, records
from webapp.domain.corrections import asking, lifecycle
from webapp.domain.corrections.moving import OVER
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction, CorrectionStep
from webapp.web import access, gate, told
from webapp.web.access import allow
from webapp.web.corrections import words as own_words
from webapp.web.corrections.blueprint import bp, own
from webapp.web.corrections.new import shown
from webapp.web.forms import Form
from webapp.web.page import go, show


@bp.get("/corrections")
@allow(Can.OWN_RECORD)
def index() -> Response:
    gate.behind(access.account())
    found = asking.mine(access.account())
    return show("corrections/index.html", rows=[_row(one) for one in found], any_record=bool(records.mine(access.account())))


def _row(one: Correction) -> tuple[str, str, str, str, str]:
    """For `tasks`: address, title, text, kind of pill, state."""
    kind, state = own_words.STATES[one.state]
    page = "papers" if one.state == "draft" else "status"
    text = f"{one.record.unit.name} {told.label('levels', one.record.level)}"
    return url_for(f"corrections.{page}", key=one.key), told.column_label(one.field), text, kind, str(state)


@bp.get("/corrections/<key>")
@allow(Can.OWN_RECORD)
def status(key: str) -> Response:
    found = own(key)
    return go(url_for("corrections.papers", key=key)) if found.state == "draft" else _status(found, Form())


@bp.post("/corrections/<key>/withdraw")
@allow(Can.OWN_RECORD)
def withdraw(key: str) -> Response:
    found, form = own(key), Form()
    try:
        if form.validate():
            left = asking.withdraw(found, access.actor())
            return go(url_for("corrections.status", key=key) if left else url_for("corrections.index"))
    except Refused as refused:
        form.refuse(refused)
    return _status(own(key), form, 409) if found.state != "draft" else go(url_for("corrections.index"))


def _status(found: Correction, form: Form, status: int = 200) -> Response:
    steps = asking.steps(found)
    return show(
        "corrections/status.html",
        status,
        form=form,
        found=found,
        label=told.column_label(found.field),
        before=shown(found.field, found.before or ""),
        wanted=shown(found.field, found.wanted or ""),
        state=own_words.STATES[found.state],
        who=own_words.WHO.get(found.state),
        reasons=own_words.reasons(found.reasons),
        line=_line(found, steps),
        over=found.state in OVER,
        may_withdraw=found.state in ("college", "school", "returned") and lifecycle.last_step(found, "pass_on") is None,
        day=lambda moment: told.day(clock.shown(moment).date()),
    )


def _line(found: Correction, steps: list[CorrectionStep]) -> list[tuple]:
    """For `timeline`: what was done, and what is still to come."""
    done = [("done", own_words.MOVES[one.move], one.note, _time(one)) for one in steps]
    if found.state in OVER:
        return done
    ahead = _ahead(found)
    return [*done, *(("now" if n == 0 else "next", title, None, None) for n, title in enumerate(ahead))]


def _ahead(found: Correction) -> list[str]:
    """The desks that are still to come, the present one first."""
    last = "province" if lifecycle.decider(found) == "province" else "school"
    order = ["college", "school", "province", "second"][: 4 if last == "province" else 2]
    here = found.state if found.state in order else None
    titles = [str(own_words.STATES[state][1]) for state in (order[order.index(here) :] if here else [found.state])]
    return [*titles, str(own_words.STATES["done"][1])]


def _time(step: CorrectionStep) -> tuple[str, str]:
    return clock.shown(step.at).isoformat(), told.moment(step.at)
