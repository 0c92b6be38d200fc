"""Pages of a long list by where one stands, not by how many came before: page 1 and page 1,000 cost the same.

Not here: what a list holds. The place is a row that the address names by its key, so that no name stands there.
"""

from typing import Any, NamedTuple

from peewee import Expression, Field, Query

from webapp.models.base import KeyedRow

SIZE = 50

LOOK = 5_000
"""Rows that one page looks through at most for the few that a filter wants, however long the list is."""


class Page(NamedTuple):
    """Rows in the order of the list; whether there are others before and after them.

    `edge` is how far a search has looked where it found less than a page: the next one goes on behind it (`back`: before it).
    """

    rows: list[Any]
    before: bool
    after: bool
    edge: KeyedRow | None = None
    back: bool = False


class Place(NamedTuple):
    """Beside which row a page lies: after it, or before it (`back`). Without a row the list begins."""

    row: KeyedRow | None = None
    back: bool = False


FIRST = Place()


def cut(query: Query, order: tuple[Field, Field], place: Place, *, newest: bool = False, size: int = SIZE) -> Page:
    """The page of `query` at `place`, at most `size` rows, ordered by two columns, the second of which is the row's id.

    `newest` turns the order round.
    """
    down = newest != place.back
    if place.row is not None:
        query = query.where(_beyond(order, place.row, down))
    found = list(query.order_by(*_ordered(order, down)).limit(size + 1))
    more = len(found) > size
    rows = found[:size][::-1] if place.back else found[:size]
    beside = place.row is not None
    return Page(rows, more if place.back else beside, beside if place.back else more)


def search(
    every: Query, wanted: Query, order: tuple[Field, Field], place: Place, *, size: int = SIZE, look: int = LOOK
) -> Page:
    """The page of `wanted`, a filter on the list `every`: as `cut`, but no more than `look` rows of the list are looked at.

    What a page costs then does not grow with the list, however rare it is what the filter wants.
    """
    if place.row is not None:
        beyond = _beyond(order, place.row, place.back)
        every, wanted = every.where(beyond), wanted.where(beyond)
    edge = every.order_by(*_ordered(order, place.back)).offset(look - 1).limit(1).first()
    if edge is not None:
        wanted = wanted.where(_until(order, edge, place.back))
    found = list(wanted.order_by(*_ordered(order, place.back)).limit(size + 1))
    if len(found) > size:
        edge = None
    rows = found[:size][::-1] if place.back else found[:size]
    more, beside = len(found) > size or edge is not None, place.row is not None
    return Page(rows, more if place.back else beside, beside if place.back else more, edge, place.back)


def _ordered(order: tuple[Field, Field], down: bool) -> list:
    return [column.desc() if down else column for column in order]


def _beyond(order: tuple[Field, Field], row: KeyedRow, down: bool) -> Expression:
    """Behind the row; the first column stands alone too, so that an index begins there and not at its end."""
    first, second = order
    value = getattr(row, first.name)
    if down:
        return (first <= value) & ((first < value) | (second < row.id))
    return (first >= value) & ((first > value) | (second > row.id))


def _until(order: tuple[Field, Field], row: KeyedRow, down: bool) -> Expression:
    """The row itself and what lies before it."""
    first, second = order
    value = getattr(row, first.name)
    if down:
        return (first >= value) & ((first > value) | (second >= row.id))
    return (first <= value) & ((first < value) | (second <= row.id))
