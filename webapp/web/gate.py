"""院校名称核验: the gate before everything that tells of a record. Not here: its own page (`records/`)."""

from flask import abort, redirect, url_for

from webapp.domain import records
from webapp.domain.changes import overseas
from webapp.models.accounts import Account


def behind(account: Account) -> None:
    """Who has not named the school yet does that first (R-BND-11). Raises phone_mainland."""
    overseas.check(account)
    if records.gate_due(account):
        abort(redirect(url_for("records.gate"), 303))
