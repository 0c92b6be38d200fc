"""The blueprint of the students' pages of corrections, and whose record or request an address may name."""

from flask import Blueprint, abort, redirect, url_for

from webapp.domain import records
from webapp.domain.changes import overseas
from webapp.domain.corrections import asking
from webapp.models.corrections import Correction
from webapp.models.records import Record
from webapp.web import access

bp = Blueprint("corrections", __name__)


def behind_gate() -> None:
    """Who has not named the school yet does that first (R-BND-11). Raises phone_mainland."""
    overseas.check(access.account())
    if records.gate_due(access.account()):
        abort(redirect(url_for("records.gate"), 303))


def own_record(key: str) -> Record:
    """The visitor's record under that address; another's, and none, are 404 alike."""
    behind_gate()
    return asking.record_of(access.account(), access.actor(), key) or abort(404)


def own(key: str) -> Correction:
    """The visitor's request under that address."""
    behind_gate()
    return asking.find(access.account(), key) or abort(404)
