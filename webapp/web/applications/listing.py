"""我的认证: all applications, ten on a page, with what can be done with each (R-CRT-31).

Not here: one of them (`application.py`).
"""

from typing import NamedTuple

from flask import request, url_for
from werkzeug.wrappers import Response

from webapp.domain.certification import following
from webapp.domain.certification.following import Line, Shelf
from webapp.domain.permissions import Can
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.applications import words as own_words
from webapp.web.applications.blueprint import bp
from webapp.web.page import show


class Row(NamedTuple):
    """One application as the list shows it; `items` are (kind, summary, (kind of pill, state))."""

    number: str
    url: str
    pill: tuple[str, str]
    facts: list[tuple[str, str]]
    items: list[tuple[str, str, tuple[str, str]]]
    deeds: list[tuple[str, str]]


@bp.get("")
@allow(Can.APPLY)
def index() -> Response:
    shelf = following.mine(access.account(), request.args.get("page", 1, int))
    return show(
        "applications/index.html",
        rows=[_row(one) for one in shelf.lines],
        page=shelf.page,
        pages=shelf.pages,
        before=_page(shelf, -1),
        after=_page(shelf, 1),
        unconfirmed=following.unconfirmed(access.account()),
    )


def _page(shelf: Shelf, by: int) -> str | None:
    wanted = shelf.page + by
    return url_for("applications.index", page=wanted) if 1 <= wanted <= shelf.pages else None


def _row(line: Line) -> Row:
    one = line.application
    facts = [
        (own_words.AGENCY, one.agency.name if one.agency else ""),
        (own_words.PAID, told.moment(one.paid) if one.paid else ""),
        (own_words.ORDER, own_words.order(line)),
    ]
    return Row(
        one.number or "",
        url_for("applications.application", key=one.key),
        own_words.state(one),
        [(str(label), value) for label, value in facts if value],
        [(own_words.kind(item), item.summary, own_words.item_state(item)) for item in line.items],
        own_words.deeds(line),
    )
