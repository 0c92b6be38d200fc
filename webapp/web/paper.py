"""A paper on its way, the same for students and staff: being made, ready to be fetched, or given up.

Not here: the doors (`papers.py`, `staff/papers.py`), nor who asks for which paper.
"""

from flask import Response as File
from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import clock, defaults
from webapp.models.papers import Paper
from webapp.web import language, stored, told
from webapp.web.page import leave, show, swap


def screen(paper: Paper | None) -> Response:
    """Its page, as far as it is; without scripts one looks again by hand."""
    return show("papers/paper.html", paper=paper or abort(404), here=_here)


def progress(paper: Paper | None) -> Response:
    """The moving part: asked for every second, until there is something else to show."""
    place = _here("paper", paper or abort(404))
    return swap("papers/_progress.html", place, paper=paper, here=_here) if paper.state == "waiting" else leave(place)


def file(paper: Paper | None) -> File:
    found = paper or abort(404)
    return stored.pdf(found.upload, found.name)


def _here(view: str, paper: Paper) -> str:
    return url_for(f"{request.blueprint}.{view}", key=paper.key)


def of(issuer: str, title: str, **more: object) -> dict[str, object]:
    """The data of a paper that a school issues: what every layout asks for, and `more`. Its foot is the site's own."""
    site = defaults.site(language.chosen())["name"]
    return {
        "title": title,
        "language": language.chosen(),
        "issuer": issuer,
        "day": told.day(clock.today()),
        "foot": _("本站由%(school)s自行搭建和管理，不是学信网，也不代替教育部的学籍查询。", school=site),
        **more,
    }
