"""The lines of a board's table: colleges or classes with their numbers, whatever is counted."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from webapp.domain import progress
from webapp.domain.progress import View
from webapp.models.school import Class, College

Board = dict[tuple[int | None, int | None], Any]
"""Counts by (college, class), of the self-check or of photos."""


class Line(NamedTuple):
    """A college or a class in the table."""

    name: str
    url: str | None
    counts: Any


def colleges(view: View, counts: Board) -> list[Line]:
    summed: dict[int | None, Any] = {}
    for (college, _klass), row in counts.items():
        summed[college] = summed[college].plus(row) if college in summed else row
    named = progress.places(College, summed)
    return _sorted([_line(view, named.get(place), "college", row, _("没有填学院")) for place, row in summed.items()])


def classes(view: View, counts: Board) -> list[Line]:
    named = progress.places(Class, [klass for _college, klass in counts])
    lines = ((named.get(klass), row) for (_college, klass), row in counts.items())
    return _sorted([_line(view, klass, "klass", row, _("没有分班")) for klass, row in lines])


def by_college(view: View, counts: Board) -> bool:
    """Whether the whole of what is in view is worth a line for each college."""
    several = len({college for college, _klass in counts}) > 1
    return several and any(grant.klass_id is None and not grant.department for grant in view.grants)


def _sorted(lines: list[Line]) -> list[Line]:
    """The lowest first."""
    return sorted(lines, key=lambda line: (line.counts.done / (line.counts.due or 1), line.name))


def _line(view: View, place: College | Class | None, page: str, counts: Any, without: str) -> Line:
    if place is None:
        return Line(without, None, counts)
    return Line(place.name, url_for(f"staff_progress.{page}", key=place.key, campaign=view.campaign.key), counts)
