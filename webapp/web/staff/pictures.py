"""Pictures of people and papers, for staff: only made harmless, never stored on the way, each look in the history first."""

from flask import Response, abort, current_app

from webapp.domain import lookup
from webapp.domain.ports import Missing
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.web import access


def send(upload: Upload | None, of: str) -> Response:
    """The picture, or 404 while it is not clean. `of` is the page that shows it."""
    if upload is None or upload.state != "clean":
        abort(404)
    lookup.look_at_picture(access.actor(), upload, of)
    try:
        data = Files(current_app.extensions["worker"].outside.storage).read(upload)
    except Missing:
        abort(404)
    return Response(data, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})
