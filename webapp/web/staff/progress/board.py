"""The board: one number, one bar, one table with the lowest first, one list of who is to be reminded."""

from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, filters, progress
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.domain.progress import Counts, View
from webapp.models.keyset import Page
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import filtering, paging, step_words
from webapp.web.staff.moments import lately
from webapp.web.staff.progress import bp, finding

LIST = "progress"
"""Under which name the filter of the chase list is remembered."""

REMIND = ("all", "unregistered", "unchecked", "held")
CLASS = ("everyone", "unregistered", "unchecked", "held", "wrong", "done", "exempt")


class Line(NamedTuple):
    """A college or a class in the table."""

    name: str
    url: str | None
    counts: Counts


@bp.get("")
@allow(Can.PROGRESS)
def index() -> Response:
    found = finding.campaigns()
    if not found:
        return show("staff/progress/none.html")
    view = finding.view(found)
    counts = progress.counts(view)
    colleges = {college for college, _klass in counts}
    by_college = len(colleges) > 1 and any(grant.klass_id is None and not grant.department for grant in view.grants)
    lines = _colleges(view, counts) if by_college else _classes(view, counts)
    return _board("staff_progress.index", view, counts, lines, found=found, by_college=by_college)


@bp.get("/college/<key>")
@allow(Can.PROGRESS)
def college(key: str) -> Response:
    view = finding.within_college(finding.view(finding.campaigns()), key)
    counts = progress.counts(view)
    return _board("staff_progress.college", view, counts, _classes(view, counts), found=[], by_college=False, key=key)


@bp.get("/class/<key>")
@allow(Can.PROGRESS)
def klass(key: str) -> Response:
    """Everybody in one class, with the full names: their counsellor knows them by these."""
    view = finding.within_class(finding.view(finding.campaigns()), key)
    which = _which(CLASS)
    page = progress.students(view, which, paging.place(Record))
    facts = _facts(view, progress.counts(view))
    return show("staff/progress/class.html", **facts, **_list("staff_progress.klass", view, page, which, key=key))


def _board(
    endpoint: str, view: View, counts: dict, lines: list[Line], *, found: list[Campaign], by_college: bool, **address: str
) -> Response:
    which, bar = _which(REMIND), filtering.bar(LIST, view.grants)
    page = progress.students(view, which, paging.place(Record), only=filters.within(view.grants, bar.choice))
    return show(
        "staff/progress/board.html",
        **_facts(view, counts),
        **_list(endpoint, view, page, which, **address),
        bar=bar,
        lines=sorted(lines, key=lambda line: (line.counts.done / (line.counts.due or 1), line.name)),
        campaigns=found,
        by_college=by_college,
    )


def _facts(view: View, counts: dict[tuple[int | None, int | None], Counts]) -> dict:
    """What every page of the board tells on top."""
    total = progress.total(counts.values())
    known = progress.registered(view)
    before = progress.done_yesterday(view, [klass for _college, klass in counts])
    return {
        "view": view,
        "total": total,
        "registered": known,
        "unregistered": total.unseen - known,
        "gained": None if before is None else total.done - before,
        "phase": checks.phase(view.campaign),
        "days": (view.campaign.ends - clock.today()).days if view.campaign.ends else None,
        "now": clock.shown(clock.now()),
        "here": finding.address(view),
        "may_export": access.actor().may(Can.EXPORT),
        "day": told.short_day,
    }


def _list(endpoint: str, view: View, page: Page, which: str, **address: str) -> dict:
    """A page of students with its filters and neighbours."""
    address |= {"campaign": view.campaign.key}
    before, after = paging.neighbours(page, endpoint, **address, who=which)
    return {
        "page": page,
        "which": which,
        "before": before,
        "after": after,
        "to": lambda who: url_for(endpoint, **address, who=who),
        "pill": step_words.pill,
        "lately": lately,
        "masked": names.masked,
    }


def _which(allowed: tuple[str, ...]) -> str:
    which = request.args.get("who", allowed[0])
    return which if which in allowed else allowed[0]


def _colleges(view: View, counts: dict[tuple[int | None, int | None], Counts]) -> list[Line]:
    summed: dict[int | None, Counts] = {}
    for (college, _klass), row in counts.items():
        summed[college] = summed.get(college, Counts()).plus(row)
    named = progress.places(College, summed)
    return [_line(view, named.get(college), "staff_progress.college", row, _("没有填学院")) for college, row in summed.items()]


def _classes(view: View, counts: dict[tuple[int | None, int | None], Counts]) -> list[Line]:
    named = progress.places(Class, [klass for _college, klass in counts])
    lines = ((named.get(klass), row) for (_college, klass), row in counts.items())
    return [_line(view, klass, "staff_progress.klass", row, _("没有分班")) for klass, row in lines]


def _line(view: View, place: College | Class | None, endpoint: str, counts: Counts, without: str) -> Line:
    if place is None:
        return Line(without, None, counts)
    return Line(place.name, url_for(endpoint, key=place.key, campaign=view.campaign.key), counts)
