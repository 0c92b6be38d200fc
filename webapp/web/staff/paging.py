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
    """Addresses of the pages before and after."""
    before = url_for(endpoint, **address, before=page.rows[0].key) if page.rows and page.before else None
    after = url_for(endpoint, **address, after=page.rows[-1].key) if page.rows and page.after else None
    return before, after
