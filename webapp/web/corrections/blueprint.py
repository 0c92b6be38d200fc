"""The blueprint of the students' pages of corrections, and whose record or request an address may name."""

from flask import Blueprint, abort

from webapp.domain.corrections import asking
from webapp.models.corrections import Correction
from webapp.models.records import Record
from webapp.web import access, gate

bp = Blueprint("corrections", __name__)


def own_record(key: str) -> Record:
    """The visitor's record under that address; another's, and none, are 404 alike."""
    gate.behind(access.account())
    return asking.record_of(access.account(), access.actor(), key) or abort(404)


def own(key: str) -> Correction:
    """The visitor's request under that address."""
    gate.behind(access.account())
    return asking.find(access.account(), key) or abort(404)
