"""Where a page of a list lies, read from its address and written into the links to its neighbours."""

from flask import request, url_for

from webapp.models.base import KeyedRow
from webapp.models.keyset import FIRST, Page, Place


def place(model: type[KeyedRow]) -> Place:
    """The place that the address names by a row's key; the list's beginning where it names none."""
    for name in ("after", "before"):
        if key := request.args.get(name):
            row = model.by_key(key)
            return Place(row, name == "before") if row else FIRST
    return FIRST


def neighbours(page: Page, endpoint: str, **address: str | None) -> tuple[str | None, str | None]:
    """Addresses of the pages before and after; a search that stopped at its edge goes on there."""
    first = page.edge if page.edge and page.back else next(iter(page.rows), None)
    last = page.edge if page.edge and not page.back else next(reversed(page.rows), None)
    before = url_for(endpoint, **address, before=first.key) if first and page.before else None
    after = url_for(endpoint, **address, after=last.key) if last and page.after else None
    return before, after
