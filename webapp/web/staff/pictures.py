"""Pictures of people and papers, for staff: only made harmless, never stored on the way, each look in the history first."""

from flask import Response, abort, current_app
from flask_login import current_user

from webapp.domain import clock, lookup
from webapp.models.photos import Upload
from webapp.web import access, stored


def send(upload: Upload | None, of: str) -> Response:
    """The picture, or 404 while it is not clean. `of` is the page that shows it."""
    if upload is None or upload.state != "clean":
        abort(404)
    lookup.look_at_picture(access.actor(), upload, of)
    return stored.picture(upload)


def marked(upload: Upload | None, key: str) -> Response:
    """The picture with who looks, when, and the beginning of the case's `key` across it; the look is written down before."""
    answer = stored.picture(upload)
    mark = f"{current_user.staff.login}  {clock.shown(clock.now()):%Y-%m-%d %H:%M}  {key[:6]}"
    images = current_app.extensions["worker"].outside.images
    answer.set_data(images.marked(answer.get_data(), mark.encode("ascii", "replace").decode()))
    return answer
