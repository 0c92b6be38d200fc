"""The blueprint of these pages, and the case that they are about; `pages.py` is where they all are."""

from flask import Blueprint, current_app, url_for
from werkzeug.exceptions import HTTPException

from webapp.domain.duplicates import cases
from webapp.models.duplicates import CLOSED, Party
from webapp.web import access
from webapp.web.page import go

bp = Blueprint("duplicates", __name__)

OVER = (*CLOSED, "approved", "alleged")
"""States of a case in which a claimant hands nothing in any more."""


def claimant() -> Party | None:
    """The visitor's place in a case to which something may still be handed in, once 重要提示 was ticked."""
    party = cases.of(access.account())
    return party if party is not None and party.warned is not None and party.claim.state not in OVER else None


def first_choose():
    """Where those go who have not chosen a way yet, or whose case is decided."""
    party = cases.of(access.account())
    decided = party is not None and party.claim.state in ("approved", "alleged")
    return go(url_for("duplicates.status" if decided else "duplicates.choose"))


def there(path: str) -> str | None:
    """The address of another feature's page, where it is mounted."""
    try:
        current_app.url_map.bind("").match(path, "GET")
    except HTTPException:
        return None
    return path
