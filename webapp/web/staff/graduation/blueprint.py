"""The blueprint of this feature, and how its pages find what their address names."""

from flask import Blueprint, abort

from webapp.domain.graduation import preparing, years
from webapp.domain.permissions import Can
from webapp.models import scope
from webapp.models.graduation import Graduate, Graduation
from webapp.models.school import Unit
from webapp.models.staff import Grant
from webapp.web import access

bp = Blueprint("staff_graduation", __name__, url_prefix="/staff/graduation")


def grants() -> tuple[Grant, ...]:
    return access.actor().where(Can.ENROL)


def found(key: str) -> Graduation:
    """A year within reach, or 404."""
    return years.find(grants(), key) or abort(404)


def one(key: str) -> Graduate:
    """Somebody on a list within reach, or 404."""
    return preparing.find(access.actor(), key) or abort(404)


def units() -> list[Unit]:
    """The schools whose students the visitor registers."""
    return scope.schools(grants())
