"""The board: one number, one bar, one table with the lowest first, one list of who is to be reminded."""

from flask import request, url_for
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, filters, progress
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.domain.progress import Counts, View
from webapp.models.keyset import Page
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.page import show
from webapp.web.staff import filtering, paging, step_words
from webapp.web.staff.moments import lately
from webapp.web.staff.progress import bp, finding, photos, places
from webapp.web.staff.progress.places import Line
from webapp.web.staff.progress.trend import chart

LIST = "progress"
"""Under which name the filter of the chase list is remembered."""

REMIND = ("all", "unregistered", "unchecked", "held")
CLASS = ("everyone", "unregistered", "unchecked", "held", "wrong", "done", "exempt")


@bp.get("")
@allow(Can.PROGRESS)
def index() -> Response:
    found = finding.campaigns()
    if not found:
        return show("staff/progress/none.html")
    view = finding.view(found)
    if view.campaign.kind == "photo":
        return photos.board("staff_progress.index", view, found)
    counts = progress.counts(view)
    by_college = places.by_college(view, counts)
    lines = places.colleges(view, counts) if by_college else places.classes(view, counts)
    return _board("staff_progress.index", view, counts, lines, found=found, by_college=by_college)


@bp.get("/college/<key>")
@allow(Can.PROGRESS)
def college(key: str) -> Response:
    view = finding.within_college(finding.view(finding.campaigns()), key)
    if view.campaign.kind == "photo":
        return photos.board("staff_progress.college", view, key=key)
    counts = progress.counts(view)
    lines = places.classes(view, counts)
    return _board("staff_progress.college", view, counts, lines, found=[], by_college=False, key=key)


@bp.get("/class/<key>")
@allow(Can.PROGRESS)
def klass(key: str) -> Response:
    """Everybody in one class, with the full names: their counsellor knows them by these."""
    view = finding.within_class(finding.view(finding.campaigns()), key)
    if view.campaign.kind == "photo":
        return photos.board("staff_progress.klass", view, key=key)
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
        lines=lines,
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
        "trend": chart(view, counts),
        "gained": None if before is None else total.done - before,
        "phase": checks.phase(view.campaign),
        "days": (view.campaign.ends - clock.today()).days if view.campaign.ends else None,
        "now": clock.shown(clock.now()),
        "here": finding.address(view),
        "may_export": access.actor().may(Can.EXPORT),
        "may_remind": access.actor().may(Can.REMIND) and checks.begun(view.campaign),
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
