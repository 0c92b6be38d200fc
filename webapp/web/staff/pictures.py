"""Pictures of people and papers, for staff: only made harmless, never stored on the way, each look in the history first."""

from flask import Response, abort

from webapp.domain import lookup
from webapp.models.photos import Upload
from webapp.web import access, stored


def send(upload: Upload | None, of: str) -> Response:
    """The picture, or 404 while it is not clean. `of` is the page that shows it."""
    if upload is None or upload.state != "clean":
        abort(404)
    lookup.look_at_picture(access.actor(), upload, of)
    return stored.picture(upload)
