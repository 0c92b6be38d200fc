"""The desk's blueprint, and the address of a photo: good for one session and one case, five minutes (R-DUP-16)."""

from flask import Blueprint, current_app, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webapp.models.duplicates import Claim, Photo

bp = Blueprint("staff_review", __name__, url_prefix="/staff/review")

LIVES = 300
"""Seconds for which the address of a photo opens it, as often as the page asks."""


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="photo of a case")


def address(claim: Claim, photo: Photo) -> str:
    """The address of a photo, for this browser only."""
    ticket = _signer().dumps([photo.key, current_user.session.id])
    return url_for("staff_review.picture", key=claim.key, ticket=ticket)


def read(ticket: str) -> str | None:
    """The key of the photo that a ticket opens; None when it is too old, or another browser's."""
    try:
        photo, session = _signer().loads(ticket, max_age=LIVES)
    except BadSignature:
        return None
    return photo if session == current_user.session.id else None
