"""The blueprint of these pages; `pages.py` is where they all are."""

from flask import Blueprint, current_app

from webapp.domain.face_port import Faces
from webapp.models.liveness import PersonCheck

bp = Blueprint("liveness", __name__)

PLACE = "person"
"""Under which name a visit keeps the way that it opened."""


def faces() -> Faces:
    return current_app.extensions["worker"].outside.faces


def online(check: PersonCheck | None) -> bool:
    """Is the camera a way: this site has a provider, and there is something to compare this holder with?"""
    return faces().online() and (check is None or check.why != "no_reference")
