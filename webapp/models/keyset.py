"""Pages of a long list by where one stands, not by how many came before: page 1 and page 1,000 cost the same.

Not here: what a list holds. The place is a row that the address names by its key, so that no name stands there.
"""

from typing import Any, NamedTuple

from peewee import Expression, Field, Query

from webapp.models.base import KeyedRow

SIZE = 50


class Page(NamedTuple):
    """Rows in the order of the list; whether there are others before and after them."""

    rows: list[Any]
    before: bool
    after: bool


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
    found = list(query.order_by(*[column.desc() if down else column for column in order]).limit(size + 1))
    more = len(found) > size
    rows = found[:size][::-1] if place.back else found[:size]
    beside = place.row is not None
    return Page(rows, more if place.back else beside, beside if place.back else more)


def _beyond(order: tuple[Field, Field], row: KeyedRow, down: bool) -> Expression:
    first, second = order
    value = getattr(row, first.name)
    if down:
        return (first < value) | ((first == value) & (second < row.id))
    return (first > value) | ((first == value) & (second > row.id))
