"""The two blueprints of this feature: lists of the office, and the pages of one record beside it."""

from flask import Blueprint, abort

from webapp.domain import lookup
from webapp.domain.permissions import Can
from webapp.models import scope
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.web import access

bp = Blueprint("staff_enrolment", __name__, url_prefix="/staff")


def found(key: str) -> Record:
    """An enrolment record within reach, or 404; opening any of its pages is a look at it."""
    record = lookup.one(access.actor(), key)
    if record is None or record.kind != "enrolment":
        abort(404)
    lookup.look(access.actor(), record)
    return record


def units() -> list[Unit]:
    """The schools whose students the visitor registers."""
    return scope.schools(access.actor().where(Can.ENROL))
